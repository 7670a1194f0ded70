package dev.troupe.strategy.baseline;

import dev.troupe.random.RandomStreams;
import dev.troupe.space.SearchSpace;
import dev.troupe.strategy.SavedState;
import dev.troupe.strategy.Strategy;
import dev.troupe.study.ActiveTrial;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Suggestion;
import java.util.List;

/**
 * Quasi-random search on a scrambled Sobol sequence (Sobol 1967, doi:10.1016/0041-5553(67)90144-9;
 * direction numbers of Joe and Kuo 2008, doi:10.1137/070709359; scrambling of Owen 1995,
 * doi:10.1007/978-1-4612-2552-2_19, by the study's seed). Each parameter has a coordinate of its
 * own, counted in the order of the space. The most even are the first 2^k points; of a space with
 * many parameters this covers every few of them better than {@link QuasiRandomStrategy}.
 *
 * <p>Points that break a constraint or repeat a configuration are skipped, at most 10,000 in a row.
 * Then the rest of a space of up to a million configurations is listed and taken in quasi-random
 * places, until nothing is left and nothing is suggested any more; in a larger space a random draw
 * takes the point's place.
 *
 * <p>Keeps about 16 bytes a suggestion. Not thread safe.
 */
public final class SobolStrategy implements Strategy {

  static final String NAME = "sobol";

  private static final int VERSION = 1;

  private final SequenceSearch search;

  private SobolStrategy(SearchSpace space, RandomStreams streams) {
    if (space.dimensions() > Sobol.MOST_DIMENSIONS) {
      throw new IllegalArgumentException(
          "Strategy 'sobol': a space may have up to %d parameters, but this one has %d. Maybe use quasi-random."
              .formatted(Sobol.MOST_DIMENSIONS, space.dimensions()));
    }
    PointSequence sequence = Sobol.scrambled(space.names(), streams);
    search = new SequenceSearch(space, streams, sequence, "a scrambled Sobol sequence", 0);
  }

  /**
   * Returns the strategy.
   *
   * @throws IllegalArgumentException if the space has more than 1,000 parameters
   */
  public static SobolStrategy of(SearchSpace space, RandomStreams streams) {
    return new SobolStrategy(space, streams);
  }

  @Override
  public List<Suggestion> suggest(int count) {
    return search.suggest(count);
  }

  /** Does nothing: quasi-random search does not learn. */
  @Override
  public void update(List<EndedTrial> newlyEnded, List<ActiveTrial> active) {}

  @Override
  public byte[] save() {
    return SavedState.write(NAME, VERSION, search::write);
  }

  @Override
  public void load(byte[] state) {
    search.restore(SavedState.read(state, NAME, VERSION, (in, version) -> search.read(in)));
  }
}
