package dev.troupe.actor;

import dev.troupe.estimator.cost.CostLearner;
import dev.troupe.estimator.cost.CostModel;
import dev.troupe.space.Configuration;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Fidelity;
import dev.troupe.study.FidelityRange;
import dev.troupe.study.FidelityReport;
import dev.troupe.study.LowFidelity;
import dev.troupe.study.Measurement;
import dev.troupe.study.Outcome;
import dev.troupe.study.RankCorrelation;
import dev.troupe.study.Suggestion;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Finds out of a study that evaluates below full fidelity how well that ranks, by the first
 * objective, and what it costs. Follows from the suggestions and the ended trials alone, so that a
 * record tells it again.
 *
 * <p>A candidate is a pair if it was evaluated at the lower fidelity and in full, as two trials; or
 * as one that paused and went on, in which case it was selected. What a candidate came to first
 * counts.
 */
final class FidelityBook {

  /** The correlation of very many pairs takes long and says no more. */
  private static final int MOST_PAIRS = 1000;

  private static final int LEAST_PAIRS = 2;
  private static final double LEVEL = 0.1;
  private static final Comparator<Fidelity> LOWEST_FIRST =
      Comparator.comparing(
          fidelity -> List.copyOf(fidelity.axes().entrySet()), FidelityBook::compare);

  /** A trial that went on to full fidelity. */
  private record Curve(List<Measurement> measurements, double full) {}

  private final StudySetup setup;
  private final List<FidelityRange> ranges;
  private final @Nullable FidelityRange steps;
  private final CostLearner costs;
  private final Map<Fidelity, Map<Configuration, Double>> low = new TreeMap<>(LOWEST_FIRST);
  private final Map<Configuration, Double> full = new LinkedHashMap<>();
  private final List<Curve> curves = new ArrayList<>();
  private double lowSeconds;
  private boolean hasWarned;

  FidelityBook(StudySetup setup) {
    this.setup = setup;
    this.ranges = setup.estimator() == null ? List.of() : setup.estimator().fidelities();
    this.steps =
        ranges.stream()
            .filter(range -> range.high() > 1 && range.high() == setup.fullStep())
            .findFirst()
            .orElse(null);
    this.costs = new CostLearner(ranges);
  }

  private static int compare(List<Map.Entry<String, Double>> a, List<Map.Entry<String, Double>> b) {
    for (int i = 0; i < Math.min(a.size(), b.size()); i++) {
      int byName = a.get(i).getKey().compareTo(b.get(i).getKey());
      int byAmount = Double.compare(a.get(i).getValue(), b.get(i).getValue());
      if (byName != 0 || byAmount != 0) {
        return byName != 0 ? byName : byAmount;
      }
    }
    return Integer.compare(a.size(), b.size());
  }

  /** Returns whether there is anything to find out. */
  boolean isOpen() {
    return setup.lowFidelity() != null || setup.completion() != null;
  }

  /** Something is to be evaluated. */
  void suggested(Suggestion suggestion) {
    if (isOpen() && suggestion instanceof Suggestion.Evaluate evaluate && !setup.isFull(evaluate)) {
      lossesAt(evaluate.fidelity());
    }
  }

  private Map<Configuration, Double> lossesAt(Fidelity fidelity) {
    return low.computeIfAbsent(fidelity, unused -> new LinkedHashMap<>());
  }

  /**
   * A trial has ended.
   *
   * @return the lower fidelities of which more is known now
   */
  List<Fidelity> take(EndedTrial trial) {
    double loss = setup.mainObjective().loss(trial.metrics());
    if (!isOpen()
        || !(trial.outcome() instanceof Outcome.Completed)
        || !(trial.suggestion() instanceof Suggestion.Evaluate evaluate)
        || !Double.isFinite(loss)) {
      return List.of();
    }
    costs.observe(evaluate.candidate(), evaluate.fidelity(), seconds(trial));
    if (setup.isFull(evaluate)) {
      takeFull(trial, evaluate.candidate(), loss);
      return setup.lowFidelity() == null ? List.of() : List.copyOf(low.keySet());
    }
    lowSeconds += seconds(trial);
    lossesAt(evaluate.fidelity()).putIfAbsent(evaluate.candidate(), loss);
    return full.containsKey(evaluate.candidate()) ? List.of(evaluate.fidelity()) : List.of();
  }

  private static double seconds(EndedTrial trial) {
    List<Measurement> measured = trial.measurements();
    double seconds = measured.isEmpty() ? 0 : measured.get(measured.size() - 1).seconds();
    return seconds > 0 ? seconds : trial.deviceSeconds();
  }

  private void takeFull(EndedTrial trial, Configuration candidate, double loss) {
    full.putIfAbsent(candidate, loss);
    if (setup.completion() != null && curves.size() < MOST_PAIRS) {
      curves.add(new Curve(trial.measurements(), loss));
    }
    if (steps != null && trial.measurements().size() > 1) {
      Measurement half = trial.measurements().get((trial.measurements().size() - 1) / 2);
      if (half.step() >= steps.low()) {
        costs.observe(candidate, Fidelity.of(steps.axis(), (double) half.step()), half.seconds());
      }
    }
  }

  /** Returns how well a lower fidelity ranks by now, or null if that cannot be said. */
  FidelityReport.@Nullable Level level(Fidelity fidelity) {
    boolean selected = setup.lowFidelity() == null;
    var proxies = new ArrayList<Double>();
    var truths = new ArrayList<Double>();
    Map<Configuration, Double> known = low.getOrDefault(fidelity, Map.of());
    for (Map.Entry<Configuration, Double> each : full.entrySet()) {
      Double proxy = known.get(each.getKey());
      if (proxy != null && proxies.size() < MOST_PAIRS) {
        proxies.add(proxy);
        truths.add(each.getValue());
      }
    }
    for (Curve curve : curves) {
      double proxy = at(curve, fidelity);
      if (Double.isFinite(proxy) && proxies.size() < MOST_PAIRS) {
        proxies.add(proxy);
        truths.add(curve.full());
      }
    }
    if (proxies.size() < LEAST_PAIRS) {
      return null;
    }
    return new FidelityReport.Level(
        fidelity, RankCorrelation.of(array(proxies), array(truths)), selected);
  }

  /** Returns the loss that a trial had where it paused, or NaN if it did not pause there. */
  private double at(Curve curve, Fidelity fidelity) {
    if (fidelity.axes().size() != 1
        || steps == null
        || !fidelity.axes().containsKey(steps.axis())) {
      return Double.NaN;
    }
    double step = fidelity.amount(steps.axis(), Double.NaN);
    for (Measurement measurement : curve.measurements()) {
      if (measurement.step() == step) {
        return setup.mainObjective().loss(measurement.metrics());
      }
    }
    return Double.NaN;
  }

  private static double[] array(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /** Returns all that is known; null if nothing was evaluated below full fidelity. */
  @Nullable FidelityReport report() {
    if (!isOpen()) {
      return null;
    }
    var levels = new ArrayList<FidelityReport.Level>();
    for (Fidelity fidelity : low.keySet()) {
      FidelityReport.Level level = level(fidelity);
      if (level != null) {
        levels.add(level);
      }
    }
    CostModel model = costs.model();
    return new FidelityReport(levels, model.observations() == 0 ? Map.of() : model.byAxis());
  }

  /**
   * Returns the device time that full evaluations of the candidates that completed at the study's
   * low fidelity would have taken beyond what they took, in seconds, at least 0; NaN where counting
   * steps tells it better: nothing but the number of steps is limited.
   */
  double savedSeconds() {
    LowFidelity plan = setup.lowFidelity();
    if (plan == null || steps != null && plan.axes().keySet().equals(Set.of(steps.axis()))) {
      return Double.NaN;
    }
    return Math.max(0, lowSeconds * (costs.model().fullOver(plan.within(ranges)) - 1));
  }

  /**
   * Returns, once, why the study's low fidelity is not to be relied on; null if it is, or if that
   * cannot be said yet.
   *
   * @param over whether no more will be known
   */
  @Nullable String warning(boolean over) {
    LowFidelity plan = setup.lowFidelity();
    if (plan == null || hasWarned || plan.check() == 0) {
      return null;
    }
    FidelityReport.Level level = level(plan.within(ranges));
    int enough = Math.max(LowFidelity.LEAST_CHECK, plan.check() - 1);
    String why = level == null ? null : problem(level.correlation(), plan, enough, over);
    if (level == null && over) {
      why =
          "cannot be judged, as no two candidates were evaluated both at it and in full. Maybe a larger budget";
    }
    hasWarned = why != null;
    return why == null
        ? null
        : "Study '%s': the fidelity %s %s.".formatted(setup.name(), plan.axes(), why);
  }

  private static @Nullable String problem(
      RankCorrelation correlation, LowFidelity plan, int enough, boolean over) {
    if (correlation.pairs() < enough && !over) {
      return null;
    }
    Double kendall = correlation.kendall();
    if (kendall == null) {
      return "does not rank candidates: all of %d are equal at it, or in full. Maybe raise %s"
          .formatted(correlation.pairs(), raise(plan));
    }
    if (kendall < plan.warnBelow()) {
      return String.format(
          Locale.ROOT,
          "ranks candidates unlike full evaluations do: a rank correlation (Kendall) of %.2f over %d of them, below %s. Its best need not be the best. Maybe raise %s, or leave fidelity out",
          kendall,
          correlation.pairs(),
          plan.warnBelow(),
          raise(plan));
    }
    if (!correlation.isSignificant(LEVEL)) {
      return String.format(
          Locale.ROOT,
          "was checked on too few candidates: chance reaches its rank correlation (Kendall) of %.2f over %d in %.0f %% of all cases. Maybe raise fidelity.check",
          kendall,
          correlation.pairs(),
          100 * correlation.chance());
    }
    return null;
  }

  private static String raise(LowFidelity plan) {
    return "fidelity.axes." + plan.axes().keySet().iterator().next();
  }
}
