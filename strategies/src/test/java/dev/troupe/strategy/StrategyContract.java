package dev.troupe.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.random.RandomStreams;
import dev.troupe.settings.Settings;
import dev.troupe.space.Configuration;
import dev.troupe.space.RandomSpaces;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.FidelityRange;
import dev.troupe.study.Objective;
import dev.troupe.study.Suggestion;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What every {@link Strategy} has to do, checked on random histories: random spaces (conditions,
 * constraints, all kinds of parameters), trials in parallel that complete, fail, are pruned or
 * stopped in any order, values that are NaN, huge or tied.
 *
 * <p>Extend it, list the providers, and run it as a JUnit test:
 *
 * <pre>{@code
 * class MyStrategyContractTest extends StrategyContract {
 *   @Override
 *   protected List<StrategyProvider> providers() {
 *     return List.of(new MyProvider());
 *   }
 * }
 * }</pre>
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
public abstract class StrategyContract {

  private static final int ROUNDS = 6;

  /** So many of the histories at least must be on spaces that the strategy accepts. */
  private static final double LEAST_ACCEPTED = 0.1;

  /** What the estimator can spend less of: strategies that promote trials need to know. */
  static final List<FidelityRange> FIDELITIES = List.of(new FidelityRange("epochs", 1, 9));

  /** Returns the strategies to check. */
  protected abstract List<StrategyProvider> providers();

  /** Returns how many random histories each check goes through. */
  protected int histories() {
    return 200;
  }

  /** Returns the settings with which a strategy is made; none unless overridden. */
  protected Settings settings(StrategyProvider provider) {
    return Settings.none("strategy");
  }

  /** Returns the objectives; one loss unless overridden. */
  protected List<Objective> objectives(StrategyProvider provider) {
    return List.of(Objective.minimize("loss"));
  }

  /** Returns whether the seed should matter. */
  protected boolean usesRandomness(StrategyProvider provider) {
    return true;
  }

  /** Returns the space of a history; a strategy for special spaces overrides it. */
  protected SearchSpace space(StrategyProvider provider, long seed) {
    return RandomSpaces.of(seed);
  }

  /** Returns a display name for each case. */
  List<Case> cases() {
    return providers().stream().map(Case::new).toList();
  }

  /** A provider under its name. */
  record Case(StrategyProvider provider) {
    @Override
    public String toString() {
      return provider.name();
    }
  }

  @ParameterizedTest
  @MethodSource("cases")
  void provider_always_describesItself(Case each) {
    assertThat(each.provider().name()).matches("[a-z][a-z0-9-]*");
    assertThat(each.provider().description()).isNotBlank().doesNotContain("\n");
    assertThat(each.provider().options())
        .allSatisfy(option -> assertThat(option.key()).matches("[a-z][a-z0-9-]*"))
        .allSatisfy(option -> assertThat(option.description()).isNotBlank());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void create_withUnknownKey_refusesIt(Case each) {
    Settings settings = Settings.of("strategy", Map.of("no-such-key", 1));
    var request =
        new StrategyRequest(
            space(each.provider(), 1), objectives(each.provider()), RandomStreams.of(1), settings);
    assertThatThrownBy(() -> each.provider().create(request))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no-such-key");
  }

  @ParameterizedTest
  @MethodSource("cases")
  void suggest_always_staysInSpaceAndWithinCount(Case each) {
    forEachHistory(
        each,
        (history, space) -> {
          Strategy strategy = strategy(each, space, history);
          play(
              each,
              history,
              strategy,
              (count, suggestions) -> {
                assertThat(suggestions).as("seed %d", history).hasSizeLessThanOrEqualTo(count);
                for (Configuration candidate : candidates(suggestions)) {
                  assertThat(space.contains(candidate))
                      .as("seed %d: %s in %s", history, candidate, space)
                      .isTrue();
                }
              });
        });
  }

  @ParameterizedTest
  @MethodSource("cases")
  void suggest_onNewStrategy_suggestsSomething(Case each) {
    forEachHistory(
        each,
        (history, space) ->
            assertThat(strategy(each, space, history).suggest(1))
                .as("seed %d: an empty list while nothing runs ends the study", history)
                .hasSize(1));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void suggest_withSameSeed_givesSameSequence(Case each) {
    forEachHistory(
        each,
        (history, space) ->
            assertThat(sequence(each, space, history, history))
                .as("seed %d", history)
                .isEqualTo(sequence(each, space, history, history)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void suggest_withOtherSeed_givesOtherSequence(Case each) {
    if (!usesRandomness(each.provider())) {
      return;
    }
    var different = new ArrayList<Long>();
    forEachHistory(
        each,
        (history, space) -> {
          if (!sequence(each, space, history, 1).equals(sequence(each, space, history, 2))) {
            different.add(history);
          }
        });
    assertThat(different).as("histories in which the seed matters").isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("cases")
  void load_atEveryStep_givesSameNextSuggestions(Case each) {
    forEachHistory(
        each,
        (history, space) -> {
          var events = events(each, history, space);
          Strategy original = strategy(each, space, history);
          for (int round = 0; round < ROUNDS; round++) {
            Strategy copy = strategy(each, space, history);
            copy.load(original.save());
            int count = events.nextCount();
            List<Suggestion> expected = original.suggest(count);
            assertThat(RandomHistory.describe(copy.suggest(count)))
                .as("seed %d, round %d", history, round)
                .isEqualTo(RandomHistory.describe(expected));
            events.start(expected);
            Strategy next = round % 2 == 0 ? copy : original; // what was loaded can be saved
            events.tell(next, expected.isEmpty());
            original = next;
          }
        });
  }

  @ParameterizedTest
  @MethodSource("cases")
  void save_always_leavesNextSuggestionsAsTheyWere(Case each) {
    forEachHistory(
        each,
        (history, space) -> {
          Strategy saved = strategy(each, space, history);
          Strategy other = strategy(each, space, history);
          for (int round = 0; round < 3; round++) {
            saved.save();
            assertThat(RandomHistory.describe(saved.suggest(1)))
                .as("seed %d", history)
                .isEqualTo(RandomHistory.describe(other.suggest(1)));
          }
        });
  }

  @ParameterizedTest
  @MethodSource("cases")
  void load_ofGarbage_isRefused(Case each) {
    forEachHistory(
        each,
        (history, space) -> {
          Strategy strategy = strategy(each, space, history);
          strategy.suggest(3);
          byte[] good = strategy.save();
          for (byte[] garbage : garbage(good, history)) {
            assertThatThrownBy(() -> strategy.load(garbage))
                .as("seed %d, %d bytes", history, garbage.length)
                .isInstanceOf(IllegalArgumentException.class);
          }
          Strategy intact = strategy(each, space, history);
          intact.load(good);
          assertThat(RandomHistory.describe(strategy.suggest(2)))
              .as("seed %d: a refused state changes nothing", history)
              .isEqualTo(RandomHistory.describe(intact.suggest(2)));
        });
  }

  private static List<byte[]> garbage(byte[] good, long seed) {
    var random = new Random(seed);
    var noise = new byte[64];
    random.nextBytes(noise);
    byte[] flipped = good.clone();
    flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
    byte[] longer = Arrays.copyOf(good, good.length + 1);
    byte[] shorter = Arrays.copyOf(good, random.nextInt(good.length));
    byte[] text = "no state at all".getBytes(StandardCharsets.UTF_8);
    return List.of(new byte[0], noise, flipped, longer, shorter, text);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void update_withEmptyLists_isTolerated(Case each) {
    forEachHistory(
        each,
        (history, space) -> {
          Strategy strategy = strategy(each, space, history);
          strategy.update(List.of(), List.of());
          var events = events(each, history, space);
          events.start(strategy.suggest(2));
          strategy.update(List.of(), events.active());
          events.tell(strategy, true);
          strategy.update(List.of(), events.active());
          strategy.suggest(1);
        });
  }

  /** A study also evaluates what others want evaluated; their trials come among the strategy's. */
  @ParameterizedTest
  @MethodSource("cases")
  void update_trialsThatItHasNotSuggested_areTolerated(Case each) {
    forEachHistory(
        each,
        (history, space) -> {
          var events = events(each, history, space);
          var random = new Random(history);
          Strategy strategy = strategy(each, space, history);
          for (int round = 0; round < ROUNDS; round++) {
            events.start(List.of(Suggestion.evaluate(space.sample(random))));
            List<Suggestion> suggestions = strategy.suggest(events.nextCount());
            for (Configuration candidate : candidates(suggestions)) {
              assertThat(space.contains(candidate)).as("seed %d", history).isTrue();
            }
            events.start(suggestions);
            events.tell(strategy, suggestions.isEmpty());
          }
          Strategy copy = strategy(each, space, history);
          copy.load(strategy.save());
          assertThat(RandomHistory.describe(copy.suggest(2)))
              .as("seed %d", history)
              .isEqualTo(RandomHistory.describe(strategy.suggest(2)));
        });
  }

  /** Suggestions of an own JVM, in another language and with other identity hashes. */
  @ParameterizedTest
  @MethodSource("cases")
  void suggest_inOtherJvmAndLocale_givesSameSequence(Case each) throws Exception {
    List<String> here = StrategySequences.of(each.provider());
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Duser.language=tr",
                "-Duser.country=TR",
                "-Dfile.encoding=ISO-8859-9",
                "-XX:+UnlockExperimentalVMOptions",
                "-XX:hashCode=2",
                "-cp",
                System.getProperty(
                    "surefire.test.class.path", System.getProperty("java.class.path")),
                StrategySequences.class.getName(),
                each.provider().getClass().getName())
            .redirectErrorStream(true)
            .start();
    List<String> there;
    try (var reader = process.inputReader(StandardCharsets.UTF_8)) {
      there = reader.lines().toList();
    }
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(there).isEqualTo(here);
  }

  private interface Check {
    void accept(long history, SearchSpace space);
  }

  /** Runs a check on every history whose space the strategy accepts. */
  private void forEachHistory(Case each, Check check) {
    int accepted = 0;
    for (long history = 1; history <= histories(); history++) {
      SearchSpace space = space(each.provider(), history);
      if (tryStrategy(each, space, history) != null) {
        accepted++;
        check.accept(history, space);
      }
    }
    assertThat(accepted)
        .as("spaces that '%s' accepts, of %d", each, histories())
        .isGreaterThanOrEqualTo((int) Math.ceil(LEAST_ACCEPTED * histories()));
  }

  private @Nullable Strategy tryStrategy(Case each, SearchSpace space, long seed) {
    try {
      return strategy(each, space, seed);
    } catch (IllegalArgumentException e) {
      assertThat(e).as("seed %d: why '%s' refuses %s", seed, each, space).message().isNotBlank();
      return null;
    }
  }

  private Strategy strategy(Case each, SearchSpace space, long seed) {
    StrategyProvider provider = each.provider();
    return provider.create(
        new StrategyRequest(
            space,
            objectives(provider),
            RandomStreams.of(seed),
            settings(provider),
            StudyPlan.open(),
            FIDELITIES));
  }

  private RandomHistory events(Case each, long history, SearchSpace space) {
    return new RandomHistory(
        history, metrics(each), strategy(each, space, history).completion().orElse(null));
  }

  private String sequence(Case each, SearchSpace space, long history, long seed) {
    var text = new StringBuilder();
    play(
        each,
        history,
        strategy(each, space, seed),
        (count, suggestions) -> text.append(RandomHistory.describe(suggestions)).append('\n'));
    return text.toString();
  }

  private void play(
      Case each, long seed, Strategy strategy, BiConsumer<Integer, List<Suggestion>> onSuggested) {
    var events = new RandomHistory(seed, metrics(each), strategy.completion().orElse(null));
    for (int round = 0; round < ROUNDS; round++) {
      int count = events.nextCount();
      List<Suggestion> suggestions = strategy.suggest(count);
      onSuggested.accept(count, suggestions);
      events.start(suggestions);
      events.tell(strategy, suggestions.isEmpty());
    }
  }

  private List<String> metrics(Case each) {
    return objectives(each.provider()).stream().map(Objective::metric).toList();
  }

  private static List<Configuration> candidates(List<Suggestion> suggestions) {
    var candidates = new ArrayList<Configuration>();
    for (Suggestion suggestion : suggestions) {
      if (suggestion instanceof Suggestion.Evaluate evaluate) {
        candidates.add(evaluate.candidate());
      } else if (suggestion instanceof Suggestion.TrainShared train) {
        candidates.addAll(train.candidates());
      } else if (suggestion instanceof Suggestion.ScoreShared score) {
        candidates.addAll(score.candidates());
      }
    }
    return candidates;
  }
}
