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
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * What a trained network leaves to those that inherit from it: its architecture and all its
 * numbers, in single precision, with what its optimiser kept of their gradients.
 *
 * @param architecture the network
 * @param weights its arrays, running statistics included, each in the order of its sides
 * @param optimizer where its optimiser stands
 */
record TrainedNetwork(
    Architecture architecture, Map<TensorKey, double[]> weights, OptimizerState optimizer) {

  /** The second version has the optimiser's state. */
  private static final int VERSION = 2;

  private static final int LONGEST = 1 << 28;

  /** Returns a copy of what a network has learned so far. */
  static TrainedNetwork of(ArchitectureNetwork network) {
    return new TrainedNetwork(
        network.architecture(), MorphismTransfer.weights(network), OptimizerState.of(network));
  }

  /**
   * Gives a network what the source says: weights, and the optimiser's state where both have the
   * same rule.
   *
   * @return the share of the network's numbers that comes from here, from 0 to 1
   * @param random decides on the weights of new layers, and on noise
   * @throws IllegalArgumentException if the morphisms do not lead from here to the network
   */
  double giveTo(ArchitectureNetwork heir, WeightSource source, RandomGenerator random) {
    if (source instanceof WeightSource.Parent parent) {
      MorphismTransfer.transfer(
          heir, architecture, weights, parent.morphisms(), SymmetryNoise.standard(), random);
      optimizer.carried(architecture, parent.morphisms()).giveTo(heir);
      return 1;
    }
    return source instanceof WeightSource.Partial ? giveWhatFits(heir) : 0;
  }

  /** Copies arrays of equal names and sides. */
  private double giveWhatFits(ArchitectureNetwork heir) {
    var fitting = new LinkedHashSet<TensorKey>();
    long given = 0;
    for (TensorKey key : weights.keySet()) {
      if (heir.architecture().has(key.node())
          && sides(heir.architecture(), key).equals(sides(architecture, key))) {
        heir.tensors().write(key.node(), key.tensor(), weights.get(key));
        fitting.add(key);
        given += weights.get(key).length;
      }
    }
    optimizer.only(fitting).giveTo(heir);
    return (double) given / Math.max(1, numbers(heir.architecture()));
  }

  private static long numbers(Architecture architecture) {
    long numbers = 0;
    for (int i = 0; i < architecture.size(); i++) {
      numbers += architecture.tensors(i).stream().mapToLong(Tensor::size).sum();
    }
    return numbers;
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
    write(out, weights);
    optimizer.write(out);
  }

  static void write(DataOutput out, Map<TensorKey, double[]> arrays) throws IOException {
    out.writeInt(arrays.size());
    for (Map.Entry<TensorKey, double[]> each : arrays.entrySet()) {
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
    return new TrainedNetwork(architecture, readArrays(in), OptimizerState.read(in));
  }

  static Map<TensorKey, double[]> readArrays(DataInput in) throws IOException {
    var arrays = new LinkedHashMap<TensorKey, double[]>();
    int count = length(in);
    for (int i = 0; i < count; i++) {
      var key = new TensorKey(in.readUTF(), in.readUTF());
      var values = new double[length(in)];
      for (int j = 0; j < values.length; j++) {
        values[j] = in.readFloat();
      }
      arrays.put(key, values);
    }
    return arrays;
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
