package dev.troupe.cluster;

import static java.util.Objects.requireNonNull;

import akka.actor.typed.ActorRef;
import dev.troupe.estimator.device.Device;
import java.util.List;

/**
 * What workers tell a daemon. Any message may be lost, come twice or come late: a worker repeats
 * all that the daemon has not confirmed.
 */
sealed interface ToDaemon extends HubActor.Command {

  /**
   * A worker lends its slots. Repeated until it is welcome.
   *
   * @param version of what it speaks
   * @param incarnation another one each time the worker joins
   * @param worker is answered
   * @param process the same for all incarnations of one process
   * @param name how it wants to be called; empty if it does not mind
   * @param slots its devices, one for each slot
   */
  record Hello(
      int version,
      String incarnation,
      ActorRef<ToWorker> worker,
      String process,
      String name,
      List<Device> slots)
      implements ToDaemon {

    /** Requires the worker and copies the list. */
    public Hello {
      requireNonNull(worker, "worker");
      slots = List.copyOf(slots);
    }
  }

  /**
   * How things stand with leases.
   *
   * @param incarnation of the worker
   * @param worker is answered
   * @param number ascending
   * @param full whether all leases are named that hold a slot or have something to tell
   * @param leases in no order
   * @param studies the numbers of those whose estimators it keeps, if full
   */
  record Report(
      String incarnation,
      ActorRef<ToWorker> worker,
      long number,
      boolean full,
      List<LeaseReport> leases,
      List<Long> studies)
      implements ToDaemon {

    /** Requires the worker and copies the lists. */
    public Report {
      requireNonNull(worker, "worker");
      leases = List.copyOf(leases);
      studies = List.copyOf(studies);
    }
  }

  /**
   * A worker ends, and gives back what it has.
   *
   * @param incarnation of the worker
   */
  record Goodbye(String incarnation) implements ToDaemon {}
}
