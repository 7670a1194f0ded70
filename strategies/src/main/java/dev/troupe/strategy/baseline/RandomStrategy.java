package dev.troupe.strategy.baseline;

import dev.troupe.random.RandomStreams;
import dev.troupe.random.RandomStreams.Kind;
import dev.troupe.space.Configuration;
import dev.troupe.space.SearchSpace;
import dev.troupe.strategy.SavedState;
import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.internal.Novelty;
import dev.troupe.study.ActiveTrial;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Explanation;
import dev.troupe.study.Suggestion;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Random search (Bergstra, Bengio 2012, JMLR 13:281-305): independent draws from the space, each
 * parameter evenly on its own scale, without regard to outcomes. Sixty draws hit the best twentieth
 * of the space with probability 0.95; it is the baseline that any other strategy has to beat.
 *
 * <p>Parameter p of suggestion k comes from the stream (strategy, k, p), so that the k-th
 * suggestion changes neither with outcomes nor, without constraints, with what else is in the
 * space. A configuration that was suggested before is drawn again, up to 100 times in a space of at
 * most a million configurations: after that the rest of the space is listed and drawn from evenly,
 * and once all were suggested, nothing is suggested any more. In a larger space it is drawn again
 * up to 10,000 times: a finite one then counts as used up, and an uncountable one (of which a
 * finite part must be very probable) yields the repetition.
 *
 * <p>Keeps about 16 bytes a suggestion. Not thread safe.
 */
public final class RandomStrategy implements Strategy {

  static final String NAME = "random";

  private static final int VERSION = 1;
  private static final Explanation DRAWN = Explanation.of("It was drawn at random.");
  private static final Explanation REST =
      Explanation.of("It was drawn at random from what was left of the space.");
  private static final int MOST_DRAWS_LISTABLE = 100;
  private static final int MOST_DRAWS = 10_000;

  private final SearchSpace space;
  private final RandomStreams streams;
  private final boolean duplicates;
  private final int mostDraws;
  private Novelty novelty;
  private long suggested;

  private RandomStrategy(SearchSpace space, RandomStreams streams, boolean duplicates) {
    this.space = space;
    this.streams = streams;
    this.duplicates = duplicates;
    this.novelty = Novelty.of(space);
    this.mostDraws = novelty.isListable() ? MOST_DRAWS_LISTABLE : MOST_DRAWS;
  }

  /** Returns a strategy that suggests no configuration twice. */
  public static RandomStrategy of(SearchSpace space, RandomStreams streams) {
    return new RandomStrategy(space, streams, false);
  }

  /**
   * Returns a strategy whose draws are fully independent, so that a configuration may come again: a
   * way to see how noisy the evaluations are.
   */
  public static RandomStrategy withDuplicates(SearchSpace space, RandomStreams streams) {
    return new RandomStrategy(space, streams, true);
  }

  @Override
  public List<Suggestion> suggest(int count) {
    var suggestions = new ArrayList<Suggestion>(count);
    while (suggestions.size() < count) {
      Configuration next = duplicates ? draw(suggested + 1, 0) : next(suggested + 1);
      if (next == null) {
        break;
      }
      suggested++;
      suggestions.add(Suggestion.evaluate(next).explained(novelty.isListed() ? REST : DRAWN));
    }
    return suggestions;
  }

  private @Nullable Configuration next(long id) {
    if (novelty.isListed()) {
      return takeRest(id);
    }
    Configuration drawn = draw(id, 0);
    for (int attempt = 1; !novelty.add(drawn); attempt++) {
      if (attempt == mostDraws) {
        return giveUp(id, drawn);
      }
      drawn = draw(id, attempt);
    }
    return drawn;
  }

  private @Nullable Configuration giveUp(long id, Configuration repetition) {
    if (novelty.isListable()) {
      novelty.list();
      return takeRest(id);
    }
    return space.size().isPresent() ? null : repetition;
  }

  private @Nullable Configuration takeRest(long id) {
    return novelty.take(streams.stream(Kind.STRATEGY, id, "~rest").nextDouble());
  }

  private Configuration draw(long id, int attempt) {
    // No parameter's name holds a tilde: a repeated draw has streams of its own.
    String suffix = attempt == 0 ? "" : "~" + attempt;
    return space.sample(name -> streams.stream(Kind.STRATEGY, id, name + suffix));
  }

  /** Does nothing: random search does not learn. */
  @Override
  public void update(List<EndedTrial> newlyEnded, List<ActiveTrial> active) {}

  @Override
  public byte[] save() {
    return SavedState.write(
        NAME,
        VERSION,
        out -> {
          out.writeLong(suggested);
          novelty.write(out);
        });
  }

  private record State(long suggested, Novelty novelty) {}

  @Override
  public void load(byte[] state) {
    State loaded =
        SavedState.read(
            state,
            NAME,
            VERSION,
            (in, version) -> new State(in.readLong(), Novelty.read(space, in)));
    suggested = loaded.suggested();
    novelty = loaded.novelty();
  }
}
