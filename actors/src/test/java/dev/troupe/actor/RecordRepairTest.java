package dev.troupe.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.space.Configuration;
import dev.troupe.study.Budget;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.Outcome;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RecordRepairTest {

  private static final Instant BEGIN = Instant.parse("2026-01-01T00:00:00Z");
  private static final Instant NOW = BEGIN.plusSeconds(3600);

  private final List<StudyEvent> facts = new ArrayList<>();

  RecordRepairTest() {
    facts.add(
        new StudyEvent.StudyStarted(
            "s",
            BEGIN,
            List.of(Objective.minimize("loss")),
            "random",
            1,
            2,
            Budget.trials(9),
            Map.of()));
  }

  private static Suggestion suggestion(int trial) {
    return Suggestion.evaluate(Configuration.empty().with("x", (double) trial));
  }

  private void ask(int... trials) {
    facts.add(
        new StudyEvent.StrategyAsked("s", List.of(), Map.of(), trials.length, trials.length, 0.1));
    for (int trial : trials) {
      facts.add(new StudyEvent.TrialSuggested("s", TrialId.of(trial), suggestion(trial)));
    }
  }

  private void end(int trial) {
    facts.add(
        new StudyEvent.TrialEnded(
            "s",
            BEGIN.plusSeconds(trial),
            new EndedTrial(
                TrialId.of(trial),
                suggestion(trial),
                List.of(),
                new Outcome.Completed(Metrics.of("loss", trial)),
                1)));
  }

  private RecordRepair repair(Integer... gaps) {
    return RecordRepair.of("s", facts, List.of(gaps), NOW);
  }

  private static List<EndedTrial> ends(RecordRepair repair) {
    return repair.events().stream()
        .filter(StudyEvent.TrialEnded.class::isInstance)
        .map(event -> ((StudyEvent.TrialEnded) event).trial())
        .toList();
  }

  @Test
  void record_withoutAGap_staysAsItIs() {
    ask(1);
    end(1);

    assertThat(repair()).isEqualTo(new RecordRepair(facts, List.of()));
  }

  @Test
  void trial_whoseEndMayBeLost_hasFailed() {
    ask(1, 2);
    end(1);

    RecordRepair repaired = repair(facts.size());

    assertThat(repaired.damaged()).containsExactly(TrialId.of(2));
    assertThat(repaired.events().subList(0, facts.size())).isEqualTo(facts);
    EndedTrial failed = ends(repaired).get(1);
    assertThat(failed.suggestion()).isEqualTo(suggestion(2));
    assertThat(((Outcome.Failed) failed.outcome()).reason()).startsWith("damaged: its end may be");
    assertThat(repaired.events().get(facts.size()))
        .isEqualTo(new StudyEvent.StudyRepaired("s", NOW, 1));
  }

  @Test
  void trial_ofWhichNothingIsLeft_hasFailedAndIsNotToldToTheStrategy() {
    ask(1);
    end(1);
    int gap = facts.size();
    ask(3);
    end(3);

    RecordRepair repaired = repair(gap);

    assertThat(repaired.damaged()).containsExactly(TrialId.of(2));
    assertThat(RecordRepair.known(ends(repaired)))
        .extracting(EndedTrial::id)
        .containsExactly(TrialId.of(1), TrialId.of(3));
    assertThat(repaired.events().stream().filter(StudyEvent.StrategyAsked.class::isInstance))
        .hasSize(1);
  }

  @Test
  void trial_thatIsIntactBehindTheLastGap_goesOn() {
    ask(1);
    int gap = facts.size();
    end(1);
    ask(2);

    RecordRepair repaired = repair(gap);

    assertThat(repaired.damaged()).isEmpty();
    assertThat(ends(repaired)).extracting(EndedTrial::id).containsExactly(TrialId.of(1));
  }

  @Test
  void call_ofWhichASuggestionIsLost_doesNotCount() {
    ask(1, 2, 3);
    facts.remove(3);

    RecordRepair repaired = repair(3);

    assertThat(repaired.events())
        .noneMatch(StudyEvent.StrategyAsked.class::isInstance)
        .element(1)
        .isEqualTo(new StudyEvent.StudyRepaired("s", NOW, 5));
  }

  @Test
  void record_withoutItsBeginning_isRefused() {
    ask(1);
    facts.remove(0);

    assertThatThrownBy(() -> repair(0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("its beginning is lost");
  }
}
