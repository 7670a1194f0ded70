package dev.troupe.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.estimator.Evaluation;
import dev.troupe.estimator.Playback;
import dev.troupe.estimator.SimulatedEstimator;
import dev.troupe.space.Configuration;
import dev.troupe.study.Fidelity;
import dev.troupe.study.Metrics;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.WeightSource;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class CurveMemoryTest {

  private static final int FULL = 9;

  private int asked;

  /** Tells the step as its metric, and takes two seconds a step. */
  private final class Steps implements SimulatedEstimator {

    private final boolean hasCurves;

    Steps(boolean hasCurves) {
      this.hasCurves = hasCurves;
    }

    @Override
    public OptionalLong fullStep() {
      return hasCurves ? OptionalLong.of(FULL) : OptionalLong.empty();
    }

    @Override
    public Playback play(Suggestion.Evaluate suggestion, Evaluation evaluation) {
      asked++;
      if (!hasCurves) {
        return Playback.of(Metrics.of("step", FULL), 2 * FULL);
      }
      long last = (long) suggestion.fidelity().amount("epochs", FULL);
      return Playback.of(
          LongStream.rangeClosed(1, last)
              .mapToObj(step -> new Playback.Point(step, Metrics.of("step", step), 2 * step))
              .toList());
    }

    @Override
    public void close() {}
  }

  @Test
  void play_knownAsFar_tellsTheBeginningWithoutAsking() throws Exception {
    var memory = new CurveMemory(new Steps(true));

    assertThat(steps(play(memory, 1, Fidelity.of("epochs", 3)))).containsExactly(1L, 2L, 3L);
    assertThat(steps(play(memory, 1, Fidelity.of("epochs", 2.9)))).containsExactly(1L, 2L);
    assertThat(play(memory, 1, Fidelity.of("epochs", 2)).seconds()).isEqualTo(4);
    assertThat(asked).isEqualTo(1);
  }

  @Test
  void play_furtherOrAnother_asks() throws Exception {
    var memory = new CurveMemory(new Steps(true));
    play(memory, 1, Fidelity.of("epochs", 3));

    assertThat(steps(play(memory, 1, Fidelity.full()))).hasSize(FULL);
    assertThat(steps(play(memory, 1, Fidelity.of("epochs", 7)))).hasSize(7);
    assertThat(asked).isEqualTo(2);
    play(memory, 2, Fidelity.of("epochs", 3));
    assertThat(asked).isEqualTo(3);
  }

  @Test
  void play_withoutCurves_remembersTheResult() throws Exception {
    var memory = new CurveMemory(new Steps(false));

    Playback first = play(memory, 1, Fidelity.full());

    assertThat(play(memory, 1, Fidelity.full())).isEqualTo(first);
    assertThat(asked).isEqualTo(1);
  }

  private static Playback play(CurveMemory memory, int candidate, Fidelity fidelity)
      throws Exception {
    return memory.play(
        new Suggestion.Evaluate(
            Configuration.of(Map.of("x", candidate)), fidelity, WeightSource.fresh()),
        new Trainings.Alone(TrialId.of(1)));
  }

  private static List<Long> steps(Playback playback) {
    return playback.points().stream().map(Playback.Point::step).toList();
  }
}
