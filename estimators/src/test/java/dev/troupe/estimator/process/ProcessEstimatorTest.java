package dev.troupe.estimator.process;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.Shape;
import dev.troupe.estimator.RecordingEvaluation;
import dev.troupe.estimator.weights.Checkpoint;
import dev.troupe.space.Configuration;
import dev.troupe.space.IntParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.Fidelity;
import dev.troupe.study.Measurement;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.Verdict;
import dev.troupe.study.WeightSource;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Programs that behave and programs that do not; every one ends, and nothing stays behind. */
@Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
final class ProcessEstimatorTest {

  private static final List<Objective> LOSS = List.of(Objective.minimize("loss"));
  private static final String RESULT = "echo '{\"metrics\":{\"loss\":0.5}}'\n";
  private static final String STEP = "echo '{\"step\":1,\"metrics\":{\"loss\":0.5}}'\n";

  @TempDir Path folder;

  @AfterEach
  void noProcessAndNoThreadIsLeft() {
    assertThat(ProcessHandle.current().descendants().filter(ProcessHandle::isAlive)).isEmpty();
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.matches("troupe-process-\\d+-.*"));
  }

  @Test
  void evaluate_oneLineWithoutStep_isTheResult() throws Exception {
    var evaluation = RecordingEvaluation.of(1);

    assertThat(run("read request\n" + RESULT, evaluation)).isEqualTo(Metrics.of("loss", 0.5));
    assertThat(evaluation.reports()).isEmpty();
  }

  @Test
  void evaluate_severalSteps_reportsEachAndReturnsTheLast() throws Exception {
    var evaluation = RecordingEvaluation.of(1);
    Metrics result =
        run(
            """
            for i in 1 2 3; do
              echo "{\\"step\\":$i,\\"metrics\\":{\\"loss\\":$i}}"
            done
            """,
            evaluation);

    assertThat(evaluation.reports()).extracting(Measurement::step).containsExactly(1L, 2L, 3L);
    assertThat(result.get("loss")).isEqualTo(3);
  }

  @Test
  void evaluate_stepsThenLineWithoutStep_thatIsTheResult() throws Exception {
    assertThat(run(STEP + "echo '{\"loss\":0.1,\"size\":3}'", RecordingEvaluation.of(1)))
        .isEqualTo(Metrics.of("loss", 0.1, "size", 3));
  }

  @Test
  void evaluate_lastLineWithoutLineFeed_counts() throws Exception {
    assertThat(run("printf '{\"loss\":0.1}'", RecordingEvaluation.of(1)).get("loss"))
        .isEqualTo(0.1);
  }

  @Test
  void evaluate_blankLinesAndCarriageReturns_areFine() throws Exception {
    assertThat(run("printf '\\r\\n\\n{\"loss\":1}\\r\\n'", RecordingEvaluation.of(1)).get("loss"))
        .isEqualTo(1);
  }

  @Test
  void evaluate_nanAndNull_areValuesThatAreNotFinite() throws Exception {
    Metrics result =
        run("echo '{\"loss\":NaN,\"other\":null,\"more\":-Infinity}'", RecordingEvaluation.of(1));

    assertThat(result.numbers())
        .containsExactly(
            entry("loss", Double.NaN),
            entry("other", Double.NaN),
            entry("more", Double.NEGATIVE_INFINITY));
  }

  @Test
  void evaluate_request_holdsTrialConfigurationFidelityAndSeed() throws Exception {
    var values = new LinkedHashMap<String, Object>();
    values.put("rate", 1e-4);
    values.put("layers", 3);
    values.put("optimizer", "größer");
    values.put("bias", true);
    var suggestion =
        new Suggestion.Evaluate(
            Configuration.of(values),
            new Fidelity(Map.of("epochs", 3.0, "data", 0.5)),
            WeightSource.fresh());
    var evaluation = RecordingEvaluation.of(12);

    try (var estimator = estimator("read -r line; echo \"$line\" > request\n" + RESULT)) {
      estimator.evaluate(suggestion, evaluation);
    }

    assertThat(Files.readString(folder.resolve("request")).strip())
        .isEqualTo(
            "{\"trial\":12,\"configuration\":{\"rate\":1.0E-4,\"layers\":3,"
                + "\"optimizer\":\"größer\",\"bias\":true},"
                + "\"fidelity\":{\"data\":0.5,\"epochs\":3},\"seed\":%d}"
                    .formatted(evaluation.seed("process")));
  }

  @Test
  void evaluate_inheritedWeights_areNamedInTheRequest() throws Exception {
    var suggestion =
        new Suggestion.Evaluate(
            Configuration.empty(), Fidelity.full(), new WeightSource.Checkpoint(TrialId.of(3)));
    try (var estimator = estimator("read -r line; echo \"$line\" > request\n" + RESULT)) {
      estimator.evaluate(suggestion, RecordingEvaluation.of(3));
    }

    JsonNode request = new ObjectMapper().readTree(folder.resolve("request").toFile());
    assertThat(request.get("weights").toString())
        .isEqualTo("{\"from\":\"checkpoint\",\"trial\":3}");
  }

  /** Counts to three, saves itself after each step, and goes on from what it had saved. */
  private static final String SAVING =
      """
      read -r request; echo "$request" > request
      file=$(echo "$request" | sed 's/.*"checkpoint":"\\([^"]*\\)".*/\\1/')
      step=0
      case "$request" in *'"resume"'*)
        step=$(cat "$(echo "$request" | sed 's/.*"path":"\\([^"]*\\)".*/\\1/')") ;;
      esac
      while [ "$step" -lt 3 ]; do
        step=$((step + 1))
        echo "{\\"step\\":$step,\\"metrics\\":{\\"loss\\":$step}}"
        read -r verdict
        echo "$step" > "$file"
        echo "{\\"checkpoint\\":$step}"
        read -r verdict; echo "$verdict" > answer
      done
      """;

  @Test
  void evaluate_programThatSavesItself_goesOnFromThere() throws Exception {
    RecordingEvaluation whole = RecordingEvaluation.of(1).keepingCheckpoints();
    assertThat(run(SAVING, whole)).isEqualTo(Metrics.of("loss", 3));
    assertThat(whole.saved()).extracting(Checkpoint::step).containsExactly(1L, 2L, 3L);
    assertThat(Files.readString(folder.resolve("answer")).strip())
        .isEqualTo("{\"verdict\":\"continue\"}");

    for (Checkpoint checkpoint : whole.saved()) {
      assertThat(new String(checkpoint.bytes(), UTF_8).strip()).isEqualTo("" + checkpoint.step());
      RecordingEvaluation rest =
          RecordingEvaluation.of(1).keepingCheckpoints().goingOnFrom(checkpoint);
      run(SAVING, rest);
      assertThat(rest.reports()).isEqualTo(whole.reports().subList((int) checkpoint.step(), 3));
    }
  }

  @Test
  void evaluate_programHasEnded_itsCheckpointFilesAreGone() throws Exception {
    run(SAVING, RecordingEvaluation.of(1).keepingCheckpoints());

    JsonNode request = new ObjectMapper().readTree(folder.resolve("request").toFile());
    Path file = Path.of(request.get("checkpoint").asText());
    assertThat(file.getParent()).isAbsolute().doesNotExist();
  }

  @Test
  void evaluate_announcementWhereNothingIsKept_isPassedOver() throws Exception {
    assertThat(run("echo '{\"checkpoint\":1}'\n" + RESULT, RecordingEvaluation.of(1)))
        .isEqualTo(Metrics.of("loss", 0.5));
  }

  @Test
  void evaluate_announcementWithoutFile_breaksTheProtocol() {
    assertThatThrownBy(
            () ->
                run(
                    "echo '{\"checkpoint\":1}'; sleep 10",
                    RecordingEvaluation.of(1).keepingCheckpoints()))
        .hasMessageContaining(
            "broke the protocol: a checkpoint must be written before {\"checkpoint\":1}, but there was no file");
    assertThatThrownBy(
            () ->
                run(
                    "echo '{\"checkpoint\":-1}'; sleep 10",
                    RecordingEvaluation.of(1).keepingCheckpoints()))
        .hasMessageContaining("\"checkpoint\" must be a whole number of at least 0");
  }

  @Test
  void evaluate_metricNamedCheckpoint_isAMetric() throws Exception {
    assertThat(run("echo '{\"loss\":1,\"checkpoint\":2}'", RecordingEvaluation.of(1)))
        .isEqualTo(Metrics.of("loss", 1, "checkpoint", 2));
  }

  @Test
  void evaluate_environmentAndFolder_areThoseOfTheCommand() throws Exception {
    Files.writeString(folder.resolve("value"), "0.75");
    var command =
        new ProcessCommand(
            List.of("sh", "-c", "echo \"{\\\"loss\\\":$(cat value),\\\"n\\\":$NUMBER}\""),
            folder,
            Map.of("NUMBER", "4"),
            Duration.ofSeconds(1),
            true);
    try (var estimator = ProcessEstimator.create(command, LOSS, null, List.of())) {
      assertThat(evaluate(estimator, RecordingEvaluation.of(1)))
          .isEqualTo(Metrics.of("loss", 0.75, "n", 4));
    }
  }

  @Test
  void evaluate_architectureSpace_tellsTheArchitecture() throws Exception {
    ArchitectureSpace space =
        ArchitectureSpace.of(
            SearchSpace.builder().add(IntParameter.linear("units", 1, 8)),
            configuration -> {
              Architecture.Builder graph = Architecture.builder(Shape.vector(4));
              Layer hidden = new Layer.Dense(configuration.getInt("units"), true);
              return graph.output(2, graph.add(hidden, graph.input()));
            });
    var words = List.of("sh", "-c", "cat > request; " + RESULT);
    var command = new ProcessCommand(words, folder, Map.of(), Duration.ofSeconds(1), false);
    Configuration candidate = Configuration.of(Map.of("units", 3));
    try (var estimator = ProcessEstimator.create(command, LOSS, space.decoder(), List.of())) {
      estimator.evaluate(Suggestion.evaluate(candidate), RecordingEvaluation.of(1));
    }
    assertThat(Files.readString(folder.resolve("request")))
        .contains("\"architecture\":" + space.instance(candidate).toJson());
  }

  @Test
  void evaluate_verdictsOff_standardInputEnds() throws Exception {
    var command =
        new ProcessCommand(
            List.of("sh", "-c", "cat > request; " + RESULT),
            folder,
            Map.of(),
            Duration.ofSeconds(1),
            false);
    try (var estimator = ProcessEstimator.create(command, LOSS, null, List.of())) {
      assertThat(evaluate(estimator, RecordingEvaluation.of(1)).get("loss")).isEqualTo(0.5);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"STOP", "PAUSE"})
  void evaluate_verdict_isToldAndMayBeObeyedInPeace(Verdict verdict) throws Exception {
    var evaluation = RecordingEvaluation.of(1).answeringFrom(2, verdict);
    run(
        """
        read request
        for i in 1 2 3; do
          echo "{\\"step\\":$i,\\"loss\\":$i}"
          read -r answer
          echo "$answer" >> answers
          case $answer in *continue*) ;; *) exit 3 ;; esac
        done
        """,
        evaluation);

    assertThat(evaluation.reports()).hasSize(2);
    assertThat(Files.readAllLines(folder.resolve("answers")))
        .containsExactly(
            "{\"verdict\":\"continue\"}",
            "{\"verdict\":\"%s\"}".formatted(verdict == Verdict.STOP ? "stop" : "pause"));
  }

  @Test
  void evaluate_programIgnoresStop_isKilledAfterTheGrace() throws Exception {
    var evaluation = RecordingEvaluation.of(1).answeringFrom(1, Verdict.STOP);
    long start = System.nanoTime();

    run("trap '' TERM HUP INT\n" + STEP + "while :; do " + STEP + "done", evaluation);

    assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThanOrEqualTo(ms(400));
    assertThat(evaluation.reports()).hasSize(1);
  }

  @Test
  void evaluate_programClosesInput_isJudgedByItsOutput() throws Exception {
    var program = "exec <&-\nfor i in 1 2 3; do echo \"{\\\"step\\\":$i,\\\"loss\\\":1}\"; done";

    assertThat(run(program, RecordingEvaluation.of(1)).get("loss")).isEqualTo(1);
  }

  @Test
  void evaluate_programNeverReadsThousandsOfVerdicts_isNotHeldUp() throws Exception {
    var program =
        """
        i=0
        while [ $i -lt 5000 ]; do i=$((i+1)); echo "{\\"step\\":$i,\\"loss\\":$i}"; done
        """;

    assertThat(run(program, RecordingEvaluation.of(1)).get("loss")).isEqualTo(5000);
  }

  @Test
  void evaluate_exitStatusNotZero_failsWithLastWords() {
    assertThat(failure(STEP + "echo 'cannot open data' >&2; exit 3"))
        .contains("Trial 1", "exit status 3", "after 1 measurement", "Maybe")
        .endsWith("Its last words:\ncannot open data");
  }

  @Test
  void evaluate_programCrashes_namesTheSignal() {
    assertThat(failure("kill -SEGV $$")).contains("SIGSEGV", "wrote nothing to standard error");
    assertThat(failure("kill -KILL $$")).contains("SIGKILL", "Maybe the machine ran out of memory");
  }

  @Test
  void evaluate_fragmentThenCrash_blamesTheCrash() {
    assertThat(failure("printf '{\"step\":1,\"met'; exit 7")).contains("exit status 7");
    assertThat(failure("printf '{\"step\":1,\"met'")).contains("broke the protocol");
  }

  @Test
  void evaluate_noOutput_fails() {
    assertThat(failure("read request; echo done >&2"))
        .contains("wrote no line", "\"loss\"", "Maybe", "Its last words:\ndone");
  }

  @Test
  void evaluate_missingProgram_fails() {
    assertThat(failureOf(List.of("no-such-program-here", "x")))
        .contains("Trial 1", "'no-such-program-here'", "could not be started", "Maybe");
    assertThat(failureOf(List.of("sh missing.sh")))
        .contains("could not be started", "Maybe", "command = [sh, missing.sh]");
    assertThat(failure("no-such-program-here")).contains("127", "Maybe", "not found");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "hello",
        "[1]",
        "3",
        "{\"loss\":1} {\"loss\":2}",
        "{\"loss\":\"low\"}",
        "{\"loss\":true}",
        "{\"loss\":1,\"loss\":2}",
        "{\"step\":1.5,\"loss\":1}",
        "{\"step\":-1,\"loss\":1}",
        "{\"step\":\"1\",\"loss\":1}",
        "{\"step\":99999999999999999999,\"loss\":1}",
        "{\"metrics\":[1]}",
        "{\"metrics\":{}}",
        "{}",
        "{\"metrics\":{\"loss\":1},\"stop\":2}",
        "{\"loss\":[1,\"x\"]}",
        "{\"loss\":",
        "null"
      })
  void evaluate_garbage_failsAndShowsIt(String line) {
    assertThat(failure("echo said >&2\ncat <<'END'\n" + line + "\nEND\nsleep 100"))
        .contains("Trial 1", "broke the protocol", "Maybe", "Its last words:\nsaid");
  }

  @Test
  void evaluate_notUtf8_fails() {
    assertThat(failure("printf '{\"l\\377ss\":1}\\n'; sleep 100")).contains("must be UTF-8");
  }

  @Test
  void evaluate_stepsDescend_fails() {
    assertThat(failure(STEP + STEP + "sleep 100")).contains("steps must ascend", "1 came after 1");
  }

  @Test
  void evaluate_lineAfterTheResult_fails() {
    assertThat(failure(RESULT + RESULT)).contains("only the last line may lack \"step\"");
  }

  @Test
  void evaluate_objectiveMissing_failsWithTheNearest() {
    assertThat(failure("echo '{\"los\":1}'")).contains("'loss'", "[los]", "Maybe 'los'");
  }

  @Test
  void evaluate_hugeLine_failsWithoutReadingItAll() {
    assertThat(failure("head -c 50000000 /dev/zero | tr '\\0' 'x'; echo"))
        .contains("must not exceed 1048576 bytes");
  }

  @Test
  void evaluate_megabytesOfStandardError_endIsKept() {
    String message =
        failure("head -c 5000000 /dev/zero | tr '\\0' 'ä' >&2; echo THE END >&2; exit 1");

    assertThat(message).endsWith("THE END").contains("Its last words:\n…");
    assertThat(message.length()).isLessThan(LastWords.KEPT + 1000);
  }

  @Test
  void evaluate_hang_isKilledAtTheTimeLimitWithAllItsChildren() {
    Throwable failure =
        failureWithin(
            ms(500), "trap '' TERM\necho hello >&2\nsleep 100 & sh -c 'sleep 100; :' & wait");

    assertThat(failure)
        .hasMessageContainingAll("Trial 1", "time limit", " 0.5s ", "Maybe", "hello");
  }

  @Test
  void evaluate_programClosesOutputAndHangs_isKilledAtTheTimeLimit() {
    assertThat(failureWithin(ms(500), STEP + "exec >&- 2>&-\nsleep 100"))
        .hasMessageContaining("time limit");
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void evaluate_orphanHoldsThePipes_isKilledOnceTheProgramEnds() throws Exception {
    var program = "(sleep 100 & echo $! > orphan)\n" + RESULT;

    assertThat(run(program, RecordingEvaluation.of(1)).get("loss")).isEqualTo(0.5);
    assertThat(isRunning(pid("orphan"))).isFalse();
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void evaluate_hangWithOrphans_killsThemToo() throws Exception {
    failureWithin(ms(1000), "(sh -c 'sleep 100 & echo $! > orphan' &)\nsleep 100");

    assertThat(isRunning(pid("orphan"))).isFalse();
  }

  @Test
  void evaluate_stopRequestedWhileSilent_returnsWhatThereIs() throws Exception {
    var evaluation = RecordingEvaluation.of(1);
    var slot = Executors.newSingleThreadExecutor();
    try {
      var result = slot.submit(() -> run(STEP + "sleep 100", evaluation));
      assertThat(evaluation.awaitReport()).isTrue();
      evaluation.requestStop();

      assertThat(result.get(20, TimeUnit.SECONDS)).isEqualTo(Metrics.of("loss", 0.5));
    } finally {
      slot.shutdownNow();
    }
  }

  @Test
  void evaluate_interrupted_failsAndKeepsTheFlag() throws Exception {
    var evaluation = RecordingEvaluation.of(1);
    var failure = new AtomicReference<Throwable>();
    var flag = new AtomicReference<Boolean>();
    var slot =
        new Thread(
            () -> {
              failure.set(catchThrowable(() -> run(STEP + "sleep 100", evaluation)));
              flag.set(Thread.currentThread().isInterrupted());
            });
    slot.start();
    assertThat(evaluation.awaitReport()).isTrue();
    slot.interrupt();
    slot.join(20_000);

    assertThat(failure.get()).hasMessageContaining("interrupted");
    assertThat(flag.get()).isTrue();
  }

  @Test
  void evaluate_reportThrows_programIsKilled() {
    var evaluation =
        RecordingEvaluation.of(1)
            .answering(
                measurement -> {
                  throw new IllegalStateException("ledger is gone");
                });

    assertThatThrownBy(() -> run(STEP + "sleep 100", evaluation)).hasMessage("ledger is gone");
  }

  @Test
  void close_whileRunning_killsAndFailsTheEvaluation() throws Exception {
    var evaluation = RecordingEvaluation.of(1);
    var estimator = estimator(STEP + "sleep 100");
    var slot = Executors.newSingleThreadExecutor();
    try {
      var failure = slot.submit(() -> catchThrowable(() -> evaluate(estimator, evaluation)));
      assertThat(evaluation.awaitReport()).isTrue();
      estimator.close();

      assertThat(failure.get(20, TimeUnit.SECONDS)).hasMessageContaining("estimator was closed");
      assertThatThrownBy(() -> evaluate(estimator, evaluation))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("Maybe");
    } finally {
      slot.shutdownNow();
    }
  }

  @Test
  @EnabledOnOs(OS.LINUX)
  void exit_ofTheJvm_endsThePrograms() throws Exception {
    Process jvm =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                System.getProperty("java.class.path"),
                ExitingMain.class.getName(),
                folder.toString())
            .inheritIO()
            .start();

    assertThat(jvm.waitFor(30, TimeUnit.SECONDS)).isTrue();
    assertThat(isRunning(pid("child"))).isFalse();
  }

  /** Exits while a program of its own runs. */
  static final class ExitingMain {

    private ExitingMain() {}

    public static void main(String[] arguments) throws Exception {
      var program = "echo $$ > child\n" + STEP + "exec sleep 100";
      var command =
          new ProcessCommand(
              List.of("sh", "-c", program), Path.of(arguments[0]), Map.of(), ms(100), true);
      var estimator = ProcessEstimator.create(command, LOSS, null, List.of());
      var evaluation = RecordingEvaluation.of(1);
      new Thread(new FutureTask<>(() -> evaluate(estimator, evaluation))).start();
      evaluation.awaitReport();
      System.exit(0);
    }
  }

  private ProcessEstimator estimator(String program) {
    return ProcessEstimator.create(command(List.of("sh", "-c", program)), LOSS, null, List.of());
  }

  private ProcessCommand command(List<String> words) {
    return new ProcessCommand(words, folder, Map.of(), ms(500), true);
  }

  private Metrics run(String program, RecordingEvaluation evaluation) throws Exception {
    try (var estimator = estimator(program)) {
      return evaluate(estimator, evaluation);
    }
  }

  private static Metrics evaluate(ProcessEstimator estimator, RecordingEvaluation evaluation)
      throws Exception {
    return estimator.evaluate(Suggestion.evaluate(Configuration.of(Map.of("x", 1.5))), evaluation);
  }

  private String failure(String program) {
    return failureOf(List.of("sh", "-c", program));
  }

  private String failureOf(List<String> words) {
    try (var estimator = ProcessEstimator.create(command(words), LOSS, null, List.of())) {
      Throwable failure = catchThrowable(() -> evaluate(estimator, RecordingEvaluation.of(1)));
      assertThat(failure).isInstanceOf(ProcessFailedException.class);
      return failure.getMessage();
    }
  }

  private Throwable failureWithin(Duration limit, String program) {
    return catchThrowable(() -> run(program, RecordingEvaluation.of(1).within(limit)));
  }

  private long pid(String file) throws IOException {
    return Long.parseLong(Files.readString(folder.resolve(file)).strip());
  }

  /** Returns whether a process runs; one that is dead but that nobody has reaped does not. */
  private static boolean isRunning(long pid) throws IOException {
    Path stat = Path.of("/proc", Long.toString(pid), "stat");
    return Files.exists(stat) && !Files.readString(stat).contains(") Z ");
  }

  private static Duration ms(long millis) {
    return Duration.ofMillis(millis);
  }
}
