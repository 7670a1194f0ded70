package dev.troupe.codec;

import dev.troupe.space.Configuration;
import dev.troupe.study.Attempt;
import dev.troupe.study.Budget;
import dev.troupe.study.Direction;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Explanation;
import dev.troupe.study.Fidelity;
import dev.troupe.study.Instruction;
import dev.troupe.study.Measurement;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.Outcome;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.StudyState;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.Trick;
import dev.troupe.study.Verdict;
import dev.troupe.study.WeightSource;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Events of every kind with values from every corner, the same for the same seed. */
public final class RandomEvents {

  private static final double[] CORNERS = {
    0.0,
    -0.0,
    Double.NaN,
    Double.POSITIVE_INFINITY,
    Double.NEGATIVE_INFINITY,
    Double.MIN_VALUE,
    -Double.MIN_NORMAL / 3,
    Double.MAX_VALUE,
    Math.PI,
    1e-320
  };
  private static final String[] TEXTS = {
    "",
    "loss",
    "learning-rate",
    "größe",
    "損失",
    "\uD83D\uDE80",
    "\uD83D",
    "a\u0000b",
    "x\ny",
    "'; --"
  };

  private final SplittableRandom random;
  private final String study;

  RandomEvents(long seed, String study) {
    random = new SplittableRandom(seed);
    this.study = study;
  }

  public static List<StudyEvent> list(long seed, String study, int count) {
    var events = new RandomEvents(seed, study);
    return IntStream.range(0, count).mapToObj(i -> events.next()).toList();
  }

  /** Returns events of the kinds that came after the first version, and its kinds' new versions. */
  public static List<StudyEvent> listOfLaterKinds(long seed, String study, int count) {
    var events = new RandomEvents(seed, study);
    return IntStream.range(0, count).mapToObj(i -> events.later(i % 13)).toList();
  }

  /** Returns events with explanations, which make them of the second version. */
  public static List<StudyEvent> listOfExplained(long seed, String study, int count) {
    var events = new RandomEvents(seed, study);
    return IntStream.range(0, count).mapToObj(i -> events.explained(i % 2 == 0)).toList();
  }

  StudyEvent next() {
    return event(random.nextInt(9));
  }

  private StudyEvent later(int kind) {
    return switch (kind) {
      case 0 ->
          new StudyEvent.AttemptFailed(
              study, attempt(), text(), real(), random.nextBoolean(), random.nextBoolean());
      case 1 ->
          new StudyEvent.StudyEnded(study, instant(), pick(StudyState.values()), text(), metrics());
      case 2 -> new StudyEvent.AttemptStarted(study, attempt(), text());
      case 3 ->
          new StudyEvent.CheckpointSaved(
              study, attempt(), random.nextLong(1L << 40), text(), random.nextLong(1L << 50));
      case 4 ->
          new StudyEvent.StudyInstructed(
              study,
              instant(),
              instruction(),
              text(),
              orNull(() -> random.nextLong(1, Long.MAX_VALUE)));
      case 5 -> new StudyEvent.AttemptResumed(study, attempt(), random.nextLong(1L << 40), text());
      case 6 -> new StudyEvent.StudyRepaired(study, instant(), random.nextLong(1L << 40));
      case 9 -> new StudyEvent.TrialPaused(study, instant(), attempt(), metrics(), real());
      case 11 -> new StudyEvent.DeviceTimeSaved(study, pick(Trick.values()), real());
      case 12 ->
          new StudyEvent.FidelityChecked(
              study, new Fidelity(Map.of("epochs", 5.0)), random.nextInt(100), real(), real());
      case 10 ->
          new StudyEvent.StrategyAsked(study, several(this::trial), Map.of(), 7, 2, 5, real());
      default -> explained(kind == 7);
    };
  }

  private StudyEvent explained(boolean suggested) {
    return suggested
        ? new StudyEvent.TrialSuggested(study, trial(), explained())
        : new StudyEvent.TrialEnded(
            study,
            instant(),
            new EndedTrial(trial(), explained(), several(this::measurement), outcome(), real()));
  }

  StudyEvent event(int kind) {
    return switch (kind) {
      case 0 ->
          new StudyEvent.StudyStarted(
              study,
              instant(),
              List.of(new Objective("loss", pick(Direction.values())), Objective.minimize("größe")),
              text(),
              random.nextLong(),
              1 + random.nextInt(5000),
              budget(),
              new TreeMap<>(Map.of("space", text(), text() + "?", text())));
      case 1 -> new StudyEvent.StudyResumed(study, instant(), 1 + random.nextInt(64), budget());
      case 2 -> asked();
      case 3 -> new StudyEvent.TrialSuggested(study, trial(), suggestion());
      case 4 -> new StudyEvent.Measured(study, attempt(), measurement(), pick(Verdict.values()));
      case 5 -> new StudyEvent.AttemptFailed(study, attempt(), text(), real());
      case 6 ->
          new StudyEvent.TrialEnded(
              study,
              instant(),
              new EndedTrial(trial(), suggestion(), several(this::measurement), outcome(), real()));
      case 7 -> new StudyEvent.IncumbentChanged(study, trial(), metrics());
      default -> new StudyEvent.StudyEnded(study, instant(), pick(StudyState.values()), text());
    };
  }

  private Instruction instruction() {
    return switch (random.nextInt(6)) {
      case 0 -> new Instruction.Pause();
      case 1 -> new Instruction.Resume();
      case 2 -> new Instruction.Stop(random.nextBoolean());
      case 3 -> new Instruction.Extend(budget().withTrials(1 + random.nextInt(1000)));
      case 4 -> new Instruction.Parallelism(1 + random.nextInt(Instruction.Parallelism.MOST));
      default -> new Instruction.Enqueue(configuration());
    };
  }

  private StudyEvent asked() {
    var seen = new HashMap<TrialId, Integer>();
    for (int i = random.nextInt(4); i > 0; i--) {
      seen.put(trial(), random.nextInt(1000));
    }
    return new StudyEvent.StrategyAsked(
        study, several(this::trial), seen, random.nextInt(10), random.nextInt(10), real());
  }

  private Suggestion suggestion() {
    return switch (random.nextInt(4)) {
      case 0 -> new Suggestion.Evaluate(configuration(), fidelity(), weights());
      case 1 ->
          new Suggestion.TrainShared(
              List.of(configuration(), configuration()), 1 + random.nextInt(1000));
      case 2 -> new Suggestion.ScoreShared(List.of(configuration()));
      default ->
          new Suggestion.ArchitectureGradient(
              several(() -> random.nextDouble() - 0.5), random.nextInt(100));
    };
  }

  private Suggestion explained() {
    return new Suggestion.Evaluate(
        configuration(),
        fidelity(),
        weights(),
        new Explanation(
            text(),
            figures(),
            figures(),
            several(() -> new Explanation.Neighbour(trial(), 1 / (double) random.nextInt(5)))));
  }

  private Map<String, Double> figures() {
    var figures = new LinkedHashMap<String, Double>();
    for (int i = random.nextInt(4); i > 0; i--) {
      double figure = real();
      figures.put(text(), Double.isNaN(figure) ? -0.0 : figure);
    }
    return figures;
  }

  private Configuration configuration() {
    var values = new LinkedHashMap<String, Object>();
    for (int i = random.nextInt(8); i > 0; i--) {
      values.put("p" + random.nextInt(50) + text(), value());
    }
    return Configuration.of(values);
  }

  private Object value() {
    return switch (random.nextInt(4)) {
      case 0 -> CORNERS[random.nextInt(2)] + random.nextDouble();
      case 1 -> random.nextBoolean() ? random.nextLong() : (long) random.nextInt(-70, 70);
      case 2 -> random.nextBoolean();
      default -> text();
    };
  }

  private Fidelity fidelity() {
    return random.nextBoolean()
        ? Fidelity.full()
        : new Fidelity(Map.of("epochs", 1 + random.nextDouble(), "data", Double.MIN_VALUE));
  }

  private WeightSource weights() {
    return switch (random.nextInt(4)) {
      case 0 -> WeightSource.fresh();
      case 1 -> new WeightSource.Checkpoint(trial());
      case 2 -> new WeightSource.Parent(trial(), several(this::text));
      default -> new WeightSource.Partial(trial());
    };
  }

  private Outcome outcome() {
    return switch (random.nextInt(4)) {
      case 0 -> new Outcome.Completed(metrics());
      case 1 -> new Outcome.Pruned(metrics());
      case 2 -> new Outcome.Failed(text());
      default -> new Outcome.Stopped();
    };
  }

  private Measurement measurement() {
    return new Measurement(random.nextLong(1L << random.nextInt(1, 62)), metrics(), 1e-9);
  }

  private Metrics metrics() {
    Metrics metrics = Metrics.none();
    for (int i = random.nextInt(4); i > 0; i--) {
      metrics = metrics.with(text(), real());
    }
    for (int i = random.nextInt(3); i > 0; i--) {
      metrics = metrics.withVector(text(), random.doubles(random.nextInt(9)).toArray());
    }
    return metrics;
  }

  private Budget budget() {
    return new Budget(
        orNull(() -> random.nextLong(1, Long.MAX_VALUE)),
        orNull(() -> Duration.ofSeconds(random.nextInt(1, 1 << 30), random.nextInt(1_000_000_000))),
        orNull(() -> Duration.ofNanos(1)),
        orNull(() -> Double.MIN_VALUE),
        orNull(() -> random.nextDouble() + 1),
        orNull(() -> -0.0),
        orNull(() -> 1L));
  }

  private <T> @Nullable T orNull(Supplier<T> value) {
    return random.nextBoolean() ? value.get() : null;
  }

  private <T> List<T> several(Supplier<T> element) {
    return IntStream.range(0, random.nextInt(4)).mapToObj(i -> element.get()).toList();
  }

  private Instant instant() {
    return Instant.ofEpochSecond(
        random.nextLong(-1L << 34, 1L << 34), random.nextInt(1_000_000_000));
  }

  private TrialId trial() {
    return TrialId.of(1 + random.nextLong(1L << random.nextInt(1, 40)));
  }

  private Attempt attempt() {
    return new Attempt(trial(), 1 + random.nextInt(5));
  }

  private double real() {
    return random.nextBoolean() ? CORNERS[random.nextInt(CORNERS.length)] : random.nextDouble();
  }

  private String text() {
    return TEXTS[random.nextInt(TEXTS.length)];
  }

  private <T> T pick(T[] values) {
    return values[random.nextInt(values.length)];
  }
}
