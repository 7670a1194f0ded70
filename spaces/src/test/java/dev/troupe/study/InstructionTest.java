package dev.troupe.study;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What cannot be asked of any study. */
class InstructionTest {

  @ParameterizedTest
  @ValueSource(ints = {Integer.MIN_VALUE, 0, 100_001})
  void parallelism_outOfRange_isRefused(int trials) {
    assertThatThrownBy(() -> new Instruction.Parallelism(trials))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("The parallelism must be from 1 to 100000, but was %d.", trials);
  }

  @Test
  void extend_withoutALimit_isRefused() {
    assertThatThrownBy(() -> new Instruction.Extend(Budget.unlimited()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("An extension needs a limit");
  }
}
