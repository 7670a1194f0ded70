package dev.troupe.strategy;

import dev.troupe.study.ActiveTrial;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Suggestion;
import java.util.List;
import java.util.Optional;

/**
 * Proposes candidates and learns what they were worth. Pure: what it suggests is determined by the
 * space, the objectives, its settings, the study's seed and the calls so far, never by time,
 * threads or hash order. Called by one thread at a time.
 *
 * <p>{@code StrategyContract} of the test-jar checks what is written here.
 */
public interface Strategy {

  /**
   * Proposes up to {@code count} suggestions.
   *
   * @param count how many places are free, at least 1
   * @return fewer where the strategy wants to see outcomes first, each valid in its space. An empty
   *     list while trials are active means: ask again after the next outcome; an empty list while
   *     none is active means: there is nothing left to suggest, and the study ends
   */
  List<Suggestion> suggest(int count);

  /**
   * Learns.
   *
   * <p>What it is told of a suggestion is what it suggested, but the explanation may have become
   * another one on the way: compare {@link Suggestion#unexplained()}.
   *
   * @param newlyEnded trials that ended since the last call, each exactly once over the life of the
   *     strategy, failed ones included: a failure is a state and has no value
   * @param active all trials that have been suggested and not ended, in the order of their numbers
   */
  void update(List<EndedTrial> newlyEnded, List<ActiveTrial> active);

  /**
   * Says what the study was given when it began, which may be other than what it is given now.
   * Called before anything else, and only when a study is taken up again whose calls are made once
   * more: a strategy that suggests other things under another {@link StrategyRequest#plan()} has to
   * go by this one. Does nothing unless overridden.
   */
  default void begin(StudyPlan plan) {}

  /**
   * Returns what a user should know of how it searches, in a sentence, for the log; asked once,
   * after its first suggestions. Nothing unless overridden.
   */
  default Optional<String> remark() {
    return Optional.empty();
  }

  /** Returns the state: whatever {@link #load} needs, in a form that later versions can read. */
  byte[] save();

  /**
   * Takes a saved state over, on a strategy just made with the same arguments: from then on it
   * suggests what the saved one would have.
   *
   * @throws IllegalArgumentException if the bytes are not a state of this strategy
   */
  void load(byte[] state);
}
