package dev.troupe.estimator.synthetic;

import dev.troupe.random.RandomStreams;
import dev.troupe.settings.Settings;
import dev.troupe.space.Configuration;
import dev.troupe.study.Fidelity;
import dev.troupe.study.FidelityRange;
import java.util.ArrayList;
import java.util.List;

/**
 * Axes on which a problem can be judged for less, as one of fewer data or a smaller network: at a
 * share m of an axis its value is too high by {@code bias (1 - m) (0.5 + u)}, where u, evenly in
 * [0, 1), follows from a hash of the configuration and the axis, so that candidates are ranked a
 * little wrongly; and it costs {@code m^e} of the whole, e being 2 for {@code resolution} and
 * {@code width} and 1 for others. Immutable and thread safe.
 *
 * @param names of the axes, in order
 * @param bias mean of what is added on each axis where the share is almost 0, at least 0
 */
record ProxyAxes(List<String> names, double bias) {

  private static final double LEAST = 0.1;
  private static final double LARGEST_BIAS = 1e9;
  private static final String KEY = "axes";
  private static final List<String> KNOWN = List.of("data", "resolution", "width", "cells");

  /** Copies the list. */
  ProxyAxes {
    names = List.copyOf(names);
  }

  /** Reads {@code axes = [data, width]} and {@code bias}. */
  static ProxyAxes read(Settings settings) {
    List<String> names = settings.getStrings(KEY, List.of());
    if (!KNOWN.containsAll(names) || names.stream().distinct().count() < names.size()) {
      throw settings.refuse(KEY, "must be some of %s, none twice".formatted(KNOWN));
    }
    if (names.isEmpty() && settings.has("bias")) {
      throw settings.refuse("bias", "needs axes");
    }
    return new ProxyAxes(names, settings.getDouble("bias", 1, 0, LARGEST_BIAS));
  }

  /** Returns the ranges: shares from a tenth on. */
  List<FidelityRange> ranges() {
    var ranges = new ArrayList<FidelityRange>();
    names.forEach(name -> ranges.add(new FidelityRange(name, LEAST, 1)));
    return List.copyOf(ranges);
  }

  /** Returns what is added to the value of a configuration. */
  double bias(Configuration configuration, Fidelity fidelity) {
    double sum = 0;
    for (String name : names) {
      double missing = 1 - share(name, fidelity);
      if (missing > 0) {
        double uneven =
            RandomStreams.of(configuration.fingerprint()).stream(
                    RandomStreams.Kind.SIMULATION, 0, "bias-" + name)
                .nextDouble();
        sum += bias * missing * (0.5 + uneven);
      }
    }
    return sum;
  }

  /** Returns which part of the full cost an evaluation has. */
  double cost(Fidelity fidelity) {
    double cost = 1;
    for (String name : names) {
      cost *= StrictMath.pow(share(name, fidelity), Fidelity.costExponent(name));
    }
    return cost;
  }

  private static double share(String name, Fidelity fidelity) {
    return Math.max(LEAST, Math.min(1, fidelity.amount(name, 1)));
  }
}
