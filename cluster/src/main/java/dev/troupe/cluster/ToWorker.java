package dev.troupe.cluster;

import static java.util.Objects.requireNonNull;

import java.time.Duration;
import java.util.List;

/**
 * What a daemon tells a worker. Any message may be lost, come twice or come late: the daemon
 * repeats all that the worker has not confirmed.
 */
sealed interface ToWorker extends WorkerActor.Command {

  /**
   * Its slots are in use from now on.
   *
   * @param incarnation of the worker
   * @param name how it is called
   * @param beat how often it is to report
   * @param lease after how long without a report its trials go elsewhere
   */
  record Welcome(String incarnation, String name, Duration beat, Duration lease)
      implements ToWorker {

    /** Requires the times. */
    public Welcome {
      requireNonNull(beat, "beat");
      requireNonNull(lease, "lease");
    }
  }

  /**
   * It cannot join, now or later.
   *
   * @param reason why, in a sentence with a remedy
   */
  record Refused(String reason) implements ToWorker {}

  /**
   * Nobody here knows this incarnation, perhaps any more.
   *
   * @param incarnation of the worker
   */
  record Stranger(String incarnation) implements ToWorker {}

  /**
   * What is to be done.
   *
   * @param incarnation of the worker
   * @param orders in no order
   * @param endedStudies those among the reported ones whose estimators nobody needs any more
   */
  record Orders(String incarnation, List<Order> orders, List<Long> endedStudies)
      implements ToWorker {

    /** Copies the lists. */
    public Orders {
      orders = List.copyOf(orders);
      endedStudies = List.copyOf(endedStudies);
    }
  }
}
