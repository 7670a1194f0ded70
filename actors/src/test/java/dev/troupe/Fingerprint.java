package dev.troupe;

import dev.troupe.random.RandomStreams;
import dev.troupe.study.ActiveTrial;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Measurement;
import dev.troupe.study.Metrics;
import dev.troupe.study.Suggestion;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * A hash of everything a strategy or a pruner is told, but for seconds: whatever differs between
 * two runs shows in all that follows.
 */
final class Fingerprint {

  private long state;

  Fingerprint(long seed) {
    state = seed;
  }

  Fingerprint add(long value) {
    state = mix(state * 31 + value);
    return this;
  }

  Fingerprint addEnded(List<EndedTrial> trials) {
    add(trials.size());
    for (EndedTrial trial : trials) {
      add(trial.id().number()).add(trial.state().ordinal()).addSuggestion(trial.suggestion());
      addMetrics(trial.metrics()).addMeasurements(trial.measurements());
    }
    return this;
  }

  Fingerprint addActive(List<ActiveTrial> trials) {
    add(trials.size());
    for (ActiveTrial trial : trials) {
      add(trial.id().number()).addSuggestion(trial.suggestion());
      addMeasurements(trial.measurements());
    }
    return this;
  }

  Fingerprint addMeasurements(List<Measurement> measurements) {
    add(measurements.size());
    for (Measurement measurement : measurements) {
      add(measurement.step()).addMetrics(measurement.metrics());
    }
    return this;
  }

  private Fingerprint addSuggestion(Suggestion suggestion) {
    return add(((Suggestion.Evaluate) suggestion).candidate().fingerprint());
  }

  private Fingerprint addMetrics(Metrics metrics) {
    for (Map.Entry<String, Double> metric : new TreeMap<>(metrics.numbers()).entrySet()) {
      add(metric.getKey().hashCode()).add(Double.doubleToLongBits(metric.getValue()));
    }
    return this;
  }

  /** Returns all that was added, in one number, to begin another one with. */
  long state() {
    return state;
  }

  /** Returns a number below {@code bound} that depends on all that was added. */
  int choose(int bound) {
    return (int) Math.floorMod(mix(state), (long) bound);
  }

  /** Returns the randomness that depends on all that was added. */
  RandomStreams streams() {
    return RandomStreams.of(state);
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
