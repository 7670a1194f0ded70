package dev.troupe.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.architecture.Architecture;
import dev.troupe.space.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(120)
class DrawCommandTest {

  private static final String STUDY =
      """
      study { metric = size, direction = minimize, seed = 3 }
      space = infer
      strategy { name = grid, levels = 3 }
      estimator { name = network-size }
      budget { trials = 9 }
      ledger = drawer
      """;

  @TempDir Path folder;

  private Path file = Path.of("");

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("sizes.conf"), STUDY);
  }

  private CommandLineRun run(Object... more) {
    return command("run", file, "--quiet", more);
  }

  private CommandLineRun draw(Object source, Object... more) {
    return command("draw", source, "--ledger=drawer", more);
  }

  private CommandLineRun command(Object name, Object file, Object option, Object... more) {
    var all = new ArrayList<Object>(List.of(name, file, option, "--home", folder));
    all.addAll(List.of(more));
    return CommandLineRun.of(all.toArray());
  }

  private Path json() throws IOException {
    Architecture network =
        NetworkSizeProvider.network(Configuration.of(Map.of("layers", 2, "units", 3)));
    return Files.writeString(folder.resolve("net.json"), network.toJson());
  }

  @Test
  void draw_studyFile_drawsTheBestTrial() {
    run();

    CommandLineRun drawn = draw(file);

    assertThat(drawn.status()).as(drawn.err()).isEqualTo(ExitStatus.DONE);
    assertThat(drawn.out()).startsWith("<svg ").endsWith("</svg>\n");
    assertThat(drawn.out()).contains("sizes, trial 1, size 14<").contains("dense 2");
  }

  @Test
  void draw_trial_drawsThatOne() {
    run();

    CommandLineRun drawn = draw(file, "--trial", 3, "--dot"); // it failed, but has a shape

    assertThat(drawn.status()).as(drawn.err()).isEqualTo(ExitStatus.DONE);
    assertThat(drawn.out()).startsWith("digraph").contains("sizes, trial 3\\n").contains("dense 4");
  }

  @Test
  void draw_json_drawsIt() throws IOException {
    CommandLineRun drawn = draw(json(), "--unfold");

    assertThat(drawn.status()).as(drawn.err()).isEqualTo(ExitStatus.DONE);
    assertThat(drawn.out()).contains(">net<", "dense-2: dense 3, 3 x 1 x 1, 12 parameters");
  }

  @Test
  void draw_out_writesTheFile() throws IOException {
    Path out = folder.resolve("net.svg");

    CommandLineRun drawn = draw(json(), "--out", out);

    assertThat(drawn.status()).as(drawn.err()).isEqualTo(ExitStatus.DONE);
    assertThat(drawn.out()).isEmpty();
    assertThat(drawn.err()).contains("Drawn: " + out);
    assertThat(out).content().startsWith("<svg ");
    assertThat(draw(json(), "--out", folder.resolve("none/net.svg")).err())
        .contains("cannot be written: its folder does not exist. Maybe make it first.");
  }

  @Test
  void draw_badFiles_areRefusedWithTheRemedy() throws IOException {
    Path broken = Files.writeString(folder.resolve("broken.json"), "{\"schema\":1,");
    Path shapes =
        Files.writeString(
            folder.resolve("shapes.json"),
            "{\"schema\":1,\"layers\":[{\"name\":\"a\",\"layer\":\"flatten\"}]}");

    assertThat(refusal(draw(folder.resolve("none.json")))).contains("none.json' does not exist");
    assertThat(refusal(draw(broken))).contains("broken.json", "must be JSON", "Maybe a brace");
    assertThat(refusal(draw(shapes))).contains("shapes.json", "needs one input", "Maybe add one.");
    assertThat(refusal(draw(folder.resolve("none.conf")))).contains("none.conf' does not exist");
    assertThat(refusal(draw(json(), "--trial", 1))).contains("are for study files");
  }

  @Test
  void draw_nameOfAStudy_tellsThatItsFileIsNeeded() {
    run();

    assertThat(refusal(draw("sizes")))
        .contains("Study 'sizes' is on record", "Maybe name that: troupe draw sizes.conf.");
    assertThat(refusal(draw("size"))).contains("Study file 'size' does not exist");
  }

  @Test
  void draw_spaceWithoutArchitectures_isRefused() throws IOException {
    Path other =
        Files.writeString(
            folder.resolve("other.conf"),
            STUDY.replace(
                "space = infer",
                "space { layers { type = int, low = 1, high = 3 },"
                    + " units { type = int, low = 2, high = 4 } }"));

    assertThat(refusal(draw(other)))
        .contains("must stand for architectures", "[layers, units]", "architecture { name");
  }

  @Test
  void draw_studyWithoutRecord_isRefused() {
    assertThat(refusal(draw(file))).contains("Study 'sizes' is not on record");
  }

  @Test
  void draw_unknownTrial_isRefused() {
    run();

    assertThat(refusal(draw(file, "--trial", 77)))
        .contains("Study 'sizes' has no trial 77, but 9 others. Maybe look at them");
  }

  @Test
  void draw_noCompletedTrial_fails() throws IOException {
    Files.writeString(file, STUDY.replace("metric = size", "metric = depth")); // is not measured
    run();

    CommandLineRun drawn = draw(file);

    assertThat(drawn.status()).isEqualTo(ExitStatus.FAILED);
    assertThat(drawn.out()).isEmpty();
    assertThat(drawn.err()).contains("no trial has completed", "--trial 1.");
  }

  private static String refusal(CommandLineRun run) {
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.out()).isEmpty();
    return run.err();
  }
}
