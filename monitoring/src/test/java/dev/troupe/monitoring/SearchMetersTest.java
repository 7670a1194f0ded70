package dev.troupe.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.study.Attempt;
import dev.troupe.study.Instruction;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.Outcome;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.TrialId;
import dev.troupe.study.Trick;
import dev.troupe.study.Verdict;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.SubmissionPublisher;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class SearchMetersTest {

  private static final String BEST = "troupe_best_value{metric=\"accuracy\",study=\"digits\"} ";

  private final AtomicReference<Instant> now =
      new AtomicReference<>(Instant.parse("2026-01-01T00:00:00Z"));
  private final SearchMeters meters = new SearchMeters(now::get);
  private final PrometheusExposition exposition = PrometheusExposition.of(meters);
  private final Events digits = new Events("digits");

  @AfterEach
  void close() {
    exposition.close();
  }

  @Test
  void onEvent_trialsEnd_areCountedByState() {
    send(
        digits.started("tpe"),
        digits.completed(1, 0.5, 2),
        digits.completed(2, 0.6, 3),
        digits.ended(3, new Outcome.Pruned(Metrics.none()), 1),
        digits.ended(4, new Outcome.Failed("NaN"), 0.5),
        digits.ended(5, new Outcome.Stopped(), 0));

    assertThat(series("troupe_trials_total"))
        .containsExactlyInAnyOrder(
            "troupe_trials_total{state=\"completed\",strategy=\"tpe\",study=\"digits\"} 2.0",
            "troupe_trials_total{state=\"pruned\",strategy=\"tpe\",study=\"digits\"} 1.0",
            "troupe_trials_total{state=\"failed\",strategy=\"tpe\",study=\"digits\"} 1.0",
            "troupe_trials_total{state=\"stopped\",strategy=\"tpe\",study=\"digits\"} 1.0");
    assertThat(text())
        .contains(
            "troupe_trial_time_seconds_sum{state=\"completed\",strategy=\"tpe\",study=\"digits\"}"
                + " 5.0",
            "troupe_trial_time_seconds_bucket{state=\"completed\",strategy=\"tpe\","
                + "study=\"digits\",le=\"10.0\"} 2");
  }

  @Test
  void onEvent_deviceTimeSaved_isCountedByTrick() {
    send(
        digits.started("tpe"),
        digits.saved(Trick.EARLY_STOPPING, 10),
        digits.saved(Trick.EARLY_STOPPING, 25),
        digits.saved(Trick.LOW_FIDELITY, 4),
        digits.saved(Trick.EXTRAPOLATION, Double.NaN));

    assertThat(series("troupe_device_time_saved_seconds_total"))
        .containsExactlyInAnyOrder(
            "troupe_device_time_saved_seconds_total{strategy=\"tpe\",study=\"digits\","
                + "trick=\"early-stopping\"} 25.0",
            "troupe_device_time_saved_seconds_total{strategy=\"tpe\",study=\"digits\","
                + "trick=\"low-fidelity\"} 4.0");
  }

  @Test
  void onEvent_lowFidelity_bestIsInFullOnceThereIsOne() {
    send(digits.startedLow("tpe"), digits.completedLow(1, 0.9), digits.incumbent(1, 0.9));
    assertThat(series("troupe_best_value")).containsExactly(BEST + "0.9");

    send(digits.completed(2, 0.6, 1), digits.incumbent(2, 0.6), digits.completedLow(3, 0.95));
    assertThat(series("troupe_best_value")).containsExactly(BEST + "0.6");

    send(digits.completed(4, 0.7, 1));
    assertThat(series("troupe_best_value")).containsExactly(BEST + "0.7");
  }

  @Test
  void onEvent_fidelityChecked_isGaugedByFidelity() {
    send(digits.started("tpe"), digits.checked(0.2), digits.checked(0.6));

    assertThat(series("troupe_fidelity_ranking"))
        .containsExactly("troupe_fidelity_ranking{fidelity=\"{epochs=5.0}\",study=\"digits\"} 0.6");
  }

  @Test
  void onEvent_attemptFails_itsTimeIsLostAndNotCountedTwice() {
    send(
        digits.started("tpe"),
        digits.suggested(1),
        digits.running(1),
        digits.failedOnce(1, 4),
        digits.running(1),
        digits.completed(1, 0.5, 10));

    assertThat(series("troupe_device_time_seconds_total"))
        .containsExactlyInAnyOrder(device("lost") + " 4.0", device("completed") + " 6.0");
    assertThat(series("troupe_attempts_retried_total"))
        .containsExactly("troupe_attempts_retried_total{strategy=\"tpe\",study=\"digits\"} 1.0");
  }

  @Test
  void onEvent_trialPauses_itsTimeIsBookedOnceAndItWaits() {
    send(digits.started("asha"), digits.suggested(1), digits.running(1), digits.paused(1, 4));
    assertThat(active("paused")).isEqualTo("1.0");

    send(digits.suggested(1), digits.running(1));
    assertThat(active("paused")).isEqualTo("0.0");
    assertThat(active("running")).isEqualTo("1.0");

    send(digits.completed(1, 0.5, 10));
    assertThat(series("troupe_device_time_seconds_total"))
        .anyMatch(line -> line.contains("outcome=\"paused\"") && line.endsWith(" 4.0"))
        .anyMatch(line -> line.contains("outcome=\"completed\"") && line.endsWith(" 6.0"));
  }

  private static String device(String outcome) {
    return "troupe_device_time_seconds_total{outcome=\"%s\",strategy=\"tpe\",study=\"digits\"}"
        .formatted(outcome);
  }

  @Test
  void onEvent_trialsMove_activeGaugesFollow() {
    send(digits.started("asha"), digits.suggested(1), digits.suggested(2), digits.suggested(3));
    assertThat(active("waiting")).isEqualTo("3.0");

    send(digits.running(1), digits.running(2));
    assertThat(active("waiting")).isEqualTo("1.0");
    assertThat(active("running")).isEqualTo("2.0");

    send(digits.measured(1, Verdict.PAUSE), digits.failedOnce(2, 1));
    assertThat(active("waiting")).isEqualTo("2.0");
    assertThat(active("running")).isEqualTo("0.0");
    assertThat(active("paused")).isEqualTo("1.0");

    send(digits.running(1), digits.completed(1, 1, 1), digits.completed(2, 1, 1));
    assertThat(active("waiting")).isEqualTo("1.0");
    assertThat(active("paused")).isEqualTo("0.0");

    send(digits.over(), digits.completed(3, 1, 1), digits.running(3));
    assertThat(active("waiting")).isEqualTo("0.0");
    assertThat(active("running")).isEqualTo("0.0");
    assertThat(text()).contains("troupe_trials_parallelism{study=\"digits\"} 2.0");

    send(digits.instructed(new Instruction.Parallelism(5)));
    assertThat(text()).contains("troupe_trials_parallelism{study=\"digits\"} 5.0");
  }

  @Test
  void onEvent_severalObjectives_eachHasItsBest() {
    send(
        digits.started(
            "nsga2", List.of(Objective.maximize("accuracy"), Objective.minimize("size"))));
    assertThat(series("troupe_best_value")).isEmpty();

    send(
        digits.completed(1, Metrics.of("accuracy", 0.5, "size", 10), 1),
        digits.completed(2, Metrics.of("accuracy", 0.9, "size", 30), 1),
        digits.completed(3, Metrics.of("accuracy", Double.NaN, "size", 20), 1),
        digits.incumbent(2, 0.9));

    assertThat(series("troupe_best_value"))
        .containsExactlyInAnyOrder(
            "troupe_best_value{metric=\"accuracy\",study=\"digits\"} 0.9",
            "troupe_best_value{metric=\"size\",study=\"digits\"} 10.0");
  }

  @Test
  void onEvent_strategyAskedAndMeasured_areCounted() {
    send(
        digits.started("gp-ucb"),
        digits.asked(0.05),
        digits.asked(2),
        digits.measured(1, Verdict.CONTINUE),
        digits.measured(1, Verdict.CONTINUE),
        digits.measured(1, Verdict.STOP));

    assertThat(text())
        .contains(
            "troupe_suggestion_latency_seconds_count{strategy=\"gp-ucb\",study=\"digits\"} 2",
            "troupe_suggestion_latency_seconds_sum{strategy=\"gp-ucb\",study=\"digits\"} 2.05",
            "troupe_measurements_total{strategy=\"gp-ucb\",study=\"digits\",verdict=\"continue\"}"
                + " 2.0",
            "troupe_measurements_total{strategy=\"gp-ucb\",study=\"digits\",verdict=\"stop\"}"
                + " 1.0");
  }

  @Test
  void onEvent_everyKindOfEvent_isTaken() {
    var all =
        List.of(
            digits.started("random"),
            digits.resumed(4),
            new StudyEvent.StudyRepaired("digits", Instant.EPOCH, 2),
            digits.instructed(new Instruction.Pause()),
            digits.asked(0.1),
            digits.suggested(1),
            new StudyEvent.CheckpointSaved("digits", Attempt.first(TrialId.of(1)), 1, "c0ffee", 9),
            new StudyEvent.AttemptResumed("digits", Attempt.first(TrialId.of(1)), 1, "c0ffee"),
            digits.running(1),
            digits.measured(1, Verdict.CONTINUE),
            digits.failedOnce(1, 1),
            digits.paused(1, 1),
            digits.completed(1, 1, 1),
            digits.incumbent(1, 1),
            digits.saved(Trick.SHARING, 1),
            digits.checked(0.6),
            digits.over());

    assertThat(all.stream().map(Object::getClass).map(Class::getName).toList())
        .containsExactlyInAnyOrderElementsOf(
            List.of(StudyEvent.class.getPermittedSubclasses()).stream()
                .map(Class::getName)
                .toList());
    all.forEach(meters::onEvent);
    assertThat(series("troupe_studies_running")).containsExactly("troupe_studies_running 0.0");
  }

  @Test
  void onEvent_manyTrials_seriesDoNotGrow() {
    send(digits.started("random"));
    IntStream.rangeClosed(1, 10).forEach(this::oneTrial);
    int before = series("troupe_").size();
    IntStream.rangeClosed(11, 500).forEach(this::oneTrial);

    assertThat(series("troupe_")).hasSize(before);
    assertThat(series("troupe_"))
        .noneMatch(line -> line.contains("trial=") || line.contains("\"499\""));
  }

  private void oneTrial(int trial) {
    send(
        digits.suggested(trial),
        digits.running(trial),
        digits.measured(trial, Verdict.CONTINUE),
        digits.completed(trial, trial / 1000.0, 0.25));
  }

  @Test
  void onEvent_moreThanAHundredRunningStudies_laterOnesAreLeftOut() {
    for (int i = 0; i < SearchMeters.MOST_STUDIES + 5; i++) {
      var events = new Events("s" + i);
      send(events.started("random"), events.completed(1, 1, 1));
    }

    assertThat(series("troupe_trials_total")).hasSize(SearchMeters.MOST_STUDIES);
    assertThat(text())
        .contains("study=\"s99\"", "troupe_studies_unmetered_total 5.0")
        .doesNotContain("study=\"s100\"");
  }

  @Test
  void onEvent_fullButOneHasEnded_itsPlaceIsTaken() {
    for (int i = 0; i < SearchMeters.MOST_STUDIES; i++) {
      send(new Events("s" + i).started("random"));
    }
    send(new Events("s7").over());
    send(new Events("late").started("random"));

    assertThat(series("troupe_trials_parallelism")).hasSize(SearchMeters.MOST_STUDIES);
    assertThat(text())
        .contains("study=\"late\"", "troupe_studies_unmetered_total 0.0")
        .doesNotContain("study=\"s7\"");
  }

  @Test
  void removeOld_studyEndedAnHourAgo_itsSeriesAreGone() {
    send(digits.started("random"), digits.completed(1, 0.5, 1), digits.over());
    pass(Duration.ofMinutes(30));
    var other = new Events("other");
    send(other.started("random"), other.completed(1, 0.5, 1), other.over());
    pass(Duration.ofMinutes(29));
    assertThat(text()).contains("study=\"digits\"", "study=\"other\"");

    pass(Duration.ofMinutes(1));
    assertThat(text()).doesNotContain("study=\"digits\"").contains("study=\"other\"");

    pass(Duration.ofMinutes(30));
    assertThat(text()).doesNotContain("study=\"other\"");
  }

  @Test
  void onEvent_studyResumed_itsCountersGoOnAndStay() {
    send(digits.started("random"), digits.completed(1, 0.5, 1), digits.over());
    pass(Duration.ofMinutes(30));
    send(digits.started("random"), digits.completed(2, 0.5, 1));
    pass(Duration.ofHours(5));

    assertThat(text())
        .contains(
            "troupe_trials_total{state=\"completed\",strategy=\"random\",study=\"digits\"} 2.0",
            "troupe_studies_running 1.0");
  }

  @Test
  void onEvent_studyBegunAfreshWithAnotherStrategy_startsFromZero() {
    send(digits.started("random"), digits.completed(1, 0.5, 1), digits.over());
    send(digits.started("tpe"), digits.completed(1, 0.4, 1));

    assertThat(series("troupe_trials_total"))
        .containsExactly(
            "troupe_trials_total{state=\"completed\",strategy=\"tpe\",study=\"digits\"} 1.0");
    assertThat(series("troupe_best_value"))
        .containsExactly("troupe_best_value{metric=\"accuracy\",study=\"digits\"} 0.4");
  }

  @Test
  void onEvent_beginNotHeardOf_strategyIsUnknown() {
    send(digits.completed(1, 0.5, 1));

    assertThat(text()).contains("strategy=\"unknown\",study=\"digits\"} 1.0");
  }

  @Test
  void scrape_everyMeter_hasHelp() {
    send(digits.started("random"), digits.asked(1), digits.suggested(1), digits.running(1));
    send(digits.measured(1, Verdict.CONTINUE), digits.failedOnce(1, 1), digits.completed(1, 1, 2));
    List<String> lines = text().lines().toList();
    List<String> named = names(lines, "# TYPE ");

    assertThat(named).hasSizeGreaterThan(30).contains("troupe_trials_total");
    assertThat(names(lines, "# HELP ")).containsAll(named);
  }

  private static List<String> names(List<String> lines, String prefix) {
    return lines.stream()
        .filter(line -> line.startsWith(prefix) && line.split(" ", 4).length == 4)
        .map(line -> line.split(" ", 4)[2])
        .toList();
  }

  @Test
  void onSubscribe_severalPublishers_allAreHeard() {
    try (var one = new SubmissionPublisher<StudyEvent>(Runnable::run, 16);
        var two = new SubmissionPublisher<StudyEvent>(Runnable::run, 16)) {
      one.subscribe(meters);
      two.subscribe(meters);
      one.submit(digits.started("random"));
      two.submit(new Events("other").started("random"));
    }

    assertThat(series("troupe_studies_running")).containsExactly("troupe_studies_running 2.0");
  }

  private void send(StudyEvent... events) {
    List.of(events).forEach(meters::onEvent);
  }

  private void pass(Duration time) {
    now.updateAndGet(instant -> instant.plus(time));
  }

  private String text() {
    return exposition.scrape(false);
  }

  private List<String> series(String prefix) {
    return text().lines().filter(line -> line.startsWith(prefix)).toList();
  }

  private String active(String state) {
    var series = "troupe_trials_active{state=\"%s\",study=\"digits\"} ".formatted(state);
    return series(series).get(0).substring(series.length());
  }
}
