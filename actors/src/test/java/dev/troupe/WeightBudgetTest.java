package dev.troupe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.Evaluation;
import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.Budget;
import dev.troupe.study.Fidelity;
import dev.troupe.study.Metrics;
import dev.troupe.study.StudyResult;
import dev.troupe.study.StudyState;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.WeightSource;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Where there is no room for what trials leave to heirs. */
@Timeout(120)
class WeightBudgetTest {

  private static final SearchSpace SPACE =
      SearchSpace.builder().add(FloatParameter.linear("x", 0, 1)).build();

  private static final TrialId BEST = TrialId.of(1);
  private static final TrialId FORGOTTEN = TrialId.of(2);

  private static Troupe troupe;

  @TempDir private Path home;

  @BeforeAll
  static void start() {
    troupe = Troupe.start(Troupe.cpuSlots(1));
  }

  @AfterAll
  static void close() {
    troupe.close();
  }

  private StudyBuilder<Configuration> study(String checkpoints, Family family) {
    return troupe
        .study("tight", SPACE)
        .ledger("memory")
        .home(home)
        .checkpoints(checkpoints)
        .parallelism(1)
        .lookahead(1)
        .budget(Budget.trials(100_000))
        .strategy(Strategies.of("family", request -> new FixedStrategy(family::next)));
  }

  /**
   * A best trial, one to be forgotten, and as many more as it takes until that has happened: it is
   * done in the background, once the strategy suggests again. The last two name parents. Each
   * leaves a kilobyte of its own.
   */
  private static final class Family implements Estimator {

    final Map<TrialId, Integer> inherited = new ConcurrentHashMap<>();

    private final Queue<TrialId> parents = new ArrayDeque<>(List.of(FORGOTTEN, BEST));
    private long suggested;
    private volatile boolean forgot;

    List<Suggestion> next() {
      suggested++;
      WeightSource weights = WeightSource.fresh();
      if (forgot) {
        TrialId parent = parents.poll();
        if (parent == null) {
          return List.of();
        }
        weights = new WeightSource.Partial(parent);
      }
      Configuration candidate = SPACE.configuration(Map.of("x", 1 - 1.0 / (suggested + 1)));
      return List.of(new Suggestion.Evaluate(candidate, Fidelity.full(), weights));
    }

    @Override
    public Metrics evaluate(Suggestion suggestion, Evaluation evaluation) {
      var evaluate = (Suggestion.Evaluate) suggestion;
      TrialId trial = evaluation.attempt().trial();
      TrialId parent = evaluate.weights().parent();
      if (parent != null) {
        inherited.put(parent, evaluation.left(parent).map(bytes -> bytes.length).orElse(0));
      } else if (trial.compareTo(FORGOTTEN) > 0) {
        forgot = evaluation.left(FORGOTTEN).isEmpty();
      }
      byte[] content = ByteBuffer.allocate(1024).putLong(trial.number()).array();
      assertThat(evaluation.leave(out -> out.write(content))).isTrue();
      return Metrics.of("loss", evaluate.candidate().getDouble("x"));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "file"})
  void weightBudget_none_keepsTheBestTrialsAlone(String checkpoints) {
    var family = new Family();

    StudyResult result = Outcomes.of(study(checkpoints, family).weightBudget(0).startWith(family));

    assertThat(result.state()).isEqualTo(StudyState.DONE);
    assertThat(family.inherited).isEqualTo(Map.of(FORGOTTEN, 0, BEST, 1024));
  }

  @Test
  void weightBudget_belowZero_isRefused() {
    var family = new Family();
    StudyBuilder<Configuration> study = study("memory", family).weightBudget(-1);

    assertThatThrownBy(() -> study.startWith(family))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("weights.budget must be at least 0 bytes, but was -1");
  }
}
