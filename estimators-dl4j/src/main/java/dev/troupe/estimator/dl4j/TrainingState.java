package dev.troupe.estimator.dl4j;

import dev.troupe.random.StreamGenerator;
import dev.troupe.study.Metrics;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Map;

/**
 * What is saved of a training beside its network: how far it is, what it measured last, and the
 * order of the rows with the generator that shuffles them.
 */
final class TrainingState {

  /** The version of the format, which comes first. */
  private static final int VERSION = 1;

  private TrainingState() {}

  static void save(
      DataOutput out, int epoch, Metrics measured, int[] order, StreamGenerator shuffling)
      throws IOException {
    out.writeInt(VERSION);
    out.writeInt(epoch);
    out.writeInt(measured.numbers().size());
    for (Map.Entry<String, Double> entry : measured.numbers().entrySet()) {
      out.writeUTF(entry.getKey());
      out.writeDouble(entry.getValue());
    }
    Numbers.write(out, order);
    Numbers.writeBytes(out, shuffling.save());
  }

  /**
   * Reads how far the training was.
   *
   * @throws IOException if it is of another version of the format
   */
  static int epoch(DataInput in) throws IOException {
    int version = in.readInt();
    if (version != VERSION) {
      throw new IOException(
          "A checkpoint must be of version %d, but was of version %d. Maybe go on with the version of Troupe that saved it."
              .formatted(VERSION, version));
    }
    return in.readInt();
  }

  static Metrics measured(DataInput in) throws IOException {
    Metrics measured = Metrics.none();
    for (int left = in.readInt(); left > 0; left--) {
      measured = measured.with(in.readUTF(), in.readDouble());
    }
    return measured;
  }

  static void load(DataInput in, int[] order, StreamGenerator shuffling) throws IOException {
    Numbers.read(in, order);
    shuffling.load(Numbers.readBytes(in, shuffling.save().length));
  }
}
