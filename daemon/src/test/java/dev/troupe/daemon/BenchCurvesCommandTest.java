package dev.troupe.daemon;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine.Command;

/** The command bench curves. */
@Timeout(240)
class BenchCurvesCommandTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir Path folder;

  private Path curves() throws IOException {
    var text = new StringBuilder("trial,epoch,accuracy\n");
    for (int trial = 0; trial < 24; trial++) {
      for (int epoch = 1; epoch <= (trial == 5 ? 3 : 30); epoch++) {
        double accuracy = 95 - (60 + trial) * Math.pow(epoch, -0.3 - 0.01 * trial);
        text.append("%d,%d,%s%n".formatted(trial, epoch, accuracy));
      }
    }
    return Files.writeString(folder.resolve("curves.csv"), text);
  }

  private static CommandLineRun run(Path file, Object... more) {
    var arguments = new ArrayList<Object>(List.of("bench", "curves", file));
    arguments.addAll(List.of("--id", "trial", "--step", "epoch", "--value", "accuracy"));
    arguments.addAll(List.of(more));
    return CommandLineRun.of(arguments.toArray());
  }

  private static List<JsonNode> json(CommandLineRun run) throws IOException {
    var nodes = new ArrayList<JsonNode>();
    for (String line : run.outLines()) {
      nodes.add(JSON.readTree(line));
    }
    return nodes;
  }

  @Test
  void help_percentSign_isPrintedOnce() {
    CommandLineRun run = CommandLineRun.of("bench", "curves", "--help");
    assertThat(run.status()).isZero();
    assertThat(run.out()).contains("was within the 90 % interval, and the computing time");
    String[] footer = BenchCurvesCommand.class.getAnnotation(Command.class).footer();
    assertThat(String.join("\n", footer).formatted()) // as picocli does, which warns if it cannot
        .contains("was within the 90 % interval");
  }

  @Test
  void curves_asJson_isALinePerStartAndVariant() throws IOException {
    CommandLineRun run = run(curves(), "--direction", "maximize", "--from", "4,8", "--json");
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
    List<JsonNode> lines = json(run);
    assertThat(lines).extracting(line -> line.get("from").asInt()).containsExactly(4, 4, 8, 8);
    assertThat(lines)
        .extracting(line -> line.get("variant").asText())
        .containsExactly("alone", "others", "alone", "others");
    for (JsonNode line : lines) {
      assertThat(line.get("curves").asInt()).isEqualTo(23);
      assertThat(line.get("mae").asDouble()).isLessThan(line.get("last-value-mae").asDouble());
      assertThat(line.get("coverage90").asDouble()).isBetween(0.0, 1.0);
      assertThat(line.get("ms-per-curve").asDouble()).isPositive();
    }
    assertThat(run.err()).contains("1 of 24 curves are left out");
  }

  @Test
  void curves_aStartBehindAllCurves_doesNotHideTheOthers() throws IOException {
    CommandLineRun run = run(curves(), "--direction", "maximize", "--from", "4,50", "--json");
    assertThat(run.status()).isEqualTo(ExitStatus.DONE);
    assertThat(run.outLines()).hasSize(2);
    assertThat(run.err()).contains("from 50: 24 of 24 curves are left out");
  }

  @Test
  void curves_forPeople_isATable() throws IOException {
    CommandLineRun run = run(curves(), "--direction", "maximize", "--from", "8");
    assertThat(run.outLines()).hasSize(4);
    assertThat(run.outLines().get(0)).isEqualTo("24 curves");
    assertThat(run.outLines().get(2)).startsWith("8 ").contains("alone");
  }

  @Test
  void curves_wrongDirectionColumnOrVariant_isWrongUsage() throws IOException {
    Path file = curves();
    assertThat(run(file, "--direction", "up", "--from", "4").err())
        .contains("minimize or maximize");
    assertThat(run(file, "--direction", "maximize", "--from", "4", "--variants", "fats").err())
        .contains("Maybe")
        .contains("fast");
    CommandLineRun late = run(file, "--direction", "maximize", "--from", "30");
    assertThat(late.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(late.err()).contains("--from 30");
  }

  @Test
  void list_curveModels_namesOurs() {
    assertThat(CommandLineRun.of("list", "curve-models").out())
        .contains("fast")
        .contains("mcmc")
        .contains("others")
        .contains("burn-in");
  }

  /** What the README says of 128 networks on CIFAR-10. */
  @Test
  void curves_recordedNetworks_areForetoldAsPromised() throws IOException {
    String data = System.getenv("TROUPE_DATA");
    assumeThat(data).as("TROUPE_DATA names the folder of recorded curves").isNotNull();
    Path recorded = Path.of(data, "cnn-curves-klein");
    assumeThat(recorded).isDirectory();
    CommandLineRun run =
        CommandLineRun.of(
            "bench",
            "curves",
            recorded.resolve("curves.csv.gz"),
            "--id",
            "config",
            "--step",
            "epoch",
            "--value",
            "valid_error",
            "--direction",
            "minimize",
            "--from",
            "4,8",
            "--configs",
            recorded.resolve("configs.csv"),
            "--json");
    assertThat(run.err()).contains("final_error, runtime_s repeat what curves end with");
    for (JsonNode line : json(run)) {
      double ratio = line.get("mae").asDouble() / line.get("last-value-mae").asDouble();
      assertThat(ratio).isLessThan(line.get("variant").asText().equals("alone") ? 0.5 : 0.25);
      assertThat(line.get("coverage90").asDouble()).isBetween(0.85, 0.97);
    }
  }
}
