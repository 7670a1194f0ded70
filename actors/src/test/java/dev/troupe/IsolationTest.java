package dev.troupe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.estimator.isolation.Isolation;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.Budget;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Outcome;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.StudyResult;
import dev.troupe.study.StudyState;
import dev.troupe.study.TrialState;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Studies whose trials are evaluated in processes of their own. */
@Timeout(180)
class IsolationTest {

  private static final double THIS_JVM = ProcessHandle.current().pid();

  private final Troupe troupe = Troupe.start(Troupe.cpuSlots(2));
  private final List<EndedTrial> ended = Collections.synchronizedList(new ArrayList<>());
  private final List<StudyEvent.AttemptFailed> failed =
      Collections.synchronizedList(new ArrayList<>());

  @AfterEach
  void close() {
    troupe.close();
  }

  private static StudyFile file(String acts, String estimator, int trials) {
    return StudyFile.parse(
        Path.of("fragile.conf"),
        """
        study { metric = loss, direction = minimize, seed = 3 }
        space { act { type = categorical, choices = [%s] } }
        strategy { name = random, duplicates = true }
        estimator { name = fragile, isolation-options = ["-Xmx64m", "-XX:TieredStopAtLevel=1"]
          %s }
        budget { trials = %d }
        ledger = memory
        """
            .formatted(acts, estimator, trials),
        List.of());
  }

  private StudyResult run(StudyFile file) {
    return file.start(file.builder(troupe, List.of(this::take)))
        .outcome()
        .toCompletableFuture()
        .join();
  }

  private void take(StudyEvent event) {
    if (event instanceof StudyEvent.TrialEnded end) {
      ended.add(end.trial());
    } else if (event instanceof StudyEvent.AttemptFailed failure) {
      failed.add(failure);
    }
  }

  private List<String> reasons() {
    return ended.stream()
        .map(EndedTrial::outcome)
        .filter(Outcome.Failed.class::isInstance)
        .map(outcome -> ((Outcome.Failed) outcome).reason())
        .toList();
  }

  @Test
  void start_someTrialsHaltTheirJvm_theseFailAndTheStudyEndsWell() {
    StudyResult result = run(file("halt, well", "isolation = process", 8));

    assertThat(result.state()).isEqualTo(StudyState.DONE);
    assertThat(ended)
        .hasSize(8)
        .allMatch(
            trial ->
                trial.candidate().getString("act").equals("halt")
                    == (trial.state() == TrialState.FAILED));
    assertThat(reasons())
        .isNotEmpty()
        .allSatisfy(
            reason ->
                assertThat(reason)
                    .containsPattern(
                        "^Trial \\d: its process ended by itself with exit status 3, after 1 measurement"));
    assertThat(ended.stream().filter(trial -> trial.state() == TrialState.COMPLETED))
        .isNotEmpty()
        .allMatch(trial -> trial.metrics().get("pid") != THIS_JVM);
  }

  @Test
  void start_trialNeverReturns_isKilledAtTheTimeLimitAndItsSlotGoesOn() {
    StudyResult result = run(file("hang", "isolation = process, time-limit = 4s", 2));

    assertThat(result.failed()).isEqualTo(2);
    assertThat(reasons())
        .allSatisfy(
            reason ->
                assertThat(reason)
                    .containsPattern(
                        "^Trial \\d: it took longer than its time limit of 4 s \\(maybe raise estimator.time-limit\\); its estimator: it did not end when it was told to, and its process was killed."));
  }

  @Test
  void start_outOfMemory_isTriedAgainAloneAsOnAThread() {
    run(file("heap", "isolation = process", 1));

    assertThat(failed).hasSize(1).allMatch(StudyEvent.AttemptFailed::outOfMemory);
    assertThat(reasons()).singleElement().asString().contains("OutOfMemoryError: Java heap space");
  }

  @Test
  void start_estimatorThatWantsItsOwnJvm_getsOneUnlessItIsNotToHaveIt() {
    run(file("well", "", 1));
    StudyFile file = file("well", "", 1);
    Study<?> second =
        file.start(
            file.builder(troupe, List.of(this::take)).isolation(file.isolation().inOwnJvm()));
    second.outcome().toCompletableFuture().join();

    assertThat(ended.get(0).metrics().get("pid")).isNotEqualTo(THIS_JVM);
    assertThat(ended.get(1).metrics().get("pid")).isEqualTo(THIS_JVM);
    assertThat(ended.get(1).measurements().get(1).metrics())
        .isEqualTo(ended.get(0).measurements().get(1).metrics());
  }

  @Test
  void start_wrongSetting_isRefusedAsOnAThread() {
    StudyFile file = file("well", "isolation = process, depth = 10", 1);

    assertThatThrownBy(() -> run(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("estimator.depth must be a whole number from 1 to 9")
        .hasMessageContaining("but was 10 (line 5)");
  }

  @Test
  void start_function_cannotBeIsolated() {
    SearchSpace space = SearchSpace.builder().add(FloatParameter.linear("x", 0, 1)).build();

    assertThatThrownBy(
            () ->
                troupe
                    .study("function", space)
                    .budget(Budget.trials(1))
                    .isolation(Isolation.PROCESS)
                    .start((candidate, trial) -> 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("this one exists in this JVM alone. Maybe name it in a study file");
  }

  @Test
  void parse_misspelt_suggestsTheKeyAndTheWord() {
    assertThatThrownBy(() -> file("well", "isolaton = process", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("isolation");
    assertThatThrownBy(() -> file("well", "isolation = proces", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("auto, thread, process")
        .hasMessageContaining("proces");
  }

  @Test
  void parse_virtualClock_isRefused() {
    String text =
        """
        study { metric = value, direction = minimize, clock = virtual }
        space = infer
        estimator { name = synthetic, problem = curves, isolation = process }
        """;

    assertThatThrownBy(() -> StudyFile.parse(Path.of("virtual.conf"), text, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs the machine's clock");
  }
}
