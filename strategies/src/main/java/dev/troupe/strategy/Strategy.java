package dev.troupe.strategy;

import dev.troupe.study.ActiveTrial;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Fidelity;
import dev.troupe.study.PausedTrial;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import java.util.List;
import java.util.Optional;
import java.util.Set;

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
   * Proposes up to {@code count} suggestions, not more than {@code fresh} of which are new trials:
   * the budget has no more. The others resume trials that have paused, each with the weights of its
   * own checkpoint and a fidelity above the one that it has reached. What is said of an empty list
   * holds here, too. Unless overridden all suggestions are new trials.
   *
   * @param count how many places are free, at least 1
   * @param fresh from 0 to {@code count}
   */
  default List<Suggestion> suggest(int count, int fresh) {
    return fresh < 1 ? List.of() : suggest(fresh);
  }

  /**
   * Returns the fidelity at which its trials complete. One that was suggested with another, limited
   * fidelity pauses when it has reached that, and waits to be resumed. Asked once, before anything
   * else; nothing unless overridden: all trials complete, whatever their fidelity.
   */
  default Optional<Fidelity> completion() {
    return Optional.empty();
  }

  /**
   * Learns which trials have paused since the last call; called before each {@link #update}. They
   * are no longer active, and may be resumed from now on. Does nothing unless overridden.
   *
   * @param newlyPaused trials that have reached the fidelity of their last suggestion, each once
   *     for every time that it has paused
   */
  default void paused(List<PausedTrial> newlyPaused) {}

  /**
   * Learns.
   *
   * <p>What it is told of a suggestion is what it suggested, but the explanation may have become
   * another one on the way: compare {@link Suggestion#unexplained()}.
   *
   * @param newlyEnded trials that ended since the last call, each exactly once over the life of the
   *     strategy, failed ones included: a failure is a state and has no value
   * @param active all trials that have been suggested and neither ended nor paused, in the order of
   *     their numbers
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

  /**
   * Returns the trials that later suggestions may name as parents, of those that it has been told
   * of: what others have left for heirs may be forgotten for want of room. Asked after each call of
   * {@link #suggest}. Nothing unless overridden, which means: any.
   */
  default Optional<Set<TrialId>> heritable() {
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
