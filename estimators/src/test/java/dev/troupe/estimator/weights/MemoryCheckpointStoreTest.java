package dev.troupe.estimator.weights;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.study.Attempt;
import dev.troupe.study.TrialId;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

class MemoryCheckpointStoreTest {

  @Test
  void clear_ofWeights_sparesCheckpoints() throws Exception {
    var store = new MemoryCheckpointStore();
    CheckpointKey key = store.save(Attempt.first(TrialId.of(1)), 1, out -> out.write(7));
    store.weights().leave(Heir.of(Attempt.first(TrialId.of(1))), out -> out.write(8));
    store.weights().clear();
    var out = new ByteArrayOutputStream();
    store.read(key, out);
    assertThat(out.toByteArray()).containsExactly(7);
    assertThat(store.weights().index()).isEmpty();
  }
}
