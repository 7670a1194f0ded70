package dev.troupe.actor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OutOfMemoryTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Physical memory usage is too high: physicalBytes (5G) > maxPhysicalBytes (4G)",
        "Cannot allocate new FloatPointer(1000000000): totalBytes = 0, physicalBytes = 2G",
        "Allocation failed: [[DEVICE] allocation failed; Error code: [2]]",
        "CUDA out of memory. Tried to allocate 2.00 GiB",
        "cudaMalloc failed: CUDA_ERROR_OUT_OF_MEMORY",
        "CUDNN_STATUS_ALLOC_FAILED",
        "std::bad_alloc",
        "Cannot run program \"python3\": error=12, Cannot allocate memory",
        "Trial 3: 'python3 train.py' ended with exit status 1. Its last words:\nMemoryError",
        "Exception in thread \"main\" java.lang.OutOfMemoryError: Java heap space"
      })
  void isBehind_wordsOfThoseWhoRanOut_areRecognised(String message) {
    assertThat(OutOfMemory.isBehind(new IllegalStateException(message))).isTrue();
    assertThat(OutOfMemory.isBehind(new RuntimeException("x", new IOException(message)))).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "loss was NaN at epoch 3",
        "NoMemoryErrorsHere",
        "memory must be at least 1, but was 0",
        "it took longer than its time limit"
      })
  void isBehind_otherWords_areNot(String message) {
    assertThat(OutOfMemory.isBehind(new IllegalStateException(message))).isFalse();
  }

  @Test
  void isBehind_errorAsCause_isRecognisedAndCyclesEnd() {
    var inner = new Exception("inner");
    var outer = new Exception("outer", inner);
    inner.initCause(outer);

    assertThat(OutOfMemory.isBehind(outer)).isFalse();
    assertThat(OutOfMemory.isBehind(new Exception(new OutOfMemoryError()))).isTrue();
    assertThat(OutOfMemory.isBehind(new StackOverflowError())).isFalse();
  }

  @Test
  void evenAlone_saysHowMuchThereIsAndTheRemedy() {
    assertThat(
            OutOfMemory.evenAlone("Trial 7: OutOfMemoryError: Java heap space", "cpu-0", 64 << 20))
        .startsWith("Trial 7: OutOfMemoryError: Java heap space. It ran out of memory before")
        .contains("nothing beside it on cpu-0 (the heap of this JVM may take 64 MiB)")
        .contains("-Xmx");
  }
}
