package dev.troupe.estimator.device;

import static java.util.Objects.requireNonNull;

/**
 * Where estimation runs.
 *
 * @param name unique among the devices of a machine, such as {@code cpu-0}
 * @param kind what it is
 */
public record Device(String name, Kind kind) {

  /** What a device is. */
  public enum Kind {
    /** One core of the processor. */
    CPU,
    /** One CUDA device, or a share of it. */
    CUDA,
    /** Pretended: for tests and for virtual time. */
    SIMULATED
  }

  /** Requires both. */
  public Device {
    requireNonNull(kind, "kind");
    if (name.isBlank()) {
      throw new IllegalArgumentException("A device needs a name, but it was blank. Maybe cpu-0.");
    }
  }

  /** Returns the n-th CPU slot, counted from 0. */
  public static Device cpu(int number) {
    return new Device("cpu-" + number, Kind.CPU);
  }

  /** Returns the n-th CUDA device, counted from 0. */
  public static Device cuda(int number) {
    return new Device("cuda-" + number, Kind.CUDA);
  }

  /** Returns the n-th simulated device, counted from 0. */
  public static Device simulated(int number) {
    return new Device("simulated-" + number, Kind.SIMULATED);
  }
}
