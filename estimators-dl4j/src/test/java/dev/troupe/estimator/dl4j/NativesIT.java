package dev.troupe.estimator.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class NativesIT {

  @Test
  void load_propertyNotSet_switchesOneDnnOnForLayers() throws Exception {
    assertThat(probe(HelperProbe.class, entry -> true)).isEqualTo("MKLDNNConvHelper");
  }

  @Test
  void load_noBackend_saysWhatToAdd() throws Exception {
    assertThat(probe(HelperProbe.class, entry -> !entry.contains("nd4j-native-1")))
        .startsWith("Deeplearning4j needs a back end of ND4J for this system on the class path")
        .contains("NoAvailableBackendException")
        .contains("Maybe add org.nd4j:nd4j-native:1.0.0-M2.1");
  }

  /** With ND4J's own executioner two of five runs died within the time. */
  @Test
  void load_thenGarbageIsCollectedAllTheTime_operationsSurvive() throws Exception {
    assertThat(probe(GarbageProbe.class, entry -> true)).isEqualTo("KeepingExecutioner");
  }

  /** Runs a probe in a JVM of its own, without any property. */
  private static String probe(Class<?> probe, Predicate<String> classPath)
      throws IOException, InterruptedException {
    String entries =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(classPath)
            .collect(Collectors.joining(File.pathSeparator));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx64m", // little, so that collections are short and many
                "-XX:+UseSerialGC",
                "-cp",
                entries,
                probe.getName())
            .redirectError(ProcessBuilder.Redirect.DISCARD)
            .start();
    String output =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).isZero();
    // The last line: without a logging configuration for it, the libraries may print before.
    return output.substring(output.lastIndexOf('\n') + 1);
  }
}
