package dev.troupe.actor;

import dev.troupe.space.Configuration;
import dev.troupe.study.Budget;
import dev.troupe.study.Direction;
import dev.troupe.study.Instruction;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.StudyState;
import java.util.ArrayDeque;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What was asked of a study, as it holds now: budget and parallelism in force, whether it is
 * paused, which candidates wait. All of it follows from the study's own settings and from what is
 * on record, in the order of the record; so it is the same while the study runs and when it is
 * taken up again.
 */
final class Instructions {

  private final String study;
  private final Direction direction;
  private final int settings;
  private final ArrayDeque<Configuration> queue = new ArrayDeque<>();
  private Budget budget;

  /** What the settings said when the study ran last, and what was asked for instead. */
  private int earlierSettings;

  private @Nullable Integer asked;
  private boolean paused;

  /** The numbers of the requests that are on record. */
  private final Set<Long> requests = new HashSet<>();

  /**
   * Returns what holds for a study of which nothing was asked.
   *
   * @param direction of the first objective
   * @param budget the study's own
   * @param parallelism the study's own
   */
  Instructions(String study, Direction direction, Budget budget, int parallelism) {
    this.study = study;
    this.direction = direction;
    this.budget = budget;
    settings = parallelism;
    earlierSettings = parallelism;
  }

  static Instructions of(StudySetup setup) {
    return new Instructions(
        setup.name(), setup.mainObjective().direction(), setup.budget(), setup.parallelism());
  }

  // What is on record

  /** A run of the study began with so many places. */
  void begun(int places) {
    if (asked == null || places != asked) {
      earlierSettings = places;
      asked = null; // the settings were changed since, and win
    }
  }

  /** The record is read to its end; what is asked from now on is asked of this run. */
  void settle() {
    if (settings != earlierSettings) {
      earlierSettings = settings;
      asked = null;
    }
  }

  /** Takes an instruction that is on record. */
  void take(StudyEvent.StudyInstructed event) {
    Instruction instruction = event.instruction();
    if (event.request() != null) {
      requests.add(event.request());
    }
    if (instruction instanceof Instruction.Pause) {
      paused = true;
    } else if (instruction instanceof Instruction.Resume) {
      paused = false;
    } else if (instruction instanceof Instruction.Extend extend) {
      budget = budget.extendedBy(extend.limits(), direction);
    } else if (instruction instanceof Instruction.Parallelism parallelism) {
      asked = parallelism.trials();
    } else if (instruction instanceof Instruction.Enqueue enqueue) {
      queue.add(enqueue.candidate());
    }
  }

  /** The study ended; one that has spent its budget is not paused any more. */
  void ended(StudyState state) {
    paused &= state != StudyState.DONE;
  }

  /** Returns the candidate that is next in the queue, or null if there is none. */
  @Nullable Configuration peek() {
    return queue.peek();
  }

  /** Removes the first of the candidates that wait; null if there is none. */
  @Nullable Configuration poll() {
    return queue.poll();
  }

  // What is asked

  /**
   * Returns whether an instruction would change anything, or, for a stop, may.
   *
   * @throws IllegalArgumentException if it is an extension that allows no more
   */
  boolean isNews(Instruction instruction, @Nullable Long request) {
    if (request != null && requests.contains(request)) {
      return false; // it is on record, only the answer was lost
    }
    if (instruction instanceof Instruction.Pause) {
      return !paused;
    }
    if (instruction instanceof Instruction.Resume) {
      return paused;
    }
    if (instruction instanceof Instruction.Extend extend) {
      requireMore(extend.limits());
    }
    return true;
  }

  private void requireMore(Budget limits) {
    if (!budget.extendedBy(limits, direction).allowsMoreThan(budget, direction)) {
      throw new IllegalArgumentException(
          "Study '%s': an extension must allow more than %s, but was %s. Limits are those of the whole study."
              .formatted(
                  study,
                  budget.equals(Budget.unlimited()) ? "no limits" : budget.describe(),
                  limits.describe()));
    }
  }

  // Readings

  /** Returns the budget in force. */
  Budget budget() {
    return budget;
  }

  /** Returns how many trials are kept in flight. */
  int parallelism() {
    return asked == null ? earlierSettings : asked;
  }

  boolean isPaused() {
    return paused;
  }

  /** Returns how many candidates wait for a place. */
  int waiting() {
    return queue.size();
  }
}
