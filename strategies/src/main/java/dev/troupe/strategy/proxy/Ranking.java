package dev.troupe.strategy.proxy;

import dev.troupe.codec.EventInput;
import dev.troupe.codec.EventOutput;
import dev.troupe.codec.SuggestionCodec;
import dev.troupe.space.Configuration;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The candidates by what they came to at the proxy, the best first, and which of them have been
 * taken for a check. Each counts once, as it was evaluated first. Not thread safe.
 */
final class Ranking {

  /**
   * A candidate.
   *
   * @param loss at the proxy, finite
   * @param trial in which it was evaluated
   * @param suggestion what was suggested there, without an explanation
   */
  record Ranked(double loss, TrialId trial, Suggestion.Evaluate suggestion)
      implements Comparable<Ranked> {

    @Override
    public int compareTo(Ranked other) {
      int byLoss = Double.compare(loss, other.loss);
      return byLoss != 0 ? byLoss : trial.compareTo(other.trial);
    }

    Configuration candidate() {
      return suggestion.candidate();
    }

    private void write(EventOutput out) {
      out.writeDouble(loss);
      out.writeLong(trial.number());
      SuggestionCodec.write(out, suggestion);
    }

    private static Ranked read(EventInput in) {
      double loss = in.readDouble();
      TrialId trial = TrialId.of(in.readLong());
      return new Ranked(loss, trial, (Suggestion.Evaluate) SuggestionCodec.read(in));
    }
  }

  private final TreeSet<Ranked> ranked = new TreeSet<>();
  private final Set<Configuration> known = new HashSet<>();
  private final Set<Configuration> taken = new HashSet<>();

  void add(Ranked candidate) {
    if (known.add(candidate.candidate())) {
      ranked.add(candidate);
    }
  }

  /** Marks a candidate as evaluated at full fidelity, or about to be. */
  void take(Configuration candidate) {
    taken.add(candidate);
  }

  /** Returns the best candidate that has not been taken, or null. */
  @Nullable Ranked best() {
    return ranked.stream().filter(this::isFree).findFirst().orElse(null);
  }

  private boolean isFree(Ranked candidate) {
    return !taken.contains(candidate.candidate());
  }

  /**
   * Returns a candidate that has not been taken, as near as possible to a place in the ranking, the
   * better one of two that are as near; null if all are taken.
   *
   * @param place from 0, the best, to 1, the worst
   */
  @Nullable Ranked near(double place) {
    var all = List.copyOf(ranked);
    int wanted = (int) Math.rint(place * (all.size() - 1));
    for (int distance = 0; distance < all.size(); distance++) {
      for (int index : new int[] {wanted - distance, wanted + distance}) {
        if (index >= 0 && index < all.size() && isFree(all.get(index))) {
          return all.get(index);
        }
      }
    }
    return null;
  }

  void write(EventOutput out) {
    out.writeAll(ranked, (to, each) -> each.write(to));
    out.writeAll(sorted(taken), SuggestionCodec::writeConfiguration);
  }

  /** The order of a hash set must not show. */
  private static Collection<Configuration> sorted(Set<Configuration> configurations) {
    var sorted = new ArrayList<Configuration>(configurations);
    sorted.sort((a, b) -> a.toString().compareTo(b.toString()));
    return sorted;
  }

  static Ranking read(EventInput in) {
    var ranking = new Ranking();
    in.readAll(Ranked::read).forEach(ranking::add);
    in.readAll(SuggestionCodec::readConfiguration).forEach(ranking::take);
    return ranking;
  }
}
