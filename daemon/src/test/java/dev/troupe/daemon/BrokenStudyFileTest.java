package dev.troupe.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Whatever is wrong with a study file is told in one or two lines that name place and remedy. */
class BrokenStudyFileTest {

  private static final String STUDY =
      "study { name = s, metric = accuracy, direction = maximize }\n";
  private static final String SPACE =
      "space { learning-rate { type = float, low = 1e-4, high = 1e-1, scale = log } }\n";
  private static final String ESTIMATOR = "estimator { name = dl4j-mlp, data = iris }\n";

  @TempDir Path folder;

  static Stream<Arguments> brokenFiles() {
    return Stream.of(
        file(
            "unknown key",
            STUDY + SPACE + ESTIMATOR + "budget { trails = 4 }\n",
            "budget.trails",
            "line 4",
            "'trials'"),
        file("unknown section", STUDY + SPACE + ESTIMATOR + "buget { trials = 4 }\n", "'budget'"),
        file(
            "unknown estimator key",
            STUDY + SPACE + "estimator { name = dl4j-mlp, data = iris, epoch = 3 }\n",
            "estimator.epoch",
            "line 3",
            "'epochs'"),
        file(
            "weights of a size that is none",
            STUDY + SPACE + ESTIMATOR + "weights { budget = plenty }\n",
            "weights.budget",
            "line 4",
            "512MiB"),
        file(
            "weights of a size below zero",
            STUDY + SPACE + ESTIMATOR + "weights { budget = -1 }\n",
            "weights.budget",
            "line 4",
            "at least 0"),
        file(
            "unknown key of weights",
            STUDY + SPACE + ESTIMATOR + "weights { buget = 1GiB }\n",
            "weights.buget",
            "line 4",
            "'budget'"),
        file(
            "unknown pruner",
            STUDY + SPACE + ESTIMATOR + "pruner { name = ascha }\n",
            "no pruner named 'ascha'",
            "Maybe 'asha'"),
        file(
            "pruner that lets all go on",
            STUDY + SPACE + ESTIMATOR + "pruner { name = asha, eta = 1 }\n",
            "pruner.eta",
            "line 4",
            "from 2"),
        file(
            "fidelity of no axis",
            STUDY + SPACE + ESTIMATOR + "fidelity { check = 5 }\n",
            "fidelity.axes must name",
            "Maybe axes { epochs = 5 }"),
        file(
            "fidelity of an unknown axis",
            STUDY + SPACE + ESTIMATOR + "fidelity { axes { epoch = 5 } }\n",
            "fidelity.axes.epoch",
            "epochs",
            "Maybe"),
        file(
            "more of an axis than there is",
            STUDY + SPACE + ESTIMATOR + "fidelity { axes { epochs = 100000 } }\n",
            "fidelity.axes.epochs must be from 1",
            "Maybe"),
        file(
            "amount of an axis that is none",
            STUDY + SPACE + ESTIMATOR + "fidelity { axes { epochs = -1 } }\n",
            "fidelity.axes.epochs",
            "line 4"),
        file(
            "unknown key of fidelity",
            STUDY + SPACE + ESTIMATOR + "fidelity { axes { epochs = 2 }, warn-bellow = 0.5 }\n",
            "fidelity.warn-bellow",
            "line 4",
            "'warn-below'"),
        file(
            "fidelity for a strategy that has its own",
            STUDY
                + SPACE
                + ESTIMATOR
                + "strategy { name = asha }\nfidelity { axes { epochs = 2 } }\n",
            "fidelity.axes",
            "Maybe random"),
        file(
            "low above high",
            STUDY
                + "space {\n  learning-rate { type = float, low = 1, high = 0.1 }\n}\n"
                + ESTIMATOR,
            "learning-rate",
            "line 3",
            "swap"),
        file(
            "log of zero",
            STUDY
                + "space {\n  learning-rate { type = float, low = 0, high = 0.1, scale = log }\n}\n"
                + ESTIMATOR,
            "learning-rate",
            "line 3",
            "Maybe use a linear scale"),
        file(
            "condition on a missing parameter",
            STUDY
                + "space {\n  optimizer { type = categorical, choices = [adam, sgd] }\n"
                + "  momentum { type = float, low = 0, high = 1, when { optimiser = [sgd] } }\n}\n"
                + ESTIMATOR,
            "momentum",
            "optimiser",
            "'optimizer'"),
        file(
            "cycle of conditions",
            STUDY
                + "space {\n  a { type = boolean, when { b = [true] } }\n"
                + "  b { type = boolean, when { a = [true] } }\n}\n"
                + ESTIMATOR,
            "cycle",
            "'a'",
            "'b'",
            "Maybe remove"),
        file(
            "empty choices",
            STUDY + "space {\n  optimizer { type = categorical, choices = [] }\n}\n" + ESTIMATOR,
            "optimizer",
            "line 3",
            "Maybe choices = [a, b]"),
        file(
            "unknown strategy",
            STUDY + SPACE + ESTIMATOR + "strategy { name = randon }\n",
            "randon",
            "line 4",
            "'random'"),
        file(
            "unknown clock",
            "study { metric = loss, direction = minimize, clock = virtuel }\n" + SPACE + ESTIMATOR,
            "study.clock",
            "line 1",
            "'virtual'"),
        file(
            "simulation on the machine's clock",
            STUDY + SPACE + ESTIMATOR + "simulation { workers = 5 }\n",
            "simulation (",
            "line 4",
            "Maybe study.clock = virtual"),
        file(
            "virtual budget on the machine's clock",
            STUDY + SPACE + ESTIMATOR + "budget { virtual-time = 5h }\n",
            "budget.virtual-time",
            "Maybe study.clock = virtual"),
        file(
            "no workers",
            "study { metric = loss, direction = minimize, clock = virtual }\n"
                + SPACE
                + ESTIMATOR
                + "simulation { workers = 0 }\n",
            "simulation.workers",
            "line 4"),
        file(
            "worker that lives for an unknown time",
            "study { metric = loss, direction = minimize, clock = virtual }\n"
                + SPACE
                + ESTIMATOR
                + "simulation { deaths { repair = 5m } }\n",
            "simulation.deaths.mean-life must be set"),
        file(
            "space to be inferred from nothing",
            STUDY + "space = infer\n" + ESTIMATOR,
            "estimator 'dl4j-mlp' implies no space",
            "Maybe write it out"),
        file(
            "hints about a space that is written out",
            STUDY + SPACE + ESTIMATOR + "infer { log = [a] }\n",
            "infer (",
            "line 4",
            "Maybe space = infer"),
        file(
            "unknown estimator",
            STUDY + SPACE + "estimator { name = dl4j-mpl }\n",
            "dl4j-mpl",
            "line 3",
            "'dl4j-mlp'"),
        file(
            "unknown data set",
            STUDY + SPACE + "estimator { name = dl4j-mlp, data = digit }\n",
            "digit",
            "'digits'"),
        file(
            "duplicate names",
            STUDY
                + "space {\n  learning-rate { type = float, low = 0.1, high = 0.2 }\n"
                + "  learning-rate { type = float, low = 0.1, high = 0.3 }\n}\n"
                + ESTIMATOR,
            "learning-rate",
            "Maybe"),
        file(
            "wrong type",
            STUDY
                + "space {\n  learning-rate { type = float, low = cheap, high = 1 }\n}\n"
                + ESTIMATOR,
            "learning-rate.low",
            "line 3",
            "number"),
        file(
            "wrong type of a section",
            STUDY + SPACE + ESTIMATOR + "budget = 7\n",
            "budget",
            "line 4",
            "block"),
        file(
            "constraint nothing satisfies",
            STUDY + SPACE + ESTIMATOR + "constraints = [\"learning-rate > 1\"]\n",
            "learning-rate > 1",
            "Maybe loosen"),
        file(
            "constraint on an unknown parameter",
            STUDY + SPACE + ESTIMATOR + "constraints = [\"learning-rat > 1\"]\n",
            "learning-rat",
            "'learning-rate'"),
        file(
            "parameter that the estimator does not know",
            STUDY + "space { learning-rat { type = float, low = 0.1, high = 1 } }\n" + ESTIMATOR,
            "learning-rat",
            "'learning-rate'"),
        file(
            "metric that the estimator does not report",
            "study { metric = acuracy, direction = maximize }\n" + SPACE + ESTIMATOR,
            "acuracy",
            "'accuracy'"),
        file(
            "no direction", "study { metric = accuracy }\n" + SPACE + ESTIMATOR, "study.direction"),
        file(
            "objectives of a wrong type",
            "objectives = accuracy\n" + SPACE + ESTIMATOR,
            "objectives",
            "line 1",
            "list of blocks"),
        file("no space", STUDY + ESTIMATOR, "space must be set"),
        file(
            "unknown space of architectures",
            STUDY + "architecture { name = nasnett }\n" + ESTIMATOR,
            "nasnett",
            "line 2",
            "'nasnet'"),
        file(
            "unknown key of a space of architectures",
            STUDY + "architecture { name = nasnet, chanels = 4 }\n" + ESTIMATOR,
            "architecture.chanels",
            "line 2",
            "'channels'"),
        file(
            "architectures for nothing",
            STUDY
                + "architecture { name = nasnet }\nestimator { name = process, command = [true] }\n",
            "architecture.input must be set",
            "Maybe input = [3, 32, 32]"),
        file(
            "architectures for an impossible input",
            STUDY + "architecture { name = nasnet, input = [8, 8], outputs = 2 }\n" + ESTIMATOR,
            "architecture.input",
            "line 2",
            "[channels, height, width]"),
        file(
            "a parameter that the architecture has",
            STUDY
                + "architecture { name = nas-bench-201 }\n"
                + "space { e01 { type = boolean } }\n"
                + "estimator { name = dl4j-architecture, data = digits }\n",
            "'e01'",
            "occurs again"),
        file(
            "architectures for an estimator of one kind of network",
            STUDY + "architecture { name = nas-bench-201 }\n" + ESTIMATOR.replace("iris", "digits"),
            "e01",
            "not known to estimator 'dl4j-mlp'"),
        file(
            "networks without an architecture",
            STUDY + SPACE + "estimator { name = dl4j-architecture, data = digits }\n",
            "dl4j-architecture",
            "Maybe",
            "architecture {"),
        file("not HOCON", STUDY + SPACE + "estimator { name = ", "study.conf", "Maybe"),
        file("unresolved substitution", STUDY + SPACE + "estimator = ${other}\n", "other", "Maybe"),
        file("empty file", "", "is empty"));
  }

  private static Arguments file(String problem, String text, String... expected) {
    return Arguments.of(problem, text, expected);
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("brokenFiles")
  void run_brokenFile_isRefusedWithPlaceAndRemedy(String problem, String text, String[] expected)
      throws IOException {
    Path file = Files.writeString(folder.resolve("study.conf"), text);

    for (String command : new String[] {"run", "check"}) {
      CommandLineRun run = CommandLineRun.of(command, file);

      assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.USAGE);
      assertThat(run.out()).isEmpty();
      assertThat(run.err()).startsWith("troupe: ").contains(expected).doesNotContain("Exception");
      assertThat(run.err().lines()).as(run.err()).hasSizeLessThanOrEqualTo(2);
    }
  }

  @Test
  void run_missingFile_isRefused() {
    CommandLineRun run = CommandLineRun.of("run", folder.resolve("none.conf"));

    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err()).contains("none.conf", "does not exist", "Maybe");
  }

  @Test
  void run_unreadableFile_isRefused() {
    CommandLineRun run = CommandLineRun.of("run", folder);

    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err()).contains("cannot be read", "Maybe");
    assertThat(run.err().lines()).hasSizeLessThanOrEqualTo(2);
  }

  @Test
  void run_binaryFile_isRefused() throws IOException {
    Path file =
        Files.write(folder.resolve("study.conf"), new byte[] {(byte) 0xC3, 0x28, 0, (byte) 0xFF});

    CommandLineRun run = CommandLineRun.of("run", file);

    assertThat(run.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err()).contains("UTF-8", "Maybe");
  }

  @ParameterizedTest
  @MethodSource("wrongUsage")
  void execute_wrongUsage_isRefused(String[] arguments, String expected) {
    CommandLineRun run = CommandLineRun.of((Object[]) arguments);

    assertThat(run.status()).as(run.err()).isEqualTo(ExitStatus.USAGE);
    assertThat(run.err()).contains(expected);
  }

  static Stream<Arguments> wrongUsage() {
    return Stream.of(
        Arguments.of(new String[] {"rum"}, "rum"),
        Arguments.of(new String[] {"run"}, "FILE"),
        Arguments.of(new String[] {"run", "x.conf", "--jsno"}, "--jsno"),
        Arguments.of(new String[] {"list", "strategy"}, "'strategies'"));
  }
}
