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
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
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

  /** The first trial is the best one; the fourth and the fifth name parents. */
  private static Suggestion suggestion(long number) {
    WeightSource weights =
        number == 4
            ? new WeightSource.Partial(FORGOTTEN)
            : number == 5 ? new WeightSource.Partial(BEST) : WeightSource.fresh();
    return new Suggestion.Evaluate(
        SPACE.configuration(Map.of("x", number / 10.0)), Fidelity.full(), weights);
  }

  private StudyBuilder<Configuration> study(String checkpoints) {
    var suggested = new AtomicLong();
    return troupe
        .study("tight", SPACE)
        .ledger("memory")
        .home(home)
        .checkpoints(checkpoints)
        .parallelism(1)
        .lookahead(1)
        .budget(Budget.trials(5))
        .strategy(
            Strategies.of(
                "family",
                request ->
                    new FixedStrategy(() -> List.of(suggestion(suggested.incrementAndGet())))));
  }

  /** Leaves a kilobyte of its own; says how many bytes it has inherited. */
  private static final class Heirs implements Estimator {

    final Map<Long, Integer> inherited = new ConcurrentHashMap<>();

    @Override
    public Metrics evaluate(Suggestion suggestion, Evaluation evaluation) {
      var evaluate = (Suggestion.Evaluate) suggestion;
      long number = evaluation.attempt().trial().number();
      if (number == 3) {
        awaitForgotten(evaluation);
      }
      TrialId parent = evaluate.weights().parent();
      if (parent != null) {
        inherited.put(number, evaluation.left(parent).map(bytes -> bytes.length).orElse(0));
      }
      byte[] content = new byte[1024];
      content[0] = (byte) number;
      assertThat(evaluation.leave(out -> out.write(content))).isTrue();
      return Metrics.of("loss", evaluate.candidate().getDouble("x"));
    }

    /** What there is no room for is forgotten in the background. */
    private static void awaitForgotten(Evaluation evaluation) {
      while (evaluation.left(FORGOTTEN).isPresent()) {
        Thread.yield();
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "file"})
  void weightBudget_none_keepsTheBestTrialsAlone(String checkpoints) {
    var heirs = new Heirs();

    StudyResult result = Outcomes.of(study(checkpoints).weightBudget(0).startWith(heirs));

    assertThat(result.state()).isEqualTo(StudyState.DONE);
    assertThat(result.trials()).isEqualTo(5);
    assertThat(heirs.inherited).isEqualTo(Map.of(4L, 0, 5L, 1024));
  }

  @Test
  void weightBudget_belowZero_isRefused() {
    StudyBuilder<Configuration> study = study("memory").weightBudget(-1);

    assertThatThrownBy(() -> study.startWith(new Heirs()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("weights.budget must be at least 0 bytes, but was -1");
  }
}
