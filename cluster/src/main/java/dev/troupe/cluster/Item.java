package dev.troupe.cluster;

import static java.util.Objects.requireNonNull;

import dev.troupe.actor.SlotResult;
import dev.troupe.study.Measurement;
import java.util.List;

/** What a worker has to tell about one lease; numbered from 1 within it. */
sealed interface Item {

  /**
   * It was measured.
   *
   * @param measurements in order; one, if it waits for a verdict
   */
  record Measured(List<Measurement> measurements) implements Item {

    /** Copies the list. */
    public Measured {
      measurements = List.copyOf(measurements);
    }
  }

  /**
   * It is over; nothing follows.
   *
   * @param result what came of it
   * @param rest measurements that have not been told yet
   */
  record Finished(SlotResult result, List<Measurement> rest) implements Item {

    /** Requires the result and copies the list. */
    public Finished {
      requireNonNull(result, "result");
      rest = List.copyOf(rest);
    }
  }

  /**
   * The worker cannot do jobs of this study; nothing follows.
   *
   * @param reason why, in a sentence
   */
  record Declined(String reason) implements Item {}

  /** Returns whether nothing follows. */
  default boolean isLast() {
    return !(this instanceof Measured);
  }
}
