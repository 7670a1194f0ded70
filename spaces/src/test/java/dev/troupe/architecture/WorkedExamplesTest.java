package dev.troupe.architecture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class WorkedExamplesTest {

  @Test
  void expected_ofAnExample_isReadable() {
    assertThat(WorkedExamples.expected("NM-4").getDouble(WorkedExamples.key("BN(0.7)")))
        .isEqualTo(0.7);
    assertThat(WorkedExamples.example("AK-3").getString("method")).isNotBlank();
  }

  @Test
  void example_unknown_isRefused() {
    assertThatThrownBy(() -> WorkedExamples.example("XX-1")).hasMessageContaining("XX-1");
  }
}
