package dev.troupe.estimator.isolation;

import static java.util.Objects.requireNonNull;

import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.Evaluation;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.FidelityRange;
import dev.troupe.study.Metrics;
import dev.troupe.study.Suggestion;
import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * An estimator whose trials are evaluated in child JVMs, where another process can make it; see the
 * package. The result of a trial is what it would be in this JVM, but for what is global to a JVM.
 * A child that dies fails its trial with how it ended and its last words; one that does not obey a
 * request to stop, or goes beyond the time limit, is killed, and its trial fails.
 *
 * <p>Each child loads its data and its libraries for itself: memory is needed once for each trial
 * that runs at a time, and a start takes from some tenths of a second on. An estimator whose trials
 * have state in common, as those of a supernet do, must not be isolated.
 *
 * <p>Thread safe.
 */
public final class IsolatedEstimator implements Estimator {

  private final ChildPool pool;
  private final IsolationOptions options;
  private final Abilities abilities;

  private IsolatedEstimator(ChildPool pool, IsolationOptions options, Abilities abilities) {
    this.pool = pool;
    this.options = options;
    this.abilities = abilities;
  }

  /**
   * Returns an estimator whose first child is ready: its data are loaded, and its settings checked.
   *
   * @throws IllegalArgumentException if the estimator refuses its settings, is one that cannot be
   *     isolated, or this JVM's classes do not come from a class path
   * @throws IllegalStateException if no child can be started, or the thread is interrupted
   */
  public static IsolatedEstimator create(EstimatorRecipe recipe, IsolationOptions options) {
    requireNonNull(recipe, "recipe");
    requireNonNull(options, "options");
    var pool = new ChildPool(recipe, options);
    try {
      Abilities abilities = firstAbilities(pool);
      requireIsolable(abilities);
      return new IsolatedEstimator(pool, options, abilities);
    } catch (RuntimeException | Error e) {
      pool.close();
      throw e;
    }
  }

  private static Abilities firstAbilities(ChildPool pool) {
    try {
      Child child = pool.take();
      try {
        return FirstWord.await(child);
      } finally {
        pool.giveBack(child);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(
          "The estimator's process was not waited for, since the thread was interrupted.", e);
    } catch (IOException | IsolatedTrialException e) {
      throw new IllegalStateException(
          "The estimator's process could not be made ready: %s Maybe isolation = thread."
              .formatted(e.getMessage()),
          e);
    }
  }

  private static void requireIsolable(Abilities abilities) {
    if (abilities.listed()) {
      throw new IllegalArgumentException(
          "estimator.isolation = process is for estimators that compute, but this one looks its answers up. Maybe isolation = thread.");
    }
    if (!abilities.serves(Suggestion.Evaluate.class)) {
      throw new IllegalArgumentException(
          "estimator.isolation = process is for trials that have nothing in common, but those of this estimator share weights. Maybe isolation = thread.");
    }
  }

  /** Returns false for all that addresses a supernet, which no two processes can share. */
  @Override
  public boolean serves(Class<? extends Suggestion> kind) {
    return kind == Suggestion.Evaluate.class && abilities.serves(kind);
  }

  @Override
  public List<FidelityRange> fidelities() {
    return abilities.fidelities();
  }

  @Override
  public OptionalLong fullStep() {
    return abilities.fullStep();
  }

  @Override
  public Metrics evaluate(Suggestion suggestion, Evaluation evaluation) throws Exception {
    if (!serves(suggestion.getClass())) {
      throw new IllegalArgumentException(
          "Trial %s: an isolated estimator evaluates single candidates, but was asked for %s. Maybe isolation = thread."
              .formatted(evaluation.attempt().trial(), suggestion.getClass().getSimpleName()));
    }
    return run(evaluation, suggestion, null);
  }

  @Override
  public Metrics test(EndedTrial best, Evaluation evaluation) throws Exception {
    return run(evaluation, null, best);
  }

  private Metrics run(
      Evaluation evaluation, @Nullable Suggestion suggestion, @Nullable EndedTrial best)
      throws Exception {
    var begin =
        new ToChild.Begin(
            evaluation.attempt(),
            evaluation.device(),
            evaluation.streams().seed(),
            evaluation.timeLimit(),
            evaluation.keepsCheckpoints(),
            suggestion,
            best);
    Child child = take(evaluation);
    var run = new IsolatedRun(child, begin, evaluation, options.grace());
    try {
      return run.converse();
    } finally {
      run.close();
      pool.giveBack(child);
    }
  }

  private Child take(Evaluation evaluation) throws IsolatedTrialException {
    try {
      return pool.take();
    } catch (IOException e) {
      throw new IsolatedTrialException(
          "Trial %s: its process could not be started (%s). Maybe isolation = thread."
              .formatted(evaluation.attempt().trial(), e.getMessage()),
          e);
    }
  }

  /** Kills what still runs; those evaluations fail. */
  @Override
  public void close() {
    pool.close();
  }
}
