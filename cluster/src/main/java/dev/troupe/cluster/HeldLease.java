package dev.troupe.cluster;

import dev.troupe.estimator.device.DeviceLease;
import dev.troupe.study.Measurement;
import dev.troupe.study.Metrics;
import dev.troupe.study.Verdict;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a worker knows of a job that it has: what came of it so far, as far as the daemon has not
 * confirmed it. A plain object for an actor.
 */
final class HeldLease {

  /** A message holds some hundred kilobytes at most. */
  private static final int MOST_VALUES = 20_000;

  private static final int VALUES_PER_ITEM = 5_000;

  private final long number;
  private final Assignment assignment;
  private final DeviceLease lease;
  private final ArrayDeque<Item> items = new ArrayDeque<>();
  private long confirmed;
  private long ruled;
  private boolean over;
  private boolean begun;
  private boolean stopping;
  private boolean forgotten;

  HeldLease(long number, Assignment assignment, DeviceLease lease) {
    this.number = number;
    this.assignment = assignment;
    this.lease = lease;
  }

  long number() {
    return number;
  }

  Assignment assignment() {
    return assignment;
  }

  /** Returns the lease under which the slot of this machine works. */
  DeviceLease lease() {
    return lease;
  }

  /** Notes something to tell; after the last item nothing follows. */
  void add(Item item) {
    if (over || forgotten) {
      over |= item.isLast();
      return;
    }
    if (item instanceof Item.Measured measured) {
      addMeasured(measured.measurements());
    } else if (item instanceof Item.Finished finished) {
      List<List<Measurement>> parts = split(finished.rest());
      parts.subList(0, parts.size() - 1).forEach(part -> items.add(new Item.Measured(part)));
      items.add(new Item.Finished(finished.result(), parts.get(parts.size() - 1)));
    } else {
      items.add(item);
    }
    over = item.isLast();
  }

  private void addMeasured(List<Measurement> measurements) {
    split(measurements).forEach(part -> items.add(new Item.Measured(part)));
  }

  /** Returns one or more parts, each small enough for a message. */
  private static List<List<Measurement>> split(List<Measurement> measurements) {
    var parts = new ArrayList<List<Measurement>>();
    int begin = 0;
    long values = 0;
    for (int i = 0; i < measurements.size(); i++) {
      long next = values(measurements.get(i));
      if (i > begin && values + next > VALUES_PER_ITEM) {
        parts.add(measurements.subList(begin, i));
        begin = i;
        values = 0;
      }
      values += next;
    }
    parts.add(measurements.subList(begin, measurements.size()));
    return parts;
  }

  private static long values(Measurement measurement) {
    Metrics metrics = measurement.metrics();
    long values = 1L + metrics.numbers().size();
    for (String name : metrics.vectorNames()) {
      values += metrics.vector(name).length;
    }
    return values;
  }

  private static long values(Item item) {
    List<Measurement> measurements =
        item instanceof Item.Measured measured
            ? measured.measurements()
            : item instanceof Item.Finished finished ? finished.rest() : List.of();
    return 1 + measurements.stream().mapToLong(HeldLease::values).sum();
  }

  /** Returns whether nothing more will come of it. */
  boolean isOver() {
    return over;
  }

  /** Returns whether nothing has to be told about it any more. */
  boolean isSettled() {
    return over && items.isEmpty();
  }

  /** The daemon has so many of its items. */
  void confirm(long seen) {
    while (confirmed < seen && !items.isEmpty()) {
      items.remove();
      confirmed++;
    }
  }

  /**
   * Returns a verdict that the job waits for: it was not given before, and is on the newest item;
   * null if it is none.
   */
  @Nullable Verdict accept(Order.@Nullable Ruling ruling) {
    if (ruling == null || ruling.item() <= ruled || ruling.item() != confirmed + items.size()) {
      return null;
    }
    ruled = ruling.item();
    return ruling.verdict();
  }

  /** Notes that it is to end; returns false if that was known. */
  boolean stop() {
    boolean first = !stopping;
    stopping = true;
    return first;
  }

  /** Its slot has it. */
  void begin() {
    begun = true;
  }

  boolean isBegun() {
    return begun;
  }

  /** Nobody waits for it any more: there is nothing to tell. */
  void forget() {
    forgotten = true;
    items.clear();
  }

  /** Returns what has to be told, as much as fits into one message. */
  LeaseReport report() {
    return report(MOST_VALUES);
  }

  /** Returns what has to be told, but not more than the rest of a message holds. */
  LeaseReport report(long room) {
    var told = new ArrayList<Item>();
    Iterator<Item> next = items.iterator();
    long left = room;
    while (next.hasNext()) {
      Item item = next.next();
      left -= values(item);
      if (left < 0 && !(told.isEmpty() && room == MOST_VALUES)) {
        break;
      }
      told.add(item);
    }
    return new LeaseReport(number, assignment.slot(), confirmed + 1, told);
  }

  /** Returns reports about all leases, which together fit into one message. */
  static List<LeaseReport> reports(Iterable<HeldLease> leases) {
    var reports = new ArrayList<LeaseReport>();
    long room = MOST_VALUES;
    for (HeldLease lease : leases) {
      LeaseReport report = lease.report(room);
      room -= report.items().stream().mapToLong(HeldLease::values).sum();
      reports.add(report);
    }
    return reports;
  }
}
