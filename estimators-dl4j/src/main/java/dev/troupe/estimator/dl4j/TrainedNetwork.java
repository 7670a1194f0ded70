package dev.troupe.estimator.dl4j;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.Tensor;
import dev.troupe.architecture.morph.SymmetryNoise;
import dev.troupe.architecture.morph.TensorKey;
import dev.troupe.study.WeightSource;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * What a trained network leaves to those that inherit from it: its architecture and all its
 * numbers, in single precision.
 *
 * @param architecture the network
 * @param weights its arrays, running statistics included, each in the order of its sides
 */
record TrainedNetwork(Architecture architecture, Map<TensorKey, double[]> weights) {

  private static final int VERSION = 1;
  private static final int LONGEST = 1 << 28;

  /** Returns a copy of what a network has learned so far. */
  static TrainedNetwork of(ArchitectureNetwork network) {
    return new TrainedNetwork(network.architecture(), MorphismTransfer.weights(network));
  }

  /**
   * Gives a network what the source says.
   *
   * @param random decides on the weights of new layers, and on noise
   * @throws IllegalArgumentException if the morphisms do not lead from here to the network
   */
  void giveTo(ArchitectureNetwork heir, WeightSource source, RandomGenerator random) {
    if (source instanceof WeightSource.Parent parent) {
      MorphismTransfer.transfer(
          heir, architecture, weights, parent.morphisms(), SymmetryNoise.standard(), random);
    } else if (source instanceof WeightSource.Partial) {
      giveWhatFits(heir);
    }
  }

  /** Copies arrays of equal names and sides. */
  private void giveWhatFits(ArchitectureNetwork heir) {
    for (TensorKey key : weights.keySet()) {
      if (heir.architecture().has(key.node())
          && sides(heir.architecture(), key).equals(sides(architecture, key))) {
        heir.tensors().write(key.node(), key.tensor(), weights.get(key));
      }
    }
  }

  private static Object sides(Architecture architecture, TensorKey key) {
    for (Tensor tensor : architecture.tensors(architecture.index(key.node()))) {
      if (tensor.name().equals(key.tensor())) {
        return tensor.sides();
      }
    }
    return "none";
  }

  /**
   * Writes it.
   *
   * @throws IOException if {@code out} cannot be written
   */
  void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    byte[] json = architecture.toJson().getBytes(StandardCharsets.UTF_8);
    out.writeInt(json.length);
    out.write(json);
    out.writeInt(weights.size());
    for (Map.Entry<TensorKey, double[]> each : weights.entrySet()) {
      out.writeUTF(each.getKey().node());
      out.writeUTF(each.getKey().tensor());
      out.writeInt(each.getValue().length);
      for (double value : each.getValue()) {
        out.writeFloat((float) value);
      }
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IOException if {@code in} cannot be read, or holds something else
   */
  static TrainedNetwork read(DataInput in) throws IOException {
    int version = in.readByte();
    if (version != VERSION) {
      throw new IOException(
          "A network that was left must be of version %d, but was of %d. Maybe a newer program left it."
              .formatted(VERSION, version));
    }
    byte[] json = new byte[length(in)];
    in.readFully(json);
    Architecture architecture = Architecture.fromJson(new String(json, StandardCharsets.UTF_8));
    var weights = new LinkedHashMap<TensorKey, double[]>();
    int count = length(in);
    for (int i = 0; i < count; i++) {
      var key = new TensorKey(in.readUTF(), in.readUTF());
      var values = new double[length(in)];
      for (int j = 0; j < values.length; j++) {
        values[j] = in.readFloat();
      }
      weights.put(key, values);
    }
    return new TrainedNetwork(architecture, weights);
  }

  private static int length(DataInput in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > LONGEST) {
      throw new IOException(
          "A length in a network that was left must be from 0 to %d, but was %d. Maybe it is damaged."
              .formatted(LONGEST, length));
    }
    return length;
  }
}
