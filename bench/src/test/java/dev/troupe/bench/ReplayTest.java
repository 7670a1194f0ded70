package dev.troupe.bench;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.Outcome;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class ReplayTest {

  private static final Objective LOSS = Objective.minimize("loss");
  private static final SearchSpace SPACE =
      SearchSpace.builder()
          .add(FloatParameter.linear("x", 0, 1))
          .add(CategoricalParameter.of("kind", "a", "b"))
          .build();

  @TempDir Path folder;

  private static Configuration candidate(double x, String kind) {
    return SPACE.configuration(Map.of("x", x, "kind", kind));
  }

  private static RecordedTrial trial(double x, String kind, double loss) {
    return new RecordedTrial(candidate(x, kind), Metrics.of("loss", loss), null, 2);
  }

  @Test
  void nearest_ofCandidates_prefersTheSameCategory() {
    RecordedTrial near = trial(0.5, "b", 1);
    RecordedTrial far = trial(0.0, "a", 2);
    Replay replay = Replay.of(SPACE, LOSS, List.of(near, far));
    assertThat(replay.nearest(candidate(0.6, "a"))).isEqualTo(far);
    assertThat(replay.nearest(candidate(0.9, "b"))).isEqualTo(near);
    assertThat(replay.optimum(LOSS)).hasValue(1);
    assertThat(replay.optimum(Objective.minimize("other"))).isEmpty();
    assertThat(replay.expected(candidate(0.1, "a"), "loss")).hasValue(2);
    assertThat(replay.size()).isEqualTo(2);
    assertThat(replay.evaluationsToBest()).isEqualTo(1);
  }

  @Test
  void run_ofAnotherStrategy_findsRecordedValuesOnly() {
    Replay replay =
        Replay.of(
            Examples.parabolaFile("", "").space(),
            LOSS,
            List.of(oneNumber(0.1, 3, null), oneNumber(0.5, 1, null), oneNumber(0.9, 0, "boom")));
    try (Problem problem = Problem.of(Examples.parabolaFile("", ""), replay);
        QualityBenchmark benchmark =
            QualityBenchmark.of(
                new QualityBenchmark.Options(List.of("random"), 3, 1, replay.bestValue()))) {
      Row row =
          benchmark
              .run(
                  problem,
                  (each, baseline, trajectories) ->
                      assertThat(trajectories.get(0).steps())
                          .extracting(Trajectory.Step::value)
                          .containsOnly(3.0, 1.0, null))
              .get(0);
      assertThat(requireNonNull(row.values(row.end())).median()).isEqualTo(1);
      assertThat(requireNonNull(row.regrets(row.end())).median()).isZero();
      assertThat(requireNonNull(row.reached()).count()).isEqualTo(3);
    }
  }

  private static RecordedTrial oneNumber(double x, double loss, String failure) {
    return new RecordedTrial(
        Configuration.of(Map.of("x", x)), Metrics.of("loss", loss), failure, 1);
  }

  @Test
  void of_trialsWithoutTheMetric_isRefused() {
    assertThatThrownBy(() -> Replay.of(SPACE, Objective.minimize("mse"), List.of(trial(0, "a", 1))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must have a value of 'mse', but none of 1 has");
  }

  @Test
  void of_endedTrial_leavesInterruptedOnesOut() {
    Suggestion suggestion = Suggestion.evaluate(candidate(0.2, "a"));
    var failed =
        new EndedTrial(TrialId.of(1), suggestion, List.of(), new Outcome.Failed("boom"), 0);
    assertThat(RecordedTrial.of(failed))
        .contains(new RecordedTrial(candidate(0.2, "a"), Metrics.none(), "boom", 1));
    var done =
        new EndedTrial(
            TrialId.of(2), suggestion, List.of(), new Outcome.Completed(Metrics.of("loss", 1)), 7);
    assertThat(RecordedTrial.of(done)).map(RecordedTrial::seconds).contains(7.0);
    var stopped = new EndedTrial(TrialId.of(3), suggestion, List.of(), new Outcome.Stopped(), 1);
    assertThat(RecordedTrial.of(stopped)).isEmpty();
  }

  @Test
  void read_whatRunPrints_givesItsTrials() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("trials.jsonl"),
            """
            {"trial":1,"state":"completed","configuration":{"x":0.25,"kind":"a"},"metrics":{"loss":1.5},"fidelity":{},"parent":null}
            {"trial":2,"state":"failed","configuration":{"x":1,"kind":"b"},"metrics":{"loss":null},"fidelity":{},"parent":null,"reason":"boom"}
            {"trial":3,"state":"stopped","configuration":{"x":1,"kind":"b"},"metrics":{},"fidelity":{},"parent":null}
            {"study":"s","state":"completed","trials":{},"best":null}
            """);
    assertThat(RecordedTrials.read(file, SPACE))
        .containsExactly(
            new RecordedTrial(candidate(0.25, "a"), Metrics.of("loss", 1.5), null, 1),
            new RecordedTrial(candidate(1, "b"), Metrics.none(), "boom", 1));
  }

  @Test
  void read_somethingElse_namesTheLine() throws IOException {
    Path file = Files.writeString(folder.resolve("trials.jsonl"), "Study s has ended\n");
    assertThatThrownBy(() -> RecordedTrials.read(file, SPACE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'trials.jsonl', line 1: it must be JSON")
        .hasMessageContaining("run --json");
    Files.writeString(
        file, "{\"trial\":1,\"state\":\"completed\",\"configuration\":{\"x\":7,\"kind\":\"a\"}}");
    assertThatThrownBy(() -> RecordedTrials.read(file, SPACE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("line 1: its configuration must be in the space")
        .hasMessageContaining("'x'");
  }
}
