package dev.troupe.strategy;

import dev.troupe.space.Configuration;
import dev.troupe.study.ActiveTrial;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Fidelity;
import dev.troupe.study.Measurement;
import dev.troupe.study.Metrics;
import dev.troupe.study.Outcome;
import dev.troupe.study.PausedTrial;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.WeightSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/**
 * Plays the study to a strategy: numbers its suggestions, keeps several running, and ends them in a
 * random order as completed, failed, pruned or stopped. Where the strategy promotes trials, those
 * that would complete at less than its completion pause, and go on when they are resumed. What
 * happens to a trial is determined by the seed, the trial's number and how often it has paused
 * alone. Not thread safe.
 */
public final class RandomHistory {

  private final long seed;
  private final List<String> metrics;
  private final Random random;
  private final @Nullable Fidelity completion;
  private final List<ActiveTrial> active = new ArrayList<>();
  private final Map<TrialId, Configuration> paused = new HashMap<>();
  private final Map<TrialId, Integer> pauses = new HashMap<>();
  private long trials;

  /**
   * Begins a history without trials.
   *
   * @param metrics the metrics of the objectives
   */
  public RandomHistory(long seed, List<String> metrics) {
    this(seed, metrics, null);
  }

  /**
   * Begins a history without trials for a strategy that may promote some.
   *
   * @param metrics the metrics of the objectives
   * @param completion of the strategy; null if it promotes none
   */
  public RandomHistory(long seed, List<String> metrics, @Nullable Fidelity completion) {
    this.seed = seed;
    this.completion = completion;
    this.metrics = List.copyOf(metrics);
    this.random = new Random(seed);
  }

  /** Returns how many suggestions to ask for next, from 1 to 4. */
  public int nextCount() {
    return 1 + random.nextInt(4);
  }

  /** Returns the trials that are running, in the order of their numbers. */
  public List<ActiveTrial> active() {
    return List.copyOf(active);
  }

  /**
   * Starts a trial for each suggestion, or resumes the one that it names.
   *
   * @throws IllegalStateException if a trial is to be resumed that is not paused with this
   *     candidate
   */
  public void start(List<Suggestion> suggestions) {
    for (Suggestion suggestion : suggestions) {
      if (completion != null
          && suggestion instanceof Suggestion.Evaluate evaluate
          && evaluate.weights() instanceof WeightSource.Checkpoint own) {
        resume(own.trial(), evaluate);
        continue;
      }
      trials++;
      TrialId id = TrialId.of(trials);
      active.add(new ActiveTrial(id, suggestion, measurements(id)));
    }
    active.sort(Comparator.comparing(ActiveTrial::id));
  }

  private void resume(TrialId id, Suggestion.Evaluate suggestion) {
    if (!suggestion.candidate().equals(paused.remove(id))) {
      throw new IllegalStateException(
          "seed %d: trial %s is not paused with %s".formatted(seed, id, suggestion.candidate()));
    }
    active.add(new ActiveTrial(id, suggestion, measurements(id)));
  }

  /** Ends some of the running trials, at least one if {@code atLeastOne} and any is running. */
  public List<EndedTrial> end(boolean atLeastOne) {
    var ended = new ArrayList<EndedTrial>();
    end(atLeastOne, ended, new ArrayList<>());
    return ended;
  }

  /**
   * Ends some of the running trials as {@link #end} does, or pauses them, and tells a strategy.
   *
   * @return those that have ended
   */
  public List<EndedTrial> tell(Strategy strategy, boolean atLeastOne) {
    var ended = new ArrayList<EndedTrial>();
    var rested = new ArrayList<PausedTrial>();
    end(atLeastOne, ended, rested);
    if (!rested.isEmpty()) {
      strategy.paused(rested);
    }
    strategy.update(ended, active());
    return ended;
  }

  private void end(boolean atLeastOne, List<EndedTrial> ended, List<PausedTrial> rested) {
    for (int i = active.size() - 1; i >= 0; i--) {
      if (random.nextBoolean() || (atLeastOne && i == 0 && ended.isEmpty() && rested.isEmpty())) {
        EndedTrial end = end(active.remove(i));
        if (pauses(end)) {
          rested.add(
              new PausedTrial(end.id(), end.suggestion(), end.measurements(), end.metrics()));
          paused.put(end.id(), end.candidate());
          pauses.merge(end.id(), 1, Integer::sum);
        } else {
          ended.add(end);
        }
      }
    }
  }

  private boolean pauses(EndedTrial end) {
    return completion != null
        && end.outcome() instanceof Outcome.Completed
        && end.suggestion() instanceof Suggestion.Evaluate evaluate
        && !evaluate.fidelity().isFull()
        && !evaluate.fidelity().equals(completion);
  }

  private EndedTrial end(ActiveTrial trial) {
    int before = pauses.getOrDefault(trial.id(), 0);
    var fate = new Random(seed * 31 + trial.id().number() + 7919L * before);
    Metrics result = metrics(fate, trial.suggestion());
    Outcome outcome =
        switch (fate.nextInt(6)) {
          case 0 -> new Outcome.Failed("diverged");
          case 1 -> new Outcome.Pruned(fate.nextBoolean() ? result : notANumber());
          case 2 -> new Outcome.Stopped();
          default -> new Outcome.Completed(result);
        };
    return new EndedTrial(
        trial.id(), trial.suggestion(), trial.measurements(), outcome, fate.nextInt(100));
  }

  private List<Measurement> measurements(TrialId id) {
    var fate = new Random(seed * 37 + id.number());
    var measured = new ArrayList<Measurement>();
    int count = fate.nextInt(3);
    for (int step = 1; step <= count; step++) {
      Metrics values = fate.nextInt(4) == 0 ? notANumber() : Metrics.of(metrics.get(0), 0.1 * step);
      measured.add(new Measurement(step, values, step));
    }
    return measured;
  }

  private Metrics notANumber() {
    return Metrics.of(metrics.get(0), Double.NaN, "gradient-norm", Double.POSITIVE_INFINITY);
  }

  private Metrics metrics(Random fate, Suggestion suggestion) {
    Metrics values = Metrics.of("unrelated", Double.NaN);
    for (String metric : metrics) {
      // Ties, huge and tiny values are what surrogates stumble over.
      double value =
          switch (fate.nextInt(6)) {
            case 0 -> 1.0;
            case 1 -> 1e12 * fate.nextGaussian();
            case 2 -> 1e-12 * fate.nextGaussian();
            default -> fate.nextGaussian();
          };
      values = values.with(metric, value);
      if (suggestion instanceof Suggestion.ScoreShared score) {
        values = values.withVector(metric, gaussians(fate, score.candidates().size()));
      }
    }
    if (suggestion instanceof Suggestion.ArchitectureGradient gradient) {
      values = values.withVector("gradient", gaussians(fate, gradient.parameters().size()));
    }
    return values;
  }

  private static double[] gaussians(Random fate, int count) {
    return fate.doubles(count).map(unit -> 2 * unit - 1).toArray();
  }

  /** Returns a text that tells suggestions apart, for comparing sequences. */
  public static String describe(List<Suggestion> suggestions) {
    var texts = new ArrayList<String>();
    for (Suggestion suggestion : suggestions) {
      if (suggestion instanceof Suggestion.Evaluate evaluate) {
        Fidelity fidelity = evaluate.fidelity();
        texts.add(
            evaluate.candidate()
                + (fidelity.isFull() ? "" : " at " + fidelity.axes())
                + (evaluate.weights() instanceof Enum ? "" : " from " + evaluate.weights())
                + (evaluate.explanation() == null ? "" : " since " + evaluate.explanation()));
      } else {
        texts.add(suggestion.toString());
      }
    }
    return texts.toString();
  }
}
