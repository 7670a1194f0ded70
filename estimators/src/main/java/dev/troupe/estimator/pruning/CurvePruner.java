package dev.troupe.estimator.pruning;

import dev.troupe.estimator.curve.CurveModel;
import dev.troupe.estimator.curve.CurvePrediction;
import dev.troupe.estimator.curve.CurveQuery;
import dev.troupe.estimator.curve.LearningCurve;
import dev.troupe.estimator.curve.TrialCurve;
import dev.troupe.space.Configuration;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.ActiveTrial;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Measurement;
import dev.troupe.study.Objective;
import dev.troupe.study.Outcome;
import dev.troupe.study.Suggestion;
import dev.troupe.study.Trick;
import dev.troupe.study.Verdict;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Stops a trial whose curve tells that it will not be the best (Domhan, Springenberg, Hutter 2015,
 * IJCAI). A trial that is better already than the best of those that completed goes on; any other
 * is stopped if the probability that it will be at the end of a full evaluation is below a limit.
 * By the optimistic rule one is stopped, too, of which the end is as good as known.
 *
 * <p>Judges by the first objective. Until a trial has completed nothing is stopped, and where
 * nobody says where a full evaluation ends, that is the furthest step of those that have.
 */
final class CurvePruner implements Pruner {

  /** More curves than these teach a model little, and cost it much. */
  static final int MOST_FINISHED = 200;

  private static final int MOST_KEPT = 4 * MOST_FINISHED;

  /** A curve that has been made of a trial; models find again what they worked out for it. */
  private record Made(EndedTrial trial, TrialCurve curve) {}

  /**
   * When a trial is stopped.
   *
   * @param probability of becoming the best, below which it is, in [0, 1]
   * @param deviation of the predicted value, in the metric's own unit, below which it is, too; 0
   *     for the conservative rule
   */
  record Rule(double probability, double deviation) {}

  private final CurveModel model;
  private final Objective objective;
  private final @Nullable SearchSpace space;
  private final Rule rule;
  private final Cadence cadence;
  private final OptionalLong end;
  private final PeerTable table;
  private final Map<Long, Made> made = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * Asks a model.
   *
   * @param space tells a model what configurations are like; null if it is not known
   * @param end the step at which a full evaluation is done, if that is known
   */
  CurvePruner(
      CurveModel model,
      Objective objective,
      @Nullable SearchSpace space,
      Rule rule,
      Cadence cadence,
      OptionalLong end) {
    this.model = model;
    this.objective = objective;
    this.space = space;
    this.rule = rule;
    this.cadence = cadence;
    this.end = end;
    this.table = new PeerTable(Reading.VALUE, new Losses(List.of(objective)), Groups.ONE);
  }

  @Override
  public Trick trick() {
    return Trick.EXTRAPOLATION;
  }

  @Override
  public Verdict judge(ActiveTrial trial, List<EndedTrial> ended, List<ActiveTrial> active) {
    List<Measurement> measurements = trial.measurements();
    OptionalLong horizon = end.isPresent() ? end : table.fullStep(ended);
    if (!cadence.isDue(measurements)
        || horizon.isEmpty()
        || Curves.last(measurements) >= horizon.getAsLong()) {
      return Verdict.CONTINUE;
    }
    double best = best(ended);
    TrialCurve curve = curve(measurements, trial.suggestion());
    if (Double.isNaN(best) || curve == null || hasReached(best, measurements)) {
      return Verdict.CONTINUE;
    }
    CurvePrediction prediction =
        model.predict(
            new CurveQuery(
                trial.id().number(),
                curve,
                horizon.getAsLong(),
                objective.direction(),
                finished(ended)));
    return isHopeless(prediction, best) ? Verdict.STOP : Verdict.CONTINUE;
  }

  private boolean isHopeless(CurvePrediction prediction, double best) {
    return prediction.probabilityBetter(best, objective.direction()) < rule.probability()
        || prediction.standardDeviation() < rule.deviation();
  }

  /** Returns the best value of a trial that completed; NaN if none did. */
  private double best(List<EndedTrial> ended) {
    double best = Double.NaN;
    for (EndedTrial trial : ended) {
      if (trial.outcome() instanceof Outcome.Completed completed) {
        double value = completed.metrics().getOrNaN(objective.metric());
        if (Double.isNaN(best) || objective.direction().isBetter(value, best)) {
          best = value;
        }
      }
    }
    return best;
  }

  private boolean hasReached(double best, List<Measurement> measurements) {
    for (Measurement measurement : measurements) {
      double value = measurement.metrics().getOrNaN(objective.metric());
      if (objective.direction().isBetter(value, best)) {
        return true;
      }
    }
    return false;
  }

  /** Returns the curves of the latest trials that completed, in the order of their ends. */
  private List<TrialCurve> finished(List<EndedTrial> ended) {
    var curves = new ArrayList<TrialCurve>();
    for (int i = ended.size() - 1; i >= 0 && curves.size() < MOST_FINISHED; i--) {
      EndedTrial trial = ended.get(i);
      TrialCurve curve = trial.outcome() instanceof Outcome.Completed ? curve(trial) : null;
      if (curve != null) {
        curves.add(0, curve);
      }
    }
    return curves;
  }

  private @Nullable TrialCurve curve(EndedTrial trial) {
    Made known = made.get(trial.id().number());
    if (known != null && known.trial() == trial) {
      return known.curve();
    }
    TrialCurve curve = curve(trial.measurements(), trial.suggestion());
    if (curve != null) {
      made.put(trial.id().number(), new Made(trial, curve));
      if (made.size() > MOST_KEPT) {
        made.remove(made.keySet().iterator().next());
      }
    }
    return curve;
  }

  /** Returns what was measured of the objective; null if it never was. */
  private @Nullable TrialCurve curve(List<Measurement> measurements, Suggestion suggestion) {
    List<Measurement> told =
        measurements.stream().filter(each -> each.metrics().has(objective.metric())).toList();
    if (told.isEmpty()) {
      return null;
    }
    LearningCurve curve =
        LearningCurve.of(
            told.stream().mapToDouble(Measurement::step).toArray(),
            told.stream().mapToDouble(each -> each.metrics().get(objective.metric())).toArray());
    Configuration candidate =
        suggestion instanceof Suggestion.Evaluate evaluate ? evaluate.candidate() : null;
    return space == null || candidate == null
        ? TrialCurve.of(curve)
        : TrialCurve.of(curve, space.encode(candidate).point());
  }
}
