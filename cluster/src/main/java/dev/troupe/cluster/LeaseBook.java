package dev.troupe.cluster;

import dev.troupe.actor.Job;
import dev.troupe.estimator.device.DeviceLease;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The leases of one worker, as its daemon keeps them: which it has, what has been heard of them,
 * and which are lost. A worker renews its leases by naming them in its reports. A plain object for
 * an actor; times are readings of one clock, in nanoseconds.
 */
final class LeaseBook {

  /**
   * An item that had not been heard before.
   *
   * @param lease whose
   * @param item what is told
   */
  record News(GrantedLease lease, Item item) {}

  private final long leaseNanos;
  private final TreeMap<Long, GrantedLease> leases = new TreeMap<>();
  private final Map<DeviceLease, GrantedLease> byDevice = new HashMap<>();
  private long granted;
  private long heardAt;
  private long lastReport;

  /** By how much all times have been put off. */
  private long postponed;

  /**
   * @param leaseTime after how long without a word of the worker its leases are lost
   * @param now when the worker was heard first
   */
  LeaseBook(Duration leaseTime, long now) {
    this.leaseNanos = leaseTime.toNanos();
    this.heardAt = now;
  }

  /** Enters a job for a slot of the worker. */
  GrantedLease grant(Job job, DeviceLease lease, int slot, long study, long now) {
    granted++;
    var entry =
        new GrantedLease(granted, job, lease, Assignment.of(job, slot, study), now - postponed);
    leases.put(granted, entry);
    byDevice.put(lease, entry);
    return entry;
  }

  /** Returns the entry of a lease; null if there is none any more. */
  @Nullable GrantedLease find(DeviceLease lease) {
    return byDevice.get(lease);
  }

  /** Returns the entry of a number; null if there is none any more. */
  @Nullable GrantedLease find(long number) {
    return leases.get(number);
  }

  /** Strikes a lease out: it is over, or lost. */
  void remove(GrantedLease lease) {
    leases.remove(lease.number());
    byDevice.remove(lease.lease());
  }

  /** Returns all entries, the oldest first; a copy. */
  List<GrantedLease> all() {
    return List.copyOf(leases.values());
  }

  /** Returns whether a report is newer than all before; then the worker counts as heard. */
  boolean hear(ToDaemon.Report report, long now) {
    if (report.number() <= lastReport) {
      return false;
    }
    lastReport = report.number();
    heardAt = now;
    return true;
  }

  /** Returns what a report tells for the first time, in order within each lease. */
  List<News> news(ToDaemon.Report report) {
    var news = new ArrayList<News>();
    for (LeaseReport told : report.leases()) {
      GrantedLease lease = leases.get(told.lease());
      if (lease != null) {
        lease.confirm();
        long number = told.first();
        for (Item item : told.items()) {
          if (lease.take(number)) {
            news.add(new News(lease, item));
          }
          number++;
        }
      }
    }
    return news;
  }

  /** Returns those that the worker had, but that a full report of it does not name any more. */
  List<GrantedLease> missing(ToDaemon.Report report) {
    Set<Long> named = report.leases().stream().map(LeaseReport::lease).collect(Collectors.toSet());
    return leases.values().stream()
        .filter(lease -> lease.isConfirmed() && !named.contains(lease.number()))
        .toList();
  }

  /** Returns the slots that a full report says are held. */
  static Set<Integer> heldSlots(ToDaemon.Report report) {
    var held = new HashSet<Integer>();
    report.leases().forEach(lease -> held.add(lease.slot()));
    return held;
  }

  /**
   * Returns the answer to a report: what is to be done with the leases that it names and, if it is
   * full, with all others. Those of which nothing is known here are over.
   */
  List<Order> orders(ToDaemon.Report report) {
    var orders = new ArrayList<Order>();
    for (LeaseReport told : report.leases()) {
      GrantedLease lease = leases.get(told.lease());
      if (lease == null) {
        orders.add(Order.forget(told.lease()));
      } else if (!report.full()) {
        orders.add(lease.order());
      }
    }
    if (report.full()) {
      leases.values().forEach(lease -> orders.add(lease.order()));
    }
    return orders;
  }

  /** Returns whether the worker has not been heard for the lease time, or a multiple of it. */
  boolean isSilent(int times, long now) {
    return now - heardAt > times * leaseNanos;
  }

  /** Returns those that the worker has not confirmed within the lease time. */
  Collection<GrantedLease> unconfirmed(long now) {
    return leases.values().stream()
        .filter(lease -> !lease.isConfirmed())
        .filter(lease -> now - postponed - lease.grantedAt() > leaseNanos)
        .toList();
  }

  /**
   * Prolongs all leases: we ourselves were late, and may have missed what was sent meanwhile.
   *
   * @param lateness by how much
   */
  void prolong(Duration lateness) {
    postponed += lateness.toNanos();
    heardAt += lateness.toNanos();
  }
}
