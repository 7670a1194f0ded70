package dev.troupe.bench;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PeerRunsTest {

  @TempDir Path folder;

  private static List<Row> rows(Path file, String more, Double target) {
    try (Problem problem = Examples.parabola("", more)) {
      return PeerRuns.read(List.of(file)).rows(problem, target);
    }
  }

  @Test
  void rows_ofRegrets_haveThoseThatWereRecorded() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("runs.csv"),
            """
            peer,version,problem,budget,seed,regret_10,regret_25,regret_50,regret_100,cpu_ms_per_trial
            tpe,4.9,parabola,100,0,0.5,0.25,0.1,0.01,3
            tpe,4.9,parabola,100,1,0.7,0.35,0.2,0.03,3
            short,1,parabola,50,0,0.5,0.4,0.3,,9
            tpe,4.9,other,100,0,1,1,1,1,3
            """);
    List<Row> rows = rows(file, "budget { trials = 100 }", null);

    assertThat(rows).extracting(Row::strategy).containsExactly("short", "tpe");
    assertThat(rows).allMatch(Row::isRecorded).noneMatch(Row::hasValues);
    Row tpe = rows.get(1);
    assertThat(tpe.labels()).containsExactly("25", "50", "100");
    assertThat(requireNonNull(tpe.regrets(0)).median()).isEqualTo(0.3);
    assertThat(requireNonNull(tpe.regrets(tpe.end())).mean()).isEqualTo(0.02);
    assertThat(rows.get(0).regrets(2)).isNull();
  }

  @Test
  void rows_ofValues_haveTheBestSoFarAndTheTarget() throws IOException {
    var text = new StringBuilder("optimizer,benchmark,run,eval,loss\n");
    for (int run = 0; run < 2; run++) {
      for (int eval = 1; eval <= 35; eval++) {
        text.append("tpe,parabola,%d,%d,%s%n".formatted(run, eval, 40.5 + run - eval % 30));
      }
    }
    Path file = folder.resolve("runs.csv.gz");
    try (Writer out =
        new OutputStreamWriter(
            new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8)) {
      out.write(text.toString());
    }
    List<Row> rows = rows(file, "", 15.5);

    assertThat(rows).hasSize(1);
    Row row = rows.get(0);
    assertThat(row.runs())
        .extracting(Run::values)
        .containsExactly(List.of(15.5, 11.5), List.of(16.5, 12.5));
    assertThat(row.runs()).extracting(Run::reached).containsExactly(25L, 26L);
    assertThat(row.hasRegrets()).isFalse();
  }

  @Test
  void rows_whereTheBudgetIsATime_areNone() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("runs.csv"), "peer,problem,seed,regret_25\ntpe,parabola,0,0.5\n");
    assertThat(rows(file, "budget = null, budget { virtual-time = 1h }", null)).isEmpty();
  }

  @Test
  void read_ofWrongFiles_saysWhatIsWrong() throws IOException {
    var messages = new ArrayList<String>();
    for (String text :
        List.of(
            "a,b\n1,2\n",
            "peer,problem,seed,regret_25\ntpe,p,0,many\n",
            "optimizer,benchmark,run,eval,loss\ntpe,p,0.5,1,2\n",
            "optimizer,benchmark,run,eval,loss\ntpe,p,0,1\n")) {
      Path file = Files.writeString(folder.resolve("runs.csv"), text);
      assertThatThrownBy(() -> PeerRuns.read(List.of(file)))
          .isInstanceOf(IllegalArgumentException.class)
          .satisfies(e -> messages.add(requireNonNull(e.getMessage())));
    }
    assertThat(messages.get(0)).contains("'runs.csv'", "but are a, b", "another file");
    assertThat(messages.get(1)).contains("line 2", "'regret_25' must be a number", "'many'");
    assertThat(messages.get(2)).contains("'run' must be a whole number", "'0.5'");
    assertThat(messages.get(3)).contains("'runs.csv'", "cut short");
    assertThatThrownBy(() -> PeerRuns.read(List.of(folder.resolve("none.csv"))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Maybe check the path");
  }

  @Test
  void rows_ofRunsWithoutANumber_areMissingThere() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("nan.csv"),
            "peer,problem,seed,regret_25\na,parabola,1,nan\na,parabola,2,0.5\na,parabola,3,-inf\n");
    try (Problem problem = Examples.parabola("", "")) {
      Row row = PeerRuns.read(List.of(file)).rows(problem, null).get(0);

      Summary regrets = requireNonNull(row.regrets(0));
      assertThat(regrets.median()).isEqualTo(0.5);
      assertThat(regrets.missing()).isEqualTo(2);
    }
  }

  @Test
  void read_ofWhatIsNoTable_saysWhy() throws IOException {
    Path header = Files.writeString(folder.resolve("header.csv"), "peer,problem,seed,regret_25\n");

    assertThatThrownBy(() -> PeerRuns.read(List.of(header)))
        .hasMessageContaining("'header.csv' must have a row below the header");
    assertThatThrownBy(() -> PeerRuns.read(List.of(folder.resolve("none.csv"))))
        .hasMessageContaining("it does not exist");
    assertThatThrownBy(() -> PeerRuns.read(List.of(folder))).hasMessageContaining("it is a folder");
  }
}
