package dev.troupe.estimator.pruning;

import dev.troupe.random.RandomStreams;
import dev.troupe.settings.Providers;
import dev.troupe.settings.Settings;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.ActiveTrial;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Measurement;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.Outcome;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.TrialState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** Trials that pruners are shown. */
final class Scenes {

  static final List<Objective> LOSS = List.of(Objective.minimize("loss"));

  private static final Suggestion SUGGESTION =
      Suggestion.evaluate(
          SearchSpace.builder()
              .add(FloatParameter.linear("x", 0, 1))
              .build()
              .configuration(Map.of("x", 0.5)));

  private Scenes() {}

  static Pruner pruner(String name, Map<String, ?> settings, List<Objective> objectives) {
    return Providers.find(PrunerProvider.class, "pruner", name)
        .create(
            new PrunerRequest(objectives, RandomStreams.of(1), Settings.of("pruner", settings)));
  }

  static Pruner pruner(String name, Map<String, ?> settings) {
    return pruner(name, settings, LOSS);
  }

  /** Returns losses at the steps 1, 2, …. */
  static List<Measurement> curve(double... losses) {
    var curve = new ArrayList<Measurement>();
    for (int i = 0; i < losses.length; i++) {
      curve.add(at(i + 1, losses[i]));
    }
    return curve;
  }

  static Measurement at(long step, double loss) {
    return new Measurement(step, Metrics.of("loss", loss), step);
  }

  static Measurement at(long step, double loss, double size) {
    return new Measurement(step, Metrics.of("loss", loss, "size", size), step);
  }

  static ActiveTrial active(long id, List<Measurement> curve) {
    return new ActiveTrial(TrialId.of(id), SUGGESTION, curve);
  }

  static ActiveTrial active(long id, double... losses) {
    return active(id, curve(losses));
  }

  static EndedTrial ended(long id, TrialState state, List<Measurement> curve) {
    Metrics last = curve.isEmpty() ? Metrics.none() : curve.get(curve.size() - 1).metrics();
    Outcome outcome =
        switch (state) {
          case COMPLETED -> new Outcome.Completed(last);
          case PRUNED -> new Outcome.Pruned(last);
          case FAILED -> new Outcome.Failed("no luck");
          default -> new Outcome.Stopped();
        };
    return new EndedTrial(TrialId.of(id), SUGGESTION, curve, outcome, curve.size());
  }

  static EndedTrial completed(long id, double... losses) {
    return ended(id, TrialState.COMPLETED, curve(losses));
  }

  static EndedTrial pruned(long id, double... losses) {
    return ended(id, TrialState.PRUNED, curve(losses));
  }

  /** Returns trials that ended in any way, with steps left out, NaN, infinities and ties. */
  static List<EndedTrial> randomHistory(int size, int steps, RandomGenerator random) {
    var history = new ArrayList<EndedTrial>();
    for (int id = 1; id <= size; id++) {
      TrialState state =
          switch (random.nextInt(6)) {
            case 0, 1 -> TrialState.COMPLETED;
            case 2, 3 -> TrialState.PRUNED;
            case 4 -> TrialState.FAILED;
            default -> TrialState.STOPPED;
          };
      int length = state == TrialState.COMPLETED ? steps : random.nextInt(steps + 1);
      history.add(ended(id, state, randomCurve(length, random)));
    }
    for (int i = size - 1; i > 0; i--) { // trials end in any order, but not far from that
      int j = Math.max(0, i - random.nextInt(8));
      EndedTrial swapped = history.get(i);
      history.set(i, history.get(j));
      history.set(j, swapped);
    }
    return history;
  }

  static List<Measurement> randomCurve(int length, RandomGenerator random) {
    var curve = new ArrayList<Measurement>();
    for (int step = 1; step <= length; step++) {
      if (step == length || random.nextInt(4) > 0) {
        curve.add(at(step, randomLoss(random), random.nextInt(10)));
      }
    }
    return curve;
  }

  private static double randomLoss(RandomGenerator random) {
    return switch (random.nextInt(20)) {
      case 0 -> Double.NaN;
      case 1 -> Double.POSITIVE_INFINITY;
      case 2 -> 1e15;
      default -> random.nextInt(12) / 10.0;
    };
  }
}
