package dev.troupe.estimator.weights;

import dev.troupe.study.Attempt;
import dev.troupe.study.TrialId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * Damages a checkpoint at random places, by turns a flipped bit, a cut and something appended, and
 * counts how often that is noticed: it has to be every time.
 */
final class CheckpointDamage {

  private static final int BYTES = 20_000;

  private CheckpointDamage() {}

  /** Returns how many of so many damages are noticed, each with its place. */
  static int count(Path folder, int places, long seed) throws IOException {
    var random = new SplittableRandom(seed);
    var store = new FolderCheckpointStore(folder);
    int noticed = 0;
    for (int i = 0; i < places; i++) {
      byte[] content = new byte[BYTES];
      random.nextBytes(content);
      CheckpointKey key =
          store.save(Attempt.first(TrialId.of(i + 1)), i, out -> out.write(content));
      Path file = folder.resolve(key.name());
      Files.write(file, damaged(content, i % 3, random));
      noticed += isNoticed(store, key, file) ? 1 : 0;
      store.remove(key);
    }
    return noticed;
  }

  private static byte[] damaged(byte[] content, int kind, SplittableRandom random) {
    int place = random.nextInt(content.length);
    if (kind == 1) {
      return Arrays.copyOf(content, place);
    } else if (kind == 2) {
      return Arrays.copyOf(content, content.length + 1 + place);
    }
    byte[] flipped = content.clone();
    flipped[place] ^= (byte) (1 << random.nextInt(8));
    return flipped;
  }

  private static boolean isNoticed(CheckpointStore store, CheckpointKey key, Path file)
      throws IOException {
    try {
      store.read(key, new ByteArrayOutputStream());
      return false;
    } catch (DamagedCheckpointException e) {
      return String.valueOf(e.getMessage()).contains(file.toString());
    }
  }
}
