package dev.troupe.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SavingsTest {

  private static final String TASK = "patch32_GRU128_bs128";

  private static SavingsRun run(String row, long seed, boolean reached, double epochs) {
    return new SavingsRun(
        new SavingsRun.Key(TASK, row, 1, seed), reached, 0.5, epochs, 2 * epochs, 1, 7);
  }

  @Test
  void quartiles_halfOfTheRunsInVain_areInfiniteFromTheMedianOn() {
    Quartiles quartiles =
        Quartiles.of(new double[] {Double.POSITIVE_INFINITY, 1, Double.POSITIVE_INFINITY, 2});

    assertThat(quartiles.low()).isEqualTo(1.75);
    assertThat(quartiles.median()).isInfinite();
    assertThat(quartiles.high()).isInfinite();
  }

  @Test
  void quartiles_ofNothing_areUnknown() {
    assertThat(Quartiles.of(new double[0]).median()).isNaN();
  }

  @Test
  void record_lineCutOff_keepsTheRunsBefore(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("runs.jsonl");
    SavingsRun first = run("asha:proposer=tpe", 1, true, 600);
    SavingsRecord.load(file, List.of()).add(first);
    Files.writeString(file, Files.readString(file) + "{\"task\":\"pat");

    assertThat(SavingsRecord.load(file, List.of()).runs()).containsExactly(first);
  }

  @Test
  void record_damagedBeforeItsEnd_isRefusedWithTheLine(@TempDir Path folder) throws IOException {
    Path file = folder.resolve("runs.jsonl");
    Files.writeString(file, "{\"task\":\n" + run("asha", 1, true, 1).json() + "\n");

    assertThatThrownBy(() -> SavingsRecord.load(file, List.of()))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("line 1");
  }

  @Test
  void row_pruner_isReadWithItsSettings() {
    SavingsRow row = SavingsRow.of("random+asha:eta=4");

    assertThat(row.pruner()).isNotNull();
    assertThat(SavingsRow.of("asha:proposer=tpe").pruner()).isNull();
  }

  @Test
  void table_runsInVain_countAsLargerThanAny() {
    var runs = new ArrayList<SavingsRun>();
    for (int seed = 1001; seed <= 1020; seed++) {
      runs.add(run(SavingsTask.REFERENCE, seed, false, 10_000));
    }
    runs.add(run("asha", 1, true, 1000));
    runs.add(run("asha", 2, true, 3000));
    runs.add(run("asha", 3, false, 20_000));
    runs.add(run("bohb", 1, false, 20_000));
    var out = new ByteArrayOutputStream();
    List<SavingsTask> tasks = SavingsTask.list(TASK, Path.of("."));

    new SavingsTable(runs, tasks, "asha", 20)
        .print(new PrintStream(out, true, StandardCharsets.UTF_8));

    assertThat(out.toString(StandardCharsets.UTF_8))
        .containsPattern("asha +1 +3 +0.300 .* 0.300 .* 66.7% +1.000")
        .containsPattern("bohb +1 +1 +never .* never .* 0.0% +never");
  }

  @Test
  void table_baselineInVain_comparesAsNothing() {
    List<SavingsRun> runs = List.of(run("asha", 1, false, 20_000), run("bohb", 1, true, 1000));
    var out = new ByteArrayOutputStream();

    new SavingsTable(runs, SavingsTask.list(TASK, Path.of(".")), "asha", 20)
        .print(new PrintStream(out, true, StandardCharsets.UTF_8));

    assertThat(out.toString(StandardCharsets.UTF_8))
        .containsPattern("asha +1 +1 +never .* 0.0% +-")
        .containsPattern("bohb +1 +1 +0.100 .* 100.0% +0.000");
  }
}
