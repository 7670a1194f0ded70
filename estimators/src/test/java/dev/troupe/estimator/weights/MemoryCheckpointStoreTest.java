package dev.troupe.estimator.weights;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.study.Attempt;
import dev.troupe.study.TrialId;
import java.io.ByteArrayOutputStream;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MemoryCheckpointStoreTest {

  private static final int LARGE = 1 << 26;

  private final MemoryCheckpointStore store = new MemoryCheckpointStore();

  private boolean hasLeft(long trial) throws Exception {
    return store.readLeft(TrialId.of(trial), new ByteArrayOutputStream());
  }

  @Test
  void readLeft_always_isWhatWasLeftLast() throws Exception {
    store.leave(TrialId.of(1), out -> out.write("first".getBytes(UTF_8)));
    store.leave(TrialId.of(1), out -> out.write("second".getBytes(UTF_8)));
    store.sweep(Set.of(), attempt -> true);
    var out = new ByteArrayOutputStream();

    assertThat(store.readLeft(TrialId.of(1), out)).isTrue();
    assertThat(out.toString(UTF_8)).isEqualTo("second");
    assertThat(hasLeft(2)).isFalse();
    store.forgetLeft();
    assertThat(hasLeft(1)).isFalse();
  }

  @Test
  void leave_moreThanThereIsRoomFor_forgetsTheOldest() throws Exception {
    byte[] large = new byte[LARGE];
    for (int trial = 1; trial <= 4; trial++) {
      assertThat(store.leave(TrialId.of(trial), out -> out.write(large))).isTrue();
    }
    store.leave(TrialId.of(1), out -> out.write(large)); // is the newest now
    store.leave(TrialId.of(5), out -> out.write(large));

    assertThat(hasLeft(2)).isFalse();
    assertThat(hasLeft(1)).isTrue();
    assertThat(hasLeft(5)).isTrue();
  }

  @Test
  void forgetLeft_always_sparesCheckpoints() throws Exception {
    CheckpointKey key = store.save(Attempt.first(TrialId.of(1)), 1, out -> out.write(7));
    store.forgetLeft();
    var out = new ByteArrayOutputStream();
    store.read(key, out);
    assertThat(out.toByteArray()).containsExactly(7);
  }
}
