package dev.troupe.bench;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.bench.Horizon.Unit;
import dev.troupe.bench.Trajectory.Step;
import dev.troupe.study.Direction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TrajectoryTest {

  private static final List<Step> STEPS =
      List.of(
          new Step(2, null, null, null),
          new Step(5, 0.5, 0.5, 0.4),
          new Step(5, 0.9, 0.9, 0.0),
          new Step(7.25, 0.7, 0.9, 0.0));

  private static Trajectory trajectory(Unit unit, double amount) {
    return new Trajectory("p", "random", 3, Direction.MAXIMIZE, new Horizon(unit, amount), STEPS);
  }

  @Test
  void at_countOfEvaluations_isTheLastStepUntilThen() {
    Trajectory trajectory = trajectory(Unit.EVALUATIONS, 4);
    assertThat(trajectory.at(0)).isNull();
    assertThat(trajectory.at(1)).isEqualTo(STEPS.get(0));
    assertThat(trajectory.at(2)).isEqualTo(STEPS.get(1));
    assertThat(trajectory.at(100)).isEqualTo(STEPS.get(3));
  }

  @Test
  void at_time_isTheLastStepUntilThen() {
    Trajectory trajectory = trajectory(Unit.SECONDS, 8);
    assertThat(trajectory.at(1.9)).isNull();
    assertThat(trajectory.at(2)).isEqualTo(STEPS.get(0));
    assertThat(trajectory.at(5)).isEqualTo(STEPS.get(2));
    assertThat(trajectory.at(7)).isEqualTo(STEPS.get(2));
    assertThat(trajectory.at(8)).isEqualTo(STEPS.get(3));
  }

  @Test
  void reached_target_countsEvaluationsInTheMetricsDirection() {
    Trajectory trajectory = trajectory(Unit.SECONDS, 8);
    assertThat(trajectory.reached(0.5)).isEqualTo(2);
    assertThat(trajectory.reached(0.6)).isEqualTo(3);
    assertThat(trajectory.reached(0.95)).isNull();
  }

  @Test
  void line_read_givesTheSame(@TempDir Path folder) throws IOException {
    List<Trajectory> all = List.of(trajectory(Unit.SECONDS, 8), trajectory(Unit.EVALUATIONS, 4));
    Path file =
        Files.writeString(
            folder.resolve("runs.jsonl"),
            Trajectories.line(all.get(0)) + "\n\n" + Trajectories.line(all.get(1)) + "\n");
    assertThat(Trajectories.read(file)).isEqualTo(all);
    assertThat(requireNonNull(Trajectories.read(file).get(0)).hasRegret()).isTrue();
  }

  @Test
  void read_somethingElse_namesTheLine(@TempDir Path folder) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("runs.jsonl"),
            Trajectories.line(trajectory(Unit.SECONDS, 8)) + "\n{\"trial\":1}\n");
    assertThatThrownBy(() -> Trajectories.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'runs.jsonl', line 2")
        .hasMessageEndingWith("Maybe it is another file.");
    assertThatThrownBy(() -> Trajectories.read(folder.resolve("none")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Maybe check the path");
  }
}
