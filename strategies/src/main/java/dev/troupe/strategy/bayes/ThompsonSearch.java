package dev.troupe.strategy.bayes;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Draws a loss function from the process at some points and prefers where it is least (Thompson
 * 1933, doi:10.1093/biomet/25.3-4.285). The function is drawn at points all over and then, closer
 * and closer, around the least of them. Suggestions differ by themselves, however many are pending.
 * Not thread safe.
 */
final class ThompsonSearch {

  private static final int SAMPLES = 96;
  private static final int CHANGES = 32;

  /** How far around the least point so far the function is drawn on, stage by stage. */
  private static final double[] DEVIATIONS = {0.03, 0.01, 0.003, 0.001};

  private static final int REFINEMENTS = 24;

  private final CandidateSpace space;
  private final Region region;
  private final GaussianProcess process;
  private final RandomGenerator random;

  ThompsonSearch(
      CandidateSpace space, Region region, GaussianProcess process, RandomGenerator random) {
    this.space = space;
    this.region = region;
    this.process = process;
    this.random = random;
  }

  /** Returns candidates, best first, all allowed. The process is left as it was. */
  List<Scored> search(List<double[]> anchors) {
    var sampler = new CandidateSampler(space, region, random);
    List<Scored> drawn = new ArrayList<>();
    process.mark();
    for (double[] point : sampler.draw(anchors, SAMPLES, CHANGES)) {
      drawn.add(draw(point));
    }
    if (space.hasContinuum() && !drawn.isEmpty()) {
      refine(sampler, drawn);
    }
    process.rollBack();
    drawn.sort(Scored.BEST_FIRST);
    return drawn;
  }

  private void refine(CandidateSampler sampler, List<Scored> drawn) {
    for (double deviation : DEVIATIONS) {
      double[] least = Collections.min(drawn, Scored.BEST_FIRST).point();
      for (int i = 0; i < REFINEMENTS; i++) {
        double[] point = sampler.change(least, deviation);
        if (space.isAllowed(point)) {
          drawn.add(draw(point));
        }
      }
    }
  }

  private Scored draw(double[] point) {
    return new Scored(point, -process.draw(point, space.active(point), random.nextGaussian()));
  }
}
