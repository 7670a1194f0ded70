package dev.troupe.strategy.bayes;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Draws a loss function from the process at some points and prefers where it is least (Thompson
 * 1933, doi:10.1093/biomet/25.3-4.285). Its suggestions differ by themselves, however many are
 * pending. Not thread safe.
 */
final class ThompsonSearch {

  private static final int SAMPLES = 96;
  private static final int CHANGES = 32;

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
    process.mark();
    List<Scored> drawn = new ArrayList<>();
    for (double[] point :
        new CandidateSampler(space, region, random).draw(anchors, SAMPLES, CHANGES)) {
      double loss = process.draw(point, space.active(point), random.nextGaussian());
      drawn.add(new Scored(point, -loss));
    }
    process.rollBack();
    drawn.sort(Scored.BEST_FIRST);
    return drawn;
  }
}
