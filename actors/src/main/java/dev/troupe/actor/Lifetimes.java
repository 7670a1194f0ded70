package dev.troupe.actor;

import static java.util.Objects.requireNonNull;

import dev.troupe.estimator.device.Device;
import dev.troupe.random.RandomStreams;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** After how long simulated workers die: exponential, each worker with draws of its own. */
final class Lifetimes {

  private static final double NANOS_PER_SECOND = 1e9;

  private final double meanSeconds;
  private final Map<Device, RandomGenerator> generators = new HashMap<>();

  Lifetimes(Duration mean, long seed, List<Device> workers) {
    meanSeconds = mean.getSeconds() + mean.getNano() / NANOS_PER_SECOND;
    RandomStreams streams = RandomStreams.of(seed);
    for (Device worker : workers) {
      long number = generators.size() + 1L;
      generators.put(
          worker, streams.stream(RandomStreams.Kind.SIMULATION, number, "worker-lifetime"));
    }
  }

  /** Returns for how long a worker lives that begins now. */
  Duration next(Device worker) {
    double uniform = requireNonNull(generators.get(worker)).nextDouble();
    return Durations.ofSeconds(-meanSeconds * StrictMath.log1p(-uniform));
  }
}
