package dev.troupe.actor;

import dev.troupe.study.Budget;
import dev.troupe.study.Instruction;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.StudyState;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides what becomes of requests to a study that nobody runs: what can be judged by its record is
 * recorded, and holds when it is run again.
 */
public final class Custodian {

  /**
   * What becomes of a request. It waits for the next run if there is neither a fact nor an answer.
   *
   * @param fact is to be recorded before the answer is given; null if there is nothing to record
   * @param answer to be given; null if the request waits
   */
  public record Decision(StudyEvent.@Nullable StudyInstructed fact, @Nullable String answer) {}

  private static final Decision DONE = new Decision(null, Mailbox.DONE);

  private final String study;
  private final Instructions instructions;
  private final boolean virtual;
  private Instant last;
  private StudyEvent.@Nullable StudyEnded end;

  private Custodian(StudyEvent.StudyStarted start, Budget budget) {
    study = start.study();
    instructions =
        new Instructions(study, start.objectives().get(0).direction(), budget, start.parallelism());
    virtual = "virtual".equals(start.definition().get("clock"));
    last = start.at();
  }

  /**
   * Reads a record.
   *
   * @param facts what is on record, or what a snapshot has kept of it
   * @throws IllegalStateException if it does not begin with the study's beginning
   */
  public static Custodian of(String study, List<StudyEvent> facts) {
    if (facts.isEmpty() || !(facts.get(0) instanceof StudyEvent.StudyStarted start)) {
      throw new IllegalStateException(
          "Study '%s': the beginning of its record cannot be read.".formatted(study));
    }
    var custodian = new Custodian(start, lastBudget(start, facts));
    facts.forEach(custodian::take);
    return custodian;
  }

  /** Returns the budget with which the study ran last; extensions come on top of it. */
  private static Budget lastBudget(StudyEvent.StudyStarted start, List<StudyEvent> facts) {
    Budget budget = start.budget();
    for (StudyEvent fact : facts) {
      if (fact instanceof StudyEvent.StudyResumed resumed) {
        budget = resumed.budget();
      }
    }
    return budget;
  }

  private void take(StudyEvent fact) {
    if (fact instanceof StudyEvent.StudyResumed resumed) {
      end = null;
      last = resumed.at();
    } else if (fact instanceof StudyEvent.TrialEnded ended) {
      last = ended.at();
    } else if (fact instanceof StudyEvent.StudyEnded ended) {
      end = ended;
      last = ended.at();
      instructions.ended(ended.state());
    } else if (fact instanceof StudyEvent.StudyInstructed instructed) {
      last = instructed.at();
      instructions.take(instructed);
      if (instructed.instruction() instanceof Instruction.Extend) {
        end = null; // it goes on when it is run again
      }
    }
  }

  /**
   * Decides about a request; the next decision takes it that the fact was recorded.
   *
   * @param now the time of day
   */
  public Decision decide(Mailbox.Request request, Instant now) {
    Instruction instruction = request.instruction();
    try {
      if (!instructions.isNews(instruction, request.number())) {
        return DONE;
      }
    } catch (IllegalArgumentException e) {
      return new Decision(null, e.getMessage());
    }
    if (instruction instanceof Instruction.Stop) {
      return refuse("nobody runs it, so that there is nothing to stop");
    }
    if (end != null
        && end.state() == StudyState.DONE
        && !(instruction instanceof Instruction.Extend)) {
      return refuse(
          "it has ended, since %s. Maybe extend it: ./troupe extend %s --trials N"
              .formatted(end.reason(), study));
    }
    if (instruction instanceof Instruction.Enqueue) {
      return new Decision(null, null); // whoever runs it knows the space
    }
    var fact =
        new StudyEvent.StudyInstructed(
            study, virtual ? last : now, instruction, request.by(), request.number());
    take(fact);
    return new Decision(fact, Mailbox.DONE);
  }

  private Decision refuse(String why) {
    return new Decision(null, "Study '%s': %s.".formatted(study, why));
  }
}
