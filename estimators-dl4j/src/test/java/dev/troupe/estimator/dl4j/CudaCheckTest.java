package dev.troupe.estimator.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CudaCheckTest {

  @ParameterizedTest
  @CsvSource({
    "'NVIDIA A100-SXM4-80GB, 8.0', true",
    "'NVIDIA GeForce RTX 4090, 8.9', true",
    "'Tesla K80, 3.7', true",
    "'Tesla K20m, 3.5', false",
    "'NVIDIA H100 80GB HBM3, 9.0', false",
    "'NVIDIA B200, 10.0', false",
    "'NVIDIA GeForce RTX 5090, 12.0', false"
  })
  void decide_oneGpu_followsItsCapability(String line, boolean usable) {
    assertThat(decide(line).usable()).isEqualTo(usable);
  }

  @Test
  void decide_tooNewGpu_namesItItsCapabilityAndTheRemedy() {
    assertThat(decide("NVIDIA H100 80GB HBM3, 9.0").reason())
        .isEqualTo(
            "NVIDIA H100 80GB HBM3 has compute capability 9.0, but the prebuilt CUDA back end of ND4J runs on 3.7 to 8.9 only. Maybe build ND4J's CUDA back end for it, or stay with the CPU.");
  }

  @Test
  void decide_severalGpus_needsAllOfThem() {
    assertThat(decide("A, 8.0", "B, 8.6").usable()).isTrue();
    assertThat(decide("A, 8.0", "B, 9.0").usable()).isFalse();
    assertThat(decide("A, 8.0", "B, 9.0").reason()).startsWith("B has");
  }

  @ParameterizedTest
  @CsvSource({"no comma", "'name, [N/A]'", "'Field \"compute_cap\" is not a valid field'"})
  void decide_garbage_staysOnCpu(String line) {
    CudaCheck.Decision decision = decide(line);

    assertThat(decision.usable()).isFalse();
    assertThat(decision.reason()).contains(line).contains("Maybe update");
  }

  @Test
  void decide_failure_staysOnCpuAndSaysWhy() {
    CudaCheck.Decision decision =
        CudaCheck.decide(List.of("couldn't communicate with the driver"), 9, "nvidia-smi");

    assertThat(decision.usable()).isFalse();
    assertThat(decision.reason()).contains("status 9").contains("couldn't communicate");
    assertThat(decide().usable()).isFalse();
  }

  @Test
  void ask_missingProgram_meansNoGpu() {
    CudaCheck.Decision decision =
        CudaCheck.ask(List.of("no-such-program-on-any-machine"), Duration.ofSeconds(5));

    assertThat(decision.usable()).isFalse();
    assertThat(decision.reason()).contains("could not be started");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void ask_hangingProgram_isGivenUp() {
    CudaCheck.Decision decision = CudaCheck.ask(List.of("sleep", "600"), Duration.ofMillis(50));

    assertThat(decision.usable()).isFalse();
    assertThat(decision.reason()).contains("no answer within 50 ms");
  }

  @Test
  @DisabledOnOs(OS.WINDOWS)
  void ask_answeringProgram_isUnderstood() {
    assertThat(CudaCheck.ask(List.of("echo", "NVIDIA A100, 8.0"), Duration.ofSeconds(30)).usable())
        .isTrue();
  }

  private static CudaCheck.Decision decide(String... lines) {
    return CudaCheck.decide(List.of(lines), 0, "nvidia-smi");
  }
}
