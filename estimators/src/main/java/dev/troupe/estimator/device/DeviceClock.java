package dev.troupe.estimator.device;

import static java.util.Objects.requireNonNull;

import dev.troupe.study.TrialState;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Predicate;

/**
 * Integrates how long devices are held, and what for: the source of device-hours and GPU-hours.
 * Knows no time but what it is told. A plain object for one thread, or for an actor.
 */
public final class DeviceClock {

  /** The time of one study on one kind of device, without going through its uses. */
  private static final class Tally {
    private double booked;
    private long open;
    private double openSince;

    void open(double since) {
      open++;
      openSince += since;
    }

    void book(double since, double seconds) {
      open--;
      openSince = open == 0 ? 0 : openSince - since; // no rounding outlives the last lease
      booked += seconds;
    }

    double seconds(double now) {
      return booked + Math.max(0, open * now - openSince);
    }
  }

  private record TallyKey(String study, Device.Kind kind) {}

  private final Instant start;
  private final Map<TallyKey, Tally> tallies = new HashMap<>();
  private final Map<DeviceLease, String> open = new LinkedHashMap<>();
  private final Map<DeviceUse, Double> booked = new LinkedHashMap<>();

  /** Makes a clock on which nothing is held; utilisation counts from {@code start}. */
  public DeviceClock(Instant start) {
    this.start = requireNonNull(start, "start");
  }

  /**
   * Begins to count a lease, from its own begin.
   *
   * @param strategy whose suggestion is evaluated
   * @throws IllegalStateException if it counts already
   */
  public void held(DeviceLease lease, String strategy) {
    if (open.putIfAbsent(lease, requireNonNull(strategy, "strategy")) != null) {
      throw new IllegalStateException("The lease counts already: %s.".formatted(lease));
    }
    tally(lease).open(secondsSinceStart(lease.since()));
  }

  /**
   * Books a lease whose attempt came to something.
   *
   * @param state an ended state or {@code PAUSED}
   * @return how long it was held, in seconds
   * @throws IllegalStateException if it does not count
   */
  public double released(DeviceLease lease, TrialState state, Instant now) {
    if (!state.isEnded() && state != TrialState.PAUSED) {
      throw new IllegalArgumentException(
          "A released device must have led to an ended or paused trial, but it was %s."
              .formatted(state));
    }
    return book(lease, state, false, now);
  }

  /**
   * Books a lease whose attempt failed, or was never heard of again, and will be repeated.
   *
   * @return how long it was held, in seconds
   * @throws IllegalStateException if it does not count
   */
  public double lost(DeviceLease lease, Instant now) {
    return book(lease, TrialState.FAILED, true, now);
  }

  private double book(DeviceLease lease, TrialState state, boolean lost, Instant now) {
    String strategy = open.remove(lease);
    if (strategy == null) {
      throw new IllegalStateException(
          "The lease does not count, or not any more: %s. Maybe call held first.".formatted(lease));
    }
    double seconds = lease.seconds(now);
    tally(lease).book(secondsSinceStart(lease.since()), seconds);
    booked.merge(
        new DeviceUse(lease.device(), lease.study(), strategy, state, lost), seconds, Double::sum);
    return seconds;
  }

  /**
   * Returns all device time until {@code now} in seconds by what it was spent on, leases that are
   * held included; a copy, sorted by device name, then in order of first use.
   */
  public Map<DeviceUse, Double> uses(Instant now) {
    var uses = new LinkedHashMap<DeviceUse, Double>(booked);
    open.forEach(
        (lease, strategy) ->
            uses.merge(
                new DeviceUse(lease.device(), lease.study(), strategy, TrialState.RUNNING, false),
                lease.seconds(now),
                Double::sum));
    var sorted = new LinkedHashMap<DeviceUse, Double>();
    uses.entrySet().stream()
        .sorted(Comparator.comparing(entry -> entry.getKey().device().name()))
        .forEach(entry -> sorted.put(entry.getKey(), entry.getValue()));
    return sorted;
  }

  /**
   * Returns the device time until {@code now} of those uses that {@code which} selects, in seconds.
   */
  public double seconds(Predicate<DeviceUse> which, Instant now) {
    return uses(now).entrySet().stream()
        .filter(entry -> which.test(entry.getKey()))
        .mapToDouble(Map.Entry::getValue)
        .sum();
  }

  private Tally tally(DeviceLease lease) {
    var key = new TallyKey(lease.study(), lease.device().kind());
    return tallies.computeIfAbsent(key, unused -> new Tally());
  }

  private double seconds(String study, Device.Kind kind, Instant now) {
    Tally tally = tallies.get(new TallyKey(study, kind));
    return tally == null ? 0 : tally.seconds(secondsSinceStart(now));
  }

  /** Returns the device time of a study until {@code now}, lost time included, in seconds. */
  public double deviceSeconds(String study, Instant now) {
    double seconds = 0;
    for (Device.Kind kind : Device.Kind.values()) {
      seconds += seconds(study, kind, now);
    }
    return seconds;
  }

  /** Returns the GPU time of a study until {@code now}, lost time included, in seconds. */
  public double gpuSeconds(String study, Instant now) {
    return seconds(study, Device.Kind.CUDA, now);
  }

  /**
   * Returns the part of the time since the start during which {@code device} was held, in [0, 1]; 0
   * at the start.
   */
  public double utilisation(Device device, Instant now) {
    double all = secondsSinceStart(now);
    double busy = seconds(use -> use.device().equals(device), now);
    return all > 0 ? Math.min(1, busy / all) : 0;
  }

  private double secondsSinceStart(Instant now) {
    return Duration.between(start, now).toNanos() / 1e9;
  }
}
