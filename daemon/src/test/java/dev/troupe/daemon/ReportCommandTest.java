package dev.troupe.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

@Timeout(120)
class ReportCommandTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  private static final String STUDY =
      """
      study { metric = size, direction = minimize, seed = 3 }
      space = infer
      strategy { name = grid, levels = 3 }
      estimator { name = network-size }
      budget { trials = 9 }
      ledger = drawer
      """;

  private static final String PROMOTED =
      """
      study { name = promoted, metric = value, direction = minimize, seed = 3, clock = virtual }
      space = infer
      strategy { name = asha }
      estimator { name = synthetic, problem = curves, epochs = 27, cost = 60 }
      budget { trials = 30 }
      ledger = drawer
      """;

  @TempDir Path folder;

  private Path file = Path.of("");
  private Path out = Path.of("");

  @BeforeEach
  void write() throws IOException {
    file = Files.writeString(folder.resolve("sizes.conf"), STUDY);
    out = folder.resolve("sizes.html");
  }

  private CommandLineRun run(Path study) {
    CommandLineRun run = CommandLineRun.of("run", study, "--quiet", "--home", folder);
    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.DONE);
    return run;
  }

  private CommandLineRun report(Object source, Object... more) {
    var all =
        new ArrayList<Object>(
            List.of("report", source, "--out", out, "--ledger=drawer", "--home", folder));
    all.addAll(List.of(more));
    return CommandLineRun.of(all.toArray());
  }

  private List<String> texts(String tag) throws Exception {
    Document page =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new InputSource(new StringReader(Files.readString(out))));
    NodeList nodes = page.getElementsByTagName(tag);
    return IntStream.range(0, nodes.getLength())
        .mapToObj(i -> nodes.item(i).getTextContent())
        .toList();
  }

  @Test
  void report_nameOfAStudy_writesThePage() throws Exception {
    run(file);

    CommandLineRun reported = report("sizes");

    assertThat(reported.status()).as(reported.err()).isEqualTo(ExitStatus.DONE);
    assertThat(reported.err()).contains("Reported: " + out);
    assertThat(texts("h1")).containsExactly("Study sizes");
    assertThat(texts("figcaption")).contains("Best size by trials", "layers", "units");
    assertThat(texts("h3")).contains("Trials that failed");
    assertThat(texts("summary")).doesNotContain("Its network");
  }

  @Test
  void report_studyFile_drawsTheBestNetwork() throws Exception {
    run(file);

    CommandLineRun reported = report(file);

    assertThat(reported.status()).as(reported.err()).isEqualTo(ExitStatus.DONE);
    assertThat(texts("summary")).contains("Its network");
    assertThat(texts("text")).contains("dense 2");
    assertThat(texts("pre").get(0)).contains("troupe run " + file + " --fresh");
  }

  @Test
  void report_sameRecord_givesTheSameBytes() throws IOException {
    run(file);
    report("sizes");
    String first = Files.readString(out);

    report("sizes");

    assertThat(out).content().isEqualTo(first);
  }

  @Test
  void report_promotedTrials_showsPausesAndWhatTheySaved() throws Exception {
    run(Files.writeString(folder.resolve("promoted.conf"), PROMOTED));

    CommandLineRun reported = report("promoted");

    assertThat(reported.status()).as(reported.err()).isEqualTo(ExitStatus.DONE);
    assertThat(texts("td")).contains("paused", "saved by low-fidelity");
    assertThat(texts("h2")).contains("Learning curves", "Timeline");
    assertThat(texts("rect")).anyMatch(text -> text.contains("paused"));
  }

  @Test
  void report_json_saysWhatWasWritten() throws IOException {
    run(file);

    CommandLineRun reported = report("sizes", "--json");
    JsonNode line = JSON.readTree(reported.out());

    assertThat(line.get("study").asText()).isEqualTo("sizes");
    assertThat(line.get("state").asText()).isEqualTo("done");
    assertThat(line.get("trials").asInt()).isEqualTo(9);
    assertThat(line.get("out").asText()).isEqualTo(out.toString());
    assertThat(line.get("bytes").asLong()).isEqualTo(Files.size(out));
  }

  @Test
  void report_damagedStudy_showsWhatIsIntact() throws Exception {
    run(Files.writeString(folder.resolve("torn.conf"), STUDY));

    CommandLineRun reported = report("torn");

    assertThat(reported.status()).as(reported.err()).isEqualTo(ExitStatus.DONE);
    assertThat(reported.err()).contains("Study 'torn' is damaged: page 7 cannot be read");
    assertThat(texts("li")).containsExactly("page 7 cannot be read");
    assertThat(texts("h2")).contains("Result", "All trials");
  }

  @Test
  void report_wrongUsage_isRefusedWithTheRemedy() {
    run(file);

    assertThat(report("size").err()).contains("'size' is not on record", "sizes");
    assertThat(report("sizes", "--set", "study.seed=1").err()).contains("Maybe leave it out.");
    out = folder.resolve("none/sizes.html");
    CommandLineRun refused = report("sizes");
    assertThat(refused.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(refused.err())
        .contains("cannot be written: its folder does not exist. Maybe make it first.");
    out = folder;
    assertThat(report("sizes").err())
        .contains("cannot be written: it is a folder. Maybe name a file in it.");
  }
}
