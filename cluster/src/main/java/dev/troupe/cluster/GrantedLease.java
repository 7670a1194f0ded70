package dev.troupe.cluster;

import dev.troupe.actor.Job;
import dev.troupe.estimator.device.DeviceLease;
import dev.troupe.study.Verdict;
import org.jspecify.annotations.Nullable;

/** What a daemon knows of a job that a worker has, or is about to get. */
final class GrantedLease {

  private final long number;
  private final Job job;
  private final DeviceLease lease;
  private final Assignment assignment;
  private final long grantedAt;
  private boolean confirmed;
  private long seen;
  private Order.@Nullable Ruling ruling;
  private boolean stop;

  GrantedLease(long number, Job job, DeviceLease lease, Assignment assignment, long nanos) {
    this.number = number;
    this.job = job;
    this.lease = lease;
    this.assignment = assignment;
    this.grantedAt = nanos;
  }

  long number() {
    return number;
  }

  Job job() {
    return job;
  }

  DeviceLease lease() {
    return lease;
  }

  int slot() {
    return assignment.slot();
  }

  long grantedAt() {
    return grantedAt;
  }

  /** Returns whether the worker is known to have it. */
  boolean isConfirmed() {
    return confirmed;
  }

  void confirm() {
    confirmed = true;
  }

  /** Takes the next item; returns false if it came before, or one before it is missing. */
  boolean take(long item) {
    if (item != seen + 1) {
      return false;
    }
    seen = item;
    return true;
  }

  /** Rules on the newest item. */
  void rule(Verdict verdict) {
    ruling = new Order.Ruling(seen, verdict);
  }

  void stop() {
    stop = true;
  }

  /** Returns all that the worker may not know yet. */
  Order order() {
    return new Order(number, confirmed ? null : assignment, seen, ruling, stop, false);
  }
}
