package dev.troupe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.troupe.estimator.Evaluation;
import dev.troupe.estimator.Playback;
import dev.troupe.estimator.SimulatedEstimator;
import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.Budget;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.FidelityRange;
import dev.troupe.study.FidelityReport;
import dev.troupe.study.LowFidelity;
import dev.troupe.study.Metrics;
import dev.troupe.study.Order;
import dev.troupe.study.Simulation;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.StudyResult;
import dev.troupe.study.Suggestion;
import dev.troupe.study.Trick;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Whole studies at a low fidelity, on the virtual clock. */
@Timeout(120)
class ProxyStudyTest {

  private static final double HOUR = 3600;
  private static final SearchSpace SPACE =
      SearchSpace.builder().add(FloatParameter.linear("x", 0, 1)).build();
  private static final LowFidelity QUARTER = LowFidelity.of("data", 0.25);

  /**
   * A loss x, more with less data, for 100 seconds with all of it.
   *
   * @param turned whether little data order the candidates the wrong way round
   */
  private record Cheap(boolean turned) implements SimulatedEstimator {

    @Override
    public List<FidelityRange> fidelities() {
      return List.of(new FidelityRange("data", 0.1, 1));
    }

    @Override
    public Playback play(Suggestion.Evaluate suggestion, Evaluation evaluation) {
      double data = suggestion.fidelity().amount("data", 1);
      double x = suggestion.candidate().getDouble("x");
      double loss = data == 1 ? x + 1 : turned ? -x : x - 1;
      if (data == 1 && x > 0.95) {
        loss = Double.NaN;
      }
      return Playback.of(Metrics.of("loss", loss).with("gain", -loss), 100 * data);
    }
  }

  private record Course(StudyResult result, List<EndedTrial> trials, List<StudyEvent> events) {}

  private static Course run(Cheap estimator, UnaryOperator<StudyBuilder<Configuration>> more) {
    List<StudyEvent> events = Collections.synchronizedList(new ArrayList<>());
    try (Troupe troupe = Troupe.simulated(Simulation.of(3))) {
      StudyBuilder<Configuration> builder =
          troupe
              .study("cheap", SPACE)
              .strategy(Strategies.random())
              .seed(3)
              .parallelism(3)
              .budget(Budget.trials(30))
              .fidelity(QUARTER)
              .listener(events::add);
      StudyResult result = Outcomes.of(more.apply(builder).startWith(estimator));
      List<EndedTrial> ended =
          List.copyOf(events).stream()
              .filter(StudyEvent.TrialEnded.class::isInstance)
              .map(event -> ((StudyEvent.TrialEnded) event).trial())
              .sorted(Comparator.comparing(EndedTrial::id))
              .toList();
      return new Course(result, ended, List.copyOf(events));
    }
  }

  private static boolean isFull(EndedTrial trial) {
    return ((Suggestion.Evaluate) trial.suggestion()).fidelity().isFull();
  }

  private static double x(EndedTrial trial) {
    return ((Suggestion.Evaluate) trial.suggestion()).candidate().getDouble("x");
  }

  private static FidelityReport.Level level(Course course) {
    return course.result().fidelity().levels().get(0);
  }

  @ParameterizedTest
  @EnumSource(Order.class)
  void study_goodProxy_isBestInFullAndRanks(Order order) {
    Course course = run(new Cheap(false), builder -> builder.minimize("loss").order(order));

    StudyResult result = course.result();
    assertThat(course.trials()).hasSize(30);
    assertThat(course.trials().stream().filter(ProxyStudyTest::isFull).count())
        .isGreaterThanOrEqualTo(5);
    assertThat(isFull(result.best())).isTrue();
    double least = course.trials().stream().mapToDouble(ProxyStudyTest::x).min().orElseThrow();
    assertThat(x(result.best())).isEqualTo(least);
    assertThat(result.front()).containsExactly(result.best());
    assertThat(level(course).correlation().kendall()).isEqualTo(1);
    assertThat(level(course).correlation().pairs()).isGreaterThanOrEqualTo(4);
    assertThat(level(course).selected()).isFalse();
    assertThat(course.events())
        .filteredOn(StudyEvent.FidelityChecked.class::isInstance)
        .isNotEmpty();
  }

  @Test
  void study_lessData_booksWhatFullEvaluationsWouldCost() {
    Course course = run(new Cheap(false), builder -> builder.minimize("loss"));

    long low = course.trials().stream().filter(trial -> !isFull(trial)).count();
    assertThat(course.result().savedHours()).containsOnlyKeys(Trick.LOW_FIDELITY);
    assertThat(course.result().savedDeviceHours())
        .isCloseTo(low * 75 / HOUR, within(low * 75 / HOUR * 0.02));
    FidelityReport.Exponent data = course.result().fidelity().costs().get("data");
    assertThat(data.mean()).isCloseTo(1, within(0.02));
    assertThat(data.deviation()).isLessThan(0.2);
  }

  @Test
  void study_proxyTurnedRound_isFoundOut() {
    Course course = run(new Cheap(true), builder -> builder.maximize("gain").minimize("loss"));

    assertThat(level(course).correlation().kendall()).isEqualTo(-1);
    assertThat(isFull(course.result().best())).isTrue();
    assertThat(course.result().front()).allMatch(ProxyStudyTest::isFull);
  }

  @Test
  void study_withoutChecks_saysNothingOfTheRanking() {
    Course course =
        run(new Cheap(false), builder -> builder.minimize("loss").fidelity(QUARTER.withCheck(0)));

    assertThat(course.trials()).noneMatch(ProxyStudyTest::isFull);
    assertThat(course.result().fidelity().levels()).isEmpty();
    assertThat(course.result().best()).isNotNull();
  }

  @Test
  void study_ofTwoTrials_checksOne() {
    Course course =
        run(new Cheap(false), builder -> builder.minimize("loss").budget(Budget.trials(2)));

    assertThat(course.trials()).hasSize(2);
    assertThat(course.result().best().id().number()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource(Order.class)
  void study_thatBreaksAnywhere_goesOnTheSame(Order order) {
    UnaryOperator<StudyBuilder<Configuration>> plain =
        builder -> builder.minimize("loss").order(order).parallelism(1);
    Course whole = run(new Cheap(false), plain);
    for (int place : new int[] {20, 55, 62, 90, 110}) {
      Path home = Path.of("proxy-home-%s-%d".formatted(order, place));
      SharedLedger ledger = SharedLedger.at(home);
      UnaryOperator<StudyBuilder<Configuration>> kept =
          builder -> plain.apply(builder).ledger(SharedLedger.SETTING).home(home);
      ledger.breakAfter(place);
      ledger.keepSnapshots(place % 2 == 0 ? 10 : 1000);
      run(new Cheap(false), kept);
      ledger.mend();

      StudyResult again = run(new Cheap(false), kept).result();

      assertThat(again.best().id()).isEqualTo(whole.result().best().id());
      assertThat(again.best().suggestion()).isEqualTo(whole.result().best().suggestion());
      assertThat(again.completed()).isEqualTo(whole.result().completed());
      assertThat(again.fidelity().levels()).isEqualTo(whole.result().fidelity().levels());
      StudyResult ended = run(new Cheap(false), kept).result();
      assertThat(ended.fidelity()).isEqualTo(again.fidelity());
    }
  }

  @Test
  void start_axisThatTheEstimatorHasNot_isRefused() {
    assertThatThrownBy(
            () -> run(new Cheap(false), each -> each.fidelity(LowFidelity.of("epochs", 5))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("fidelity.axes.epochs")
        .hasMessageContaining("Maybe data");
    assertThatThrownBy(
            () -> run(new Cheap(false), each -> each.fidelity(LowFidelity.of("data", 0.01))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("from 0.1 to 1.0");
    assertThatThrownBy(
            () -> run(new Cheap(false), each -> each.fidelity(LowFidelity.of("data", 1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must limit something");
  }
}
