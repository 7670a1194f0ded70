package dev.troupe.study;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What a study may spend. It ends with the first limit that is reached; a null limit does not
 * count. With no limit at all a study runs until it is stopped.
 *
 * @param trials distinct trials started, at least 1
 * @param wallClock time since the start, above zero
 * @param virtualTime time since the start on the virtual clock, above zero
 * @param deviceHours hours for which devices of any kind were held, above 0
 * @param gpuHours hours for which GPUs were held, above 0
 * @param target a value of the first objective that is good enough, in the metric's own unit
 * @param noImprovement how many trials in a row may end without a new incumbent, at least 1
 */
public record Budget(
    @Nullable Long trials,
    @Nullable Duration wallClock,
    @Nullable Duration virtualTime,
    @Nullable Double deviceHours,
    @Nullable Double gpuHours,
    @Nullable Double target,
    @Nullable Long noImprovement) {

  /** Checks the ranges above. */
  public Budget {
    requirePositive("trials", trials);
    requirePositive("device-hours", deviceHours);
    requirePositive("gpu-hours", gpuHours);
    requirePositive("no-improvement", noImprovement);
    requireAboveZero("wall-clock", wallClock);
    requireAboveZero("virtual-time", virtualTime);
    if (target != null && !Double.isFinite(target)) {
      throw new IllegalArgumentException(
          "Budget: target must be finite, but was %s. Maybe leave it out.".formatted(target));
    }
  }

  /** Returns a budget without limits, to be narrowed by {@code with…}. */
  public static Budget unlimited() {
    return new Budget(null, null, null, null, null, null, null);
  }

  /** Returns a budget of so many trials. */
  public static Budget trials(long trials) {
    return unlimited().withTrials(trials);
  }

  /** Returns a budget of so much time. */
  public static Budget wallClock(Duration limit) {
    return unlimited().withWallClock(limit);
  }

  /** Returns a copy that ends after so many trials. */
  public Budget withTrials(long limit) {
    return new Budget(limit, wallClock, virtualTime, deviceHours, gpuHours, target, noImprovement);
  }

  /** Returns a copy that ends after so much time. */
  public Budget withWallClock(Duration limit) {
    return new Budget(trials, limit, virtualTime, deviceHours, gpuHours, target, noImprovement);
  }

  /** Returns a copy that ends after so much time on the virtual clock. */
  public Budget withVirtualTime(Duration limit) {
    return new Budget(trials, wallClock, limit, deviceHours, gpuHours, target, noImprovement);
  }

  /** Returns a copy that ends after devices were held for so many hours. */
  public Budget withDeviceHours(double limit) {
    return new Budget(trials, wallClock, virtualTime, limit, gpuHours, target, noImprovement);
  }

  /** Returns a copy that ends after GPUs were held for so many hours. */
  public Budget withGpuHours(double limit) {
    return new Budget(trials, wallClock, virtualTime, deviceHours, limit, target, noImprovement);
  }

  /** Returns a copy that ends once the first objective is at least as good as {@code value}. */
  public Budget withTarget(double value) {
    return new Budget(trials, wallClock, virtualTime, deviceHours, gpuHours, value, noImprovement);
  }

  /** Returns a copy that ends after so many trials in a row without a new incumbent. */
  public Budget withNoImprovement(long limit) {
    return new Budget(trials, wallClock, virtualTime, deviceHours, gpuHours, target, limit);
  }

  /**
   * Returns whether a study that has spent {@code other} may go on with this budget: one of its
   * limits is wider.
   *
   * @param direction of the first objective, which says what is a harder target
   */
  public boolean allowsMoreThan(Budget other, Direction direction) {
    return isWider(trials, other.trials)
        || isWider(wallClock, other.wallClock)
        || isWider(virtualTime, other.virtualTime)
        || isWider(deviceHours, other.deviceHours)
        || isWider(gpuHours, other.gpuHours)
        || isWider(noImprovement, other.noImprovement)
        || other.target != null
            && (target == null || direction.toLoss(target) < direction.toLoss(other.target));
  }

  /**
   * Returns this budget with each of its limits as wide as that of {@code extension}, where that
   * has one and is wider. What is not limited stays so.
   *
   * @param direction of the first objective, which says what is a harder target
   */
  public Budget extendedBy(Budget extension, Direction direction) {
    return new Budget(
        wider(trials, extension.trials, Comparator.naturalOrder()),
        wider(wallClock, extension.wallClock, Comparator.naturalOrder()),
        wider(virtualTime, extension.virtualTime, Comparator.naturalOrder()),
        wider(deviceHours, extension.deviceHours, Comparator.naturalOrder()),
        wider(gpuHours, extension.gpuHours, Comparator.naturalOrder()),
        wider(target, extension.target, Comparator.comparingDouble(t -> -direction.toLoss(t))),
        wider(noImprovement, extension.noImprovement, Comparator.naturalOrder()));
  }

  private static <L> @Nullable L wider(@Nullable L limit, @Nullable L other, Comparator<L> order) {
    return limit == null || other == null || order.compare(limit, other) >= 0 ? limit : other;
  }

  /** Returns its limits as a study file names them, as in {@code trials = 40, wall-clock = 10m}. */
  public String describe() {
    var limits = new ArrayList<String>();
    add(limits, "trials", trials);
    add(limits, "wall-clock", wallClock == null ? null : text(wallClock));
    add(limits, "virtual-time", virtualTime == null ? null : text(virtualTime));
    add(limits, "device-hours", deviceHours);
    add(limits, "gpu-hours", gpuHours);
    add(limits, "target", target);
    add(limits, "no-improvement", noImprovement);
    return String.join(", ", limits);
  }

  private static void add(List<String> limits, String name, @Nullable Object limit) {
    if (limit != null) {
      limits.add(name + " = " + limit);
    }
  }

  private static String text(Duration duration) {
    if (duration.getNano() != 0) {
      return duration.toMillis() + "ms";
    }
    return duration.toSecondsPart() == 0 ? duration.toMinutes() + "m" : duration.toSeconds() + "s";
  }

  private static <L extends Comparable<L>> boolean isWider(@Nullable L limit, @Nullable L than) {
    return than != null && (limit == null || limit.compareTo(than) > 0);
  }

  private static void requireAboveZero(String name, @Nullable Duration limit) {
    if (limit != null && (limit.isZero() || limit.isNegative())) {
      throw new IllegalArgumentException(
          "Budget: %s must be above zero, but was %s. Maybe 10m.".formatted(name, limit));
    }
  }

  private static void requirePositive(String name, @Nullable Number limit) {
    if (limit != null && !(limit.doubleValue() > 0 && Double.isFinite(limit.doubleValue()))) {
      throw new IllegalArgumentException(
          "Budget: %s must be above 0, but was %s. Maybe leave it out for no limit."
              .formatted(name, limit));
    }
  }
}
