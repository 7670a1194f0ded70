package dev.troupe.strategy.bayes.tpe;

import dev.troupe.space.Configuration;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.Explanation;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Finds the configuration that a model likes best among draws from its good mixture. Where all of
 * them are known it draws again, with ever more coordinates at random. Not thread safe.
 */
final class CandidateSearch {

  /**
   * What is suggested.
   *
   * @param explanation why
   */
  record Found(Configuration candidate, Explanation explanation) {}

  private static final Explanation MUTATED =
      Explanation.of(
          "It is a mutation of the best candidate, since all that were drawn were known.");
  private static final int ROUNDS = 10;
  private static final int DRAWS_PER_CANDIDATE = 4;
  private static final int MOST_MUTATIONS = 100;

  private final SearchSpace space;
  private final Layout layout;
  private final Candidates candidates;
  private final int wanted;

  /** Whether every point stands for an allowed configuration that has all groups. */
  private final boolean isPlain;

  private final double[] point;
  private final double[] scores;
  private final boolean[] all;

  CandidateSearch(SearchSpace space, Layout layout, int wanted) {
    this.space = space;
    this.layout = layout;
    this.wanted = wanted;
    candidates = new Candidates(layout, wanted);
    isPlain = !layout.isConditional() && space.constraints().isEmpty();
    point = new double[layout.dimensions()];
    scores = new double[wanted];
    all = new boolean[layout.groups()];
    Arrays.fill(all, true);
  }

  /**
   * Returns the best new configuration found.
   *
   * @param isNew whether a configuration may be suggested; asked until it says so
   * @return null if there was none
   */
  @Nullable Found find(TpeModel model, RandomGenerator random, Predicate<Configuration> isNew) {
    Configuration best = null;
    for (int round = 0; round < ROUNDS; round++) {
      draw(model, round, random);
      model.score(candidates, scores);
      for (int i = 0; i < candidates.size(); i++) {
        int index = takeBest();
        Configuration next = space.decode(point);
        if (isNew.test(next)) {
          return new Found(next, model.explanation(index, candidates.size()));
        }
        best = best == null ? next : best;
      }
    }
    return best == null ? null : mutate(best, random, isNew);
  }

  private void draw(TpeModel model, int round, RandomGenerator random) {
    candidates.clear();
    for (int i = 0; i < DRAWS_PER_CANDIDATE * wanted && candidates.size() < wanted; i++) {
      model.draw(point, random);
      if (round > 0) {
        scatter(round, random);
      }
      add();
    }
  }

  /** Replaces as many coordinates on average as rounds went by. */
  private void scatter(int round, RandomGenerator random) {
    for (int i = 0; i < point.length; i++) {
      if (random.nextDouble() * point.length < round) {
        point[i] = random.nextDouble();
      }
    }
  }

  private void add() {
    if (isPlain) {
      candidates.add(point, all);
      return;
    }
    Configuration configuration = space.decode(point);
    if (space.satisfies(configuration)) {
      candidates.add(point, layout.present(configuration));
    }
  }

  /** Copies the best candidate that has not been taken, and returns its index. */
  private int takeBest() {
    int best = 0;
    for (int i = 1; i < candidates.size(); i++) {
      if (scores[i] > scores[best]) {
        best = i;
      }
    }
    scores[best] = Double.NEGATIVE_INFINITY;
    candidates.copy(best, point);
    return best;
  }

  private @Nullable Found mutate(
      Configuration best, RandomGenerator random, Predicate<Configuration> isNew) {
    for (int i = 0; i < MOST_MUTATIONS; i++) {
      Configuration mutant = space.mutate(best, random);
      if (isNew.test(mutant)) {
        return new Found(mutant, MUTATED);
      }
    }
    return null;
  }
}
