package dev.troupe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.actor.RecordCheck;
import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.StrategyRequest;
import dev.troupe.study.ActiveTrial;
import dev.troupe.study.Budget;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Explanation;
import dev.troupe.study.Order;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.Suggestion;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A study that was run in any order is replayed exactly from its record. */
@Timeout(120)
class RecordCheckTest {

  private static final SearchSpace SPACE =
      SearchSpace.builder()
          .add(FloatParameter.linear("x", 0, 1))
          .add(FloatParameter.log("rate", 1e-4, 1))
          .build();
  private static final AtomicLong HOMES = new AtomicLong();
  private static final int TRIALS = 200;

  private static Troupe troupe;

  private final Path home = Path.of("replays-" + HOMES.incrementAndGet());

  @BeforeAll
  static void start() {
    troupe = Troupe.start(Troupe.cpuSlots(8));
  }

  @AfterAll
  static void close() {
    troupe.close();
  }

  /** Does as another strategy does until it has made some suggestions. */
  private record Deviant(Strategy model, AtomicLong left) implements Strategy {

    static Deviant after(int suggestions, StrategyRequest request) {
      return new Deviant(new HashStrategy(request, Long.MAX_VALUE), new AtomicLong(suggestions));
    }

    @Override
    public List<Suggestion> suggest(int count) {
      List<Suggestion> made = model.suggest(count);
      if (made.isEmpty() || left.getAndDecrement() > 0) {
        return made;
      }
      return List.of(Suggestion.evaluate(Configuration.empty().with("x", 0.5).with("rate", 0.5)));
    }

    @Override
    public void update(List<EndedTrial> newlyEnded, List<ActiveTrial> active) {
      model.update(newlyEnded, active);
    }

    @Override
    public byte[] save() {
      return new byte[0];
    }

    @Override
    public void load(byte[] state) {}
  }

  private StudyBuilder<Configuration> describe() {
    return troupe
        .study("replayed", SPACE)
        .ledger(SharedLedger.SETTING)
        .home(home)
        .parallelism(8)
        .lookahead(8)
        .seed(5)
        .retries(1)
        .budget(Budget.trials(TRIALS))
        .strategy(Strategies.of("hash", request -> new HashStrategy(request, Long.MAX_VALUE)))
        .pruner(Pruners.of("hash", request -> HashStrategy::judge));
  }

  private void run() {
    Outcomes.of(describe().startWith(new MoodyEstimator()));
  }

  @ParameterizedTest
  @EnumSource(Order.class)
  void check_studyOfRandomDelaysAndRetries_allSuggestionsAreEqual(Order order) {
    Outcomes.of(describe().order(order).startWith(new MoodyEstimator()));
    List<StudyEvent> facts = SharedLedger.at(home).facts("replayed");
    assertThat(facts).anyMatch(StudyEvent.AttemptFailed.class::isInstance);

    RecordCheck check = describe().order(order).parallelism(1).check(null);

    assertThat(check.difference()).isNull();
    assertThat(check.isEqual()).isTrue();
    assertThat(check.suggestions()).isEqualTo(TRIALS);
    assertThat(SharedLedger.at(home).facts("replayed")).isEqualTo(facts);
  }

  @Test
  void check_studyThatCrashedAndWasExtended_allSuggestionsAreEqual() {
    SharedLedger ledger = SharedLedger.at(home);
    for (int place = 30; place < 200; place += 60) {
      ledger.breakAfter(place);
      run();
    }
    ledger.mend();
    run();
    Outcomes.of(describe().budget(Budget.trials(TRIALS + 20)).startWith(new MoodyEstimator()));

    assertThat(describe().check(null)).isEqualTo(new RecordCheck(TRIALS + 20, null));
  }

  @Test
  void check_otherStrategy_namesTheFirstDifference() {
    run();

    RecordCheck check =
        describe()
            .strategy(Strategies.of("hash", request -> Deviant.after(117, request)))
            .check(null);

    assertThat(check.isEqual()).isFalse();
    assertThat(check.suggestions()).isEqualTo(TRIALS);
    assertThat(check.difference())
        .startsWith("for trial 118 it suggests ")
        .contains("x=0.5", ", where ")
        .endsWith(" is on record");
  }

  /** Explains what another strategy suggests in words of its own. */
  private record Talkative(Strategy model, String words) implements Strategy {

    static StrategyChoice of(String words) {
      return Strategies.of(
          "hash", request -> new Talkative(new HashStrategy(request, Long.MAX_VALUE), words));
    }

    @Override
    public List<Suggestion> suggest(int count) {
      return model.suggest(count).stream()
          .map(made -> ((Suggestion.Evaluate) made).explained(Explanation.of(words)))
          .map(Suggestion.class::cast)
          .toList();
    }

    @Override
    public void update(List<EndedTrial> newlyEnded, List<ActiveTrial> active) {
      model.update(newlyEnded, active);
    }

    @Override
    public byte[] save() {
      return model.save();
    }

    @Override
    public void load(byte[] state) {
      model.load(state);
    }
  }

  @Test
  void check_laterVersionWithOtherWords_isEqual() {
    Outcomes.of(describe().strategy(Talkative.of("a hunch")).startWith(new MoodyEstimator()));

    assertThat(describe().strategy(Talkative.of("a better hunch")).check(null).difference())
        .isNull();
    assertThat(describe().check(null).difference()).isNull();
  }

  /** What auto chooses depends on the budget; that of the beginning counts. */
  @Test
  void check_autoWithALargerBudget_isEqual() {
    StudyBuilder<Configuration> small =
        describe().strategy(Strategies.auto()).budget(Budget.trials(12));
    Outcomes.of(small.startWith(new MoodyEstimator()));

    RecordCheck check =
        describe().strategy(Strategies.auto()).budget(Budget.trials(5000)).check(null);

    assertThat(check).isEqualTo(new RecordCheck(12, null));
    assertThat(SharedLedger.at(home).facts("replayed"))
        .filteredOn(StudyEvent.TrialSuggested.class::isInstance)
        .extracting(fact -> ((StudyEvent.TrialSuggested) fact).suggestion())
        .allSatisfy(
            made ->
                assertThat(((Suggestion.Evaluate) made).explanation().reason())
                    .startsWith("auto chose gp-ucb, since "));
  }

  @Test
  void check_strategyThatThrows_saysSo() {
    run();
    var broken =
        new FixedStrategy(
            () -> {
              throw new IllegalStateException("no idea");
            });

    RecordCheck check = describe().strategy(Strategies.of("hash", request -> broken)).check(null);

    assertThat(check.difference()).contains("it failed on what is on record", "no idea");
  }

  @Test
  void check_otherStudyOrNone_isRefused() {
    assertThatThrownBy(() -> describe().check(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Study 'replayed' is not on record. There is none yet.");
    run();

    assertThatThrownBy(() -> describe().seed(6).check(null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("its seed was '5', and is '6'");
  }
}
