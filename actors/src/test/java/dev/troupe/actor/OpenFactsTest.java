package dev.troupe.actor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.space.Configuration;
import dev.troupe.study.Attempt;
import dev.troupe.study.Budget;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Instruction;
import dev.troupe.study.Measurement;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.Outcome;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.TrialId;
import dev.troupe.study.Verdict;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OpenFactsTest {

  private static final String STUDY = "test";
  private static final int TRIALS = 40;

  /** A trial that the record leaves open. */
  private static final class Running {
    final TrialId id;
    int attempt = 1;
    int step;

    Running(long number) {
      id = TrialId.of(number);
    }

    Attempt attempt() {
      return new Attempt(id, attempt);
    }
  }

  /** Returns a record in order: trials are suggested, measured, fail, end, and are told. */
  private static List<StudyEvent> record(long seed) {
    var random = new SplittableRandom(seed);
    var facts = new ArrayList<StudyEvent>();
    var running = new ArrayList<Running>();
    var untold = new ArrayList<TrialId>();
    int candidates = 0;
    Instant now = Instant.EPOCH;
    facts.add(
        new StudyEvent.StudyStarted(
            STUDY,
            now,
            List.of(Objective.minimize("loss")),
            "random",
            1,
            3,
            Budget.trials(TRIALS),
            Map.of()));
    for (int made = 0; made < TRIALS || !running.isEmpty(); ) {
      now = now.plusMillis(random.nextInt(2000));
      int choice = random.nextInt(12);
      if (choice == 0) {
        facts.add(new StudyEvent.StudyResumed(STUDY, now, 2, Budget.trials(TRIALS)));
      } else if (choice == 1 && random.nextBoolean()) {
        candidates++;
        Configuration candidate = Configuration.of(Map.of("x", random.nextDouble()));
        facts.add(new StudyEvent.StudyInstructed(STUDY, now, new Instruction.Enqueue(candidate)));
      } else if (choice == 1) {
        facts.add(new StudyEvent.StudyInstructed(STUDY, now, new Instruction.Resume()));
      } else if (choice == 2 && candidates > 0 && made < TRIALS) {
        candidates--;
        made++;
        facts.add(new StudyEvent.TrialSuggested(STUDY, TrialId.of(made), Setups.suggestion(0.5)));
        running.add(new Running(made));
      } else if (choice < 4 && made < TRIALS) {
        made++;
        facts.add(new StudyEvent.StrategyAsked(STUDY, untold, Map.of(), 1, 1, 0));
        untold.clear();
        facts.add(new StudyEvent.TrialSuggested(STUDY, TrialId.of(made), Setups.suggestion(0.5)));
        running.add(new Running(made));
      } else if (!running.isEmpty()) {
        Running trial = running.get(random.nextInt(running.size()));
        facts.add(next(trial, choice, now, random));
        if (facts.get(facts.size() - 1) instanceof StudyEvent.TrialEnded) {
          running.remove(trial);
          untold.add(trial.id);
        }
      }
    }
    return facts;
  }

  private static StudyEvent next(Running trial, int choice, Instant now, SplittableRandom random) {
    if (choice < 7) {
      trial.step++;
      var measurement = new Measurement(trial.step, Metrics.of("loss", 1), trial.step);
      return new StudyEvent.Measured(STUDY, trial.attempt(), measurement, Verdict.CONTINUE);
    } else if (choice == 7) {
      return new StudyEvent.AttemptStarted(STUDY, trial.attempt(), "cuda-0");
    } else if (choice == 8) {
      var failed = new StudyEvent.AttemptFailed(STUDY, trial.attempt(), "threw", 3, true);
      trial.attempt++;
      return failed;
    }
    var outcome = new Outcome.Completed(Metrics.of("loss", 1));
    double seconds = random.nextInt(100);
    return new StudyEvent.TrialEnded(
        STUDY, now, new EndedTrial(trial.id, Setups.suggestion(0.5), List.of(), outcome, seconds));
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void take_snapshotAtAnyPlace_isAsGoodAsTheWholeRecord(long seed) {
    List<StudyEvent> record = record(seed);
    var whole = new OpenFacts();
    record.forEach(whole::take);

    for (int place = 1; place < record.size(); place++) {
      if (record.get(place - 1) instanceof StudyEvent.StrategyAsked) {
        continue; // a turn of the strategy is one with its suggestions
      }
      var before = new OpenFacts();
      record.subList(0, place).forEach(before::take);
      var after = new OpenFacts();
      after.take(
          new StudySnapshot(
              place,
              before.open(),
              new StudySums(0, 0, false, Map.of(), null, List.of(), null, 0),
              before.spending().spent(),
              before.savings().saved(),
              new byte[0]));
      record.subList(place, record.size()).forEach(after::take);

      assertThat(after.spending().spent()).isEqualTo(whole.spending().spent());
      assertThat(after.savings().saved()).isEqualTo(whole.savings().saved());
      assertThat(after.open()).isEqualTo(whole.open());
      assertThat(after.count()).isEqualTo(whole.count());
    }
  }

  @Test
  void open_trialWhoseEndWasTold_isLeftOut() {
    var facts = new OpenFacts();
    record(6).forEach(facts::take);
    List<TrialId> all = new ArrayList<>();
    for (int number = 1; number <= TRIALS; number++) {
      all.add(TrialId.of(number));
    }
    facts.take(new StudyEvent.StrategyAsked(STUDY, all, Map.of(), 1, 0, 0));

    assertThat(facts.open())
        .isNotEmpty()
        .allMatch(
            event ->
                event instanceof StudyEvent.StudyStarted
                    || event instanceof StudyEvent.StudyResumed
                    || event instanceof StudyEvent.StudyInstructed);
  }

  @Test
  void open_candidateThatBecameATrial_isLeftOut() {
    var facts = new OpenFacts();
    var first = enqueue(0.25);
    var second = enqueue(0.75);
    facts.take(first);
    facts.take(second);
    facts.take(new StudyEvent.StrategyAsked(STUDY, List.of(), Map.of(), 1, 1, 0));
    facts.take(new StudyEvent.TrialSuggested(STUDY, TrialId.of(1), Setups.suggestion(0.5)));
    assertThat(facts.open()).contains(first, second);

    facts.take(new StudyEvent.TrialSuggested(STUDY, TrialId.of(2), Setups.suggestion(0.25)));

    assertThat(facts.open()).contains(second).doesNotContain(first);
  }

  private static StudyEvent enqueue(double x) {
    Configuration candidate = Configuration.of(Map.of("x", x));
    return new StudyEvent.StudyInstructed(STUDY, Instant.EPOCH, new Instruction.Enqueue(candidate));
  }
}
