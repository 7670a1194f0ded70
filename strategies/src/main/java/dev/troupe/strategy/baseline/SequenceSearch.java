package dev.troupe.strategy.baseline;

import dev.troupe.random.RandomStreams;
import dev.troupe.random.RandomStreams.Kind;
import dev.troupe.space.Configuration;
import dev.troupe.space.SearchSpace;
import dev.troupe.strategy.internal.Novelty;
import dev.troupe.study.Explanation;
import dev.troupe.study.Suggestion;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The configurations at the points of a sequence, none twice. What {@link QuasiRandomStrategy} and
 * {@link SobolStrategy} share; the rules are in their comments. Not thread safe.
 */
final class SequenceSearch {

  private static final int MOST_SKIPPED = 10_000;

  private final SearchSpace space;
  private final RandomStreams streams;
  private final PointSequence sequence;
  private final String name;
  private final long first;
  private Novelty novelty;

  /** Index of the next point. */
  private long index;

  /**
   * Returns a search.
   *
   * @param sequence with a coordinate for each parameter, in the order of the space
   * @param name what the sequence is called, with an article
   * @param first index of the first point
   */
  SequenceSearch(
      SearchSpace space, RandomStreams streams, PointSequence sequence, String name, long first) {
    this.space = space;
    this.name = name;
    this.first = first;
    this.streams = streams;
    this.sequence = sequence;
    this.novelty = Novelty.of(space);
    this.index = first;
  }

  List<Suggestion> suggest(int count) {
    var suggestions = new ArrayList<Suggestion>(count);
    while (suggestions.size() < count) {
      Suggestion next = next();
      if (next == null) {
        break;
      }
      suggestions.add(next);
    }
    return suggestions;
  }

  private @Nullable Suggestion next() {
    if (novelty.isListed()) {
      return takeRest();
    }
    for (int skipped = 0; skipped < MOST_SKIPPED; skipped++) {
      Configuration candidate = space.decode(sequence.point(index));
      index++;
      if (space.satisfies(candidate) && novelty.add(candidate)) {
        return explained(candidate, "It is point %s of %s.");
      }
    }
    if (novelty.isListable()) {
      novelty.list();
      return takeRest();
    }
    return draw();
  }

  private Suggestion explained(Configuration candidate, String reason) {
    return Suggestion.evaluate(candidate)
        .explained(Explanation.of(reason.formatted(index - first, name)));
  }

  private @Nullable Suggestion takeRest() {
    double unit = sequence.point(index)[0];
    index++;
    Configuration taken = novelty.take(unit);
    return taken == null
        ? null
        : explained(taken, "Point %s of %s chose it from what was left of the space.");
  }

  private Suggestion draw() {
    // The index has moved on by MOST_SKIPPED, so that no stream is used twice.
    Configuration drawn = space.sample(name -> streams.stream(Kind.STRATEGY, index, name));
    novelty.add(drawn);
    return explained(
        drawn, "It was drawn at random, since the points up to %s of %s told no more.");
  }

  void write(DataOutputStream out) throws IOException {
    out.writeLong(index);
    novelty.write(out);
  }

  /** What a saved state holds. */
  record State(long index, Novelty novelty) {}

  State read(DataInputStream in) throws IOException {
    return new State(in.readLong(), Novelty.read(space, in));
  }

  void restore(State state) {
    index = state.index();
    novelty = state.novelty();
  }
}
