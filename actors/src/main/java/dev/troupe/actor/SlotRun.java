package dev.troupe.actor;

import dev.troupe.estimator.device.DeviceLease;
import dev.troupe.study.Measurement;
import dev.troupe.study.Verdict;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The job at hand of a slot, whose actor alone calls it. It ends with a message to its slot. */
abstract class SlotRun {

  /** Why what takes too long for the virtual clock fails. */
  static final String CLOCK_OVER =
      "it would end after the virtual clock does, which has 292 years. Maybe lower its cost.";

  final Job job;
  final DeviceLease lease;

  /** Cancels what the slot will do to it unless it ends before. */
  @Nullable Runnable timer;

  /** Why the slot has ended it, if it has. */
  @Nullable String cause;

  SlotRun(Job job, DeviceLease lease) {
    this.job = job;
    this.lease = lease;
  }

  abstract void begin();

  /** Hands over the verdict on the newest measurement. */
  abstract void answer(Verdict verdict);

  /** Ends it as soon as can be. */
  abstract void stop();

  /** Nobody waits for it any more. */
  abstract void abandon();

  /** Returns the measurements that have not been sent; called once, when it is over. */
  abstract List<Measurement> unsent();
}
