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
 * Quasi-random search: the points of a Halton sequence in the unit cube of the space, which cover
 * it more evenly than independent draws do (Halton 1960, doi:10.1007/BF01386213). Each parameter
 * has a coordinate of its own, counted in the order of the space.
 *
 * <p>Scrambled, the digits are permuted at random by the study's seed (Owen 2017,
 * doi:10.48550/arXiv.1706.02808), and the first point is that of index 0; plain, every seed gives
 * the same points from index 1, and beyond some six parameters pairs of coordinates are strongly
 * correlated.
 *
 * <p>Points that break a constraint or repeat a configuration are skipped, at most 10,000 in a row.
 * Then the rest of a space of up to a million configurations is listed and taken in quasi-random
 * places, until nothing is left and nothing is suggested any more; in a larger space a random draw
 * takes the point's place.
 *
 * <p>{@link SobolStrategy} covers spaces of many parameters more evenly. Keeps about 16 bytes a
 * suggestion. Not thread safe.
 */
public final class QuasiRandomStrategy implements Strategy {

  static final String NAME = "quasi-random";

  private static final int VERSION = 1;

  private final boolean scramble;
  private final SequenceSearch search;

  private QuasiRandomStrategy(SearchSpace space, RandomStreams streams, boolean scramble) {
    this.scramble = scramble;
    this.search =
        new SequenceSearch(
            space,
            streams,
            scramble
                ? Halton.scrambled(space.names(), streams)
                : Halton.plain(space.parameters().size()),
            scramble ? "a scrambled Halton sequence" : "the Halton sequence",
            scramble ? 0 : 1);
  }

  /** Returns a strategy on a scrambled sequence. */
  public static QuasiRandomStrategy of(SearchSpace space, RandomStreams streams) {
    return new QuasiRandomStrategy(space, streams, true);
  }

  /** Returns a strategy on the plain sequence, which is the same for every seed. */
  public static QuasiRandomStrategy plain(SearchSpace space, RandomStreams streams) {
    return new QuasiRandomStrategy(space, streams, false);
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
    return SavedState.write(
        NAME,
        VERSION,
        out -> {
          out.writeBoolean(scramble);
          search.write(out);
        });
  }

  @Override
  public void load(byte[] state) {
    search.restore(
        SavedState.read(
            state,
            NAME,
            VERSION,
            (in, version) -> {
              requireSame(in.readBoolean());
              return search.read(in);
            }));
  }

  private void requireSame(boolean savedScramble) {
    if (savedScramble != scramble) {
      throw new IllegalArgumentException(
          "Strategy 'quasi-random': a saved state must have the same scramble (%s), but had %s."
                  .formatted(scramble, savedScramble)
              + " Maybe set scramble = %s.".formatted(savedScramble));
    }
  }
}
