package dev.troupe.estimator.onnx;

import ai.onnxruntime.OrtException;
import dev.troupe.estimator.Evaluation;
import dev.troupe.estimator.Playback;
import dev.troupe.estimator.SimulatedEstimator;
import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.IntParameter;
import dev.troupe.space.Parameter;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Fidelity;
import dev.troupe.study.FidelityRange;
import dev.troupe.study.Metrics;
import dev.troupe.study.Suggestion;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/**
 * Asks a model what an evaluation would have given; a curve is one call with a row per step. Thread
 * safe; all studies that use it share one model, which {@link #close} frees.
 */
final class SurrogateEstimator implements SimulatedEstimator {

  /** The least share of a fidelity parameter that could be 0. */
  private static final double LEAST_SHARE = 0.01;

  private final SurrogateTask task;
  private final InputLayout layout;
  private final Targets targets;
  private final SurrogateModel model;

  SurrogateEstimator(
      SurrogateTask task, InputLayout layout, Targets targets, SurrogateModel model) {
    this.task = task;
    this.layout = layout;
    this.targets = targets;
    this.model = model;
  }

  /**
   * {@inheritDoc} The axis of the curves, then the other fidelity parameters, under the names that
   * they have in a study file; what the file fixes them to is their full amount.
   */
  @Override
  public List<FidelityRange> fidelities() {
    var ranges = new ArrayList<FidelityRange>();
    SurrogateTask.CurveAxis axis = task.axis();
    if (axis != null && axis.to() >= 1) {
      ranges.add(new FidelityRange(axis.name(), Math.max(1, axis.from()), axis.to()));
    }
    for (String original : task.scenario().fidelities()) {
      if (task.fixed().get(original) instanceof Number full && full.doubleValue() > 0) {
        double low = Math.min(full.doubleValue(), least(original, full.doubleValue()));
        ranges.add(new FidelityRange(Scenario.kebab(original), low, full.doubleValue()));
      }
    }
    return List.copyOf(ranges);
  }

  private double least(String original, double full) {
    Hyperparameter entry = task.entries().get(original);
    Parameter parameter = entry == null ? null : entry.parameter();
    if (parameter instanceof IntParameter whole) {
      return Math.max(1, whole.low());
    }
    if (parameter instanceof FloatParameter real && real.low() > 0) {
      return real.low();
    }
    return full * LEAST_SHARE;
  }

  /** {@inheritDoc} Without curves there are no steps. */
  @Override
  public OptionalLong fullStep() {
    return task.axis() == null ? OptionalLong.empty() : SimulatedEstimator.super.fullStep();
  }

  /** {@inheritDoc} The seconds of a curve are those that the model tells, made ascending. */
  @Override
  public Playback play(Suggestion.Evaluate suggestion, Evaluation evaluation) throws OrtException {
    Configuration candidate = suggestion.candidate();
    Map<String, Object> fixed = fixed(suggestion.fidelity());
    SurrogateTask.CurveAxis axis = task.axis();
    if (axis == null) {
      float[] outputs = model.predict(List.of(layout.row(candidate, fixed)))[0];
      return Playback.of(targets.metricsOf(outputs), targets.secondsOf(outputs));
    }
    double amount = Math.floor(suggestion.fidelity().amount(axis.name(), axis.to()));
    int last = (int) Math.max(axis.from(), Math.min(axis.to(), amount));
    var rows = new ArrayList<InputLayout.Row>(last - axis.from() + 1);
    for (int step = axis.from(); step <= last; step++) {
      rows.add(layout.row(candidate, at(fixed, axis, step)));
    }
    float[][] outputs = model.predict(rows);
    var points = new ArrayList<Playback.Point>(outputs.length);
    double seconds = 0;
    for (int i = 0; i < outputs.length; i++) {
      seconds = Math.max(seconds, targets.secondsOf(outputs[i]));
      points.add(new Playback.Point(axis.from() + i, targets.metricsOf(outputs[i]), seconds));
    }
    return Playback.of(points);
  }

  private static Map<String, Object> at(
      Map<String, Object> fixed, SurrogateTask.CurveAxis axis, int step) {
    var values = new HashMap<>(fixed);
    values.put(axis.original(), (long) step);
    return values;
  }

  /** Returns the fixed values, with those that the fidelity names in their place. */
  private Map<String, Object> fixed(Fidelity fidelity) {
    if (fidelity.isFull()) {
      return task.fixed();
    }
    var values = new HashMap<>(task.fixed());
    values.replaceAll((original, value) -> limited(original, value, fidelity));
    return values;
  }

  private Object limited(String original, Object value, Fidelity fidelity) {
    Hyperparameter entry = task.entries().get(original);
    Parameter parameter = entry == null ? null : entry.parameter();
    Double amount = fidelity.axes().get(Scenario.kebab(original));
    if (amount == null || parameter == null) {
      return value;
    }
    if (parameter instanceof IntParameter whole) {
      return Math.max(whole.low(), Math.min(whole.high(), (long) Math.floor(amount)));
    }
    return parameter instanceof FloatParameter real
        ? Math.max(real.low(), Math.min(real.high(), amount))
        : value;
  }

  private float[] atFullFidelity(Configuration candidate) throws OrtException {
    SurrogateTask.CurveAxis axis = task.axis();
    Map<String, Object> fixed = axis == null ? task.fixed() : at(task.fixed(), axis, axis.to());
    return model.predict(List.of(layout.row(candidate, fixed)))[0];
  }

  @Override
  public OptionalDouble expected(Configuration candidate, String metric) {
    Integer index = targets.metrics().get(metric);
    if (index == null) {
      return OptionalDouble.empty();
    }
    try {
      return OptionalDouble.of(atFullFidelity(candidate)[index]);
    } catch (OrtException e) {
      throw new IllegalStateException(
          "The model of '%s' failed on %s: %s. Maybe the candidate is not in its space."
              .formatted(task.scenario().name(), candidate, e.getMessage()),
          e);
    }
  }

  @Override
  public Metrics test(EndedTrial best, Evaluation evaluation) throws OrtException {
    return best.suggestion() instanceof Suggestion.Evaluate suggestion
            && !targets.report().isEmpty()
        ? targets.reportOf(atFullFidelity(suggestion.candidate()))
        : Metrics.none();
  }

  @Override
  public void close() {
    model.close();
  }
}
