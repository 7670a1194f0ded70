package dev.troupe.estimator.dl4j;

import dev.troupe.study.Metrics;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What is saved of a trial.
 *
 * @param epoch after which its networks stand, of as many rows as they were trained on
 * @param rows how many these were
 * @param measured last
 * @param networks what each training has saved, the first repeat first
 */
record TrainingState(int epoch, int rows, Metrics measured, List<byte[]> networks) {

  /** The version of the format, which comes first. */
  private static final int VERSION = 2;

  /** Copies the list. */
  TrainingState {
    networks = List.copyOf(networks);
  }

  /**
   * Returns where trainings stand.
   *
   * @param trainings at least one
   */
  static TrainingState of(int epoch, Metrics measured, List<Training> trainings)
      throws IOException {
    var networks = new ArrayList<byte[]>();
    for (Training training : trainings) {
      var bytes = new ByteArrayOutputStream();
      var out = new DataOutputStream(bytes);
      training.save(out);
      out.flush();
      networks.add(bytes.toByteArray());
    }
    return new TrainingState(epoch, trainings.get(0).rows(), measured, networks);
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(VERSION);
    out.writeInt(epoch);
    out.writeInt(rows);
    out.writeInt(measured.numbers().size());
    for (Map.Entry<String, Double> entry : measured.numbers().entrySet()) {
      out.writeUTF(entry.getKey());
      out.writeDouble(entry.getValue());
    }
    out.writeInt(networks.size());
    for (byte[] network : networks) {
      Numbers.writeBytes(out, network);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if it is of another version of the format
   */
  static TrainingState read(DataInput in) throws IOException {
    int version = in.readInt();
    if (version != VERSION) {
      throw new IOException(
          "A checkpoint must be of version %d, but was of version %d. Maybe go on with the version of Troupe that saved it."
              .formatted(VERSION, version));
    }
    int epoch = in.readInt();
    int rows = in.readInt();
    Metrics measured = Metrics.none();
    for (int left = in.readInt(); left > 0; left--) {
      measured = measured.with(in.readUTF(), in.readDouble());
    }
    var networks = new ArrayList<byte[]>();
    for (int left = in.readInt(); left > 0; left--) {
      networks.add(Numbers.readBytes(in));
    }
    return new TrainingState(epoch, rows, measured, networks);
  }

  /**
   * Returns after which epoch of other rows the networks stand: they have seen as many examples as
   * in {@link #epoch} epochs of theirs, rounded down.
   */
  int epochOf(int otherRows) {
    return (int) ((long) epoch * rows / otherRows);
  }
}
