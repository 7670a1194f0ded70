package dev.troupe.estimator.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NativeCheckTest {

  private final Map<String, String> environment = new HashMap<>(Map.of("OMP_NUM_THREADS", "1"));
  private final Map<String, String> properties =
      new HashMap<>(
          Map.of(
              Natives.HELPERS_DISABLED,
              "false",
              "org.bytedeco.javacpp.maxbytes",
              "1G",
              "org.bytedeco.javacpp.maxphysicalbytes",
              "3G"));
  private String backend = Natives.CPU_BACKEND;
  private String buildInfo = "GCC 7, HAVE_ONEDNN";
  private String executioner = KeepingExecutioner.class.getName();
  private String processor = "vendor_id : AuthenticAMD\ncpu family\t: 25\n";

  @Test
  void findings_allSet_isEmpty() {
    assertThat(findings()).isEmpty();
  }

  @Test
  void findings_threadsNotOne_isFound() {
    environment.put("OMP_NUM_THREADS", "2");
    assertThat(subjects()).containsExactly("OMP_NUM_THREADS");
    environment.remove("OMP_NUM_THREADS");
    assertThat(findings().get(0).problem()).endsWith("is not set.");
  }

  @Test
  void findings_helpersDisabled_isFoundWithCost() {
    properties.put(Natives.HELPERS_DISABLED, "true");
    assertThat(subjects()).containsExactly(Natives.HELPERS_DISABLED);
    assertThat(findings().get(0).toString()).contains("a third of the speed").contains("Maybe");
  }

  @Test
  void findings_noMemoryCaps_areFound() {
    properties.remove("org.bytedeco.javacpp.maxbytes");
    properties.remove("org.bytedeco.javacpp.maxphysicalbytes");
    assertThat(subjects())
        .containsExactly("org.bytedeco.javacpp.maxbytes", "org.bytedeco.javacpp.maxphysicalbytes");
  }

  @Test
  void findings_noBackend_isFound() {
    backend = "none";
    buildInfo = null;
    assertThat(findings().get(0).problem()).contains("no back end of ND4J");
  }

  @Test
  void findings_backendWithoutOneDnn_isFound() {
    buildInfo = "GCC 7";
    assertThat(subjects()).containsExactly("nd4j-native");
  }

  @Test
  void findings_executionerOfNd4j_isFound() {
    executioner = Natives.CPU_EXECUTIONER;
    assertThat(subjects()).containsExactly("opexec");
    assertThat(findings().get(0).remedy())
        .contains("-Dopexec=" + KeepingExecutioner.class.getName());
  }

  @Test
  void findings_processorThatOpenBlasDoesNotKnow_isFound() {
    processor = "vendor_id : AuthenticAMD\ncpu family\t: 26\n";
    assertThat(subjects()).containsExactly("OPENBLAS_CORETYPE");
    environment.put("OPENBLAS_CORETYPE", "Haswell");
    assertThat(findings()).isEmpty();
  }

  @Test
  void findings_thisJvm_hasBackendWithOneDnnAndHelpers() {
    assertThat(NativeCheck.findings())
        .extracting(NativeCheck.Finding::subject)
        .doesNotContain("nd4j-native", Natives.HELPERS_DISABLED);
  }

  private List<NativeCheck.Finding> findings() {
    return NativeCheck.findings(
        new NativeCheck.Surroundings(
            environment::get, properties::get, backend::equals, buildInfo, executioner, processor));
  }

  private List<String> subjects() {
    return findings().stream().map(NativeCheck.Finding::subject).toList();
  }
}
