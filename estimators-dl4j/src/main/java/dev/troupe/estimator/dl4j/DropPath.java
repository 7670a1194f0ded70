package dev.troupe.estimator.dl4j;

import dev.troupe.random.RandomStreams;
import dev.troupe.random.StreamGenerator;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Leaves out paths of sums in training, for each example by itself, and stretches those that stay
 * so that the mean is kept: drop-path (Larsson et al. 2016, arXiv:1605.07648), with a probability
 * that grows linearly over the epochs (Zoph et al. 2017, arXiv:1707.07012).
 */
final class DropPath implements TrainingNoise {

  private record Key(int path, int rows) {}

  private final double last;
  private int epochs;
  private final StreamGenerator random;
  private final Map<Key, SharedArray> masks = new HashMap<>();
  private double probability;
  private int paths;

  /**
   * Makes a schedule.
   *
   * @param last the probability in the last epoch, in [0, 1)
   * @param epochs of a whole training, at least 1
   * @param random decides what is left out
   */
  DropPath(double last, int epochs, StreamGenerator random) {
    this.last = last;
    this.epochs = epochs;
    this.random = random;
  }

  /** Returns the schedule that leaves out nothing. */
  static DropPath never() {
    return new DropPath(0, 1, RandomStreams.of(0).stream(RandomStreams.Kind.TRIAL, 0, "none"));
  }

  /** Returns whether it leaves out something in any epoch. */
  boolean isUsed() {
    return last > 0;
  }

  /** Returns the number of a new path. */
  int newPath() {
    paths++;
    return paths - 1;
  }

  @Override
  public void shorten(int newEpochs) {
    epochs = Math.min(epochs, newEpochs);
  }

  @Override
  public void beginEpoch(int epoch) {
    probability = last * Math.min(epoch, epochs) / epochs;
  }

  /** Returns with which probability a path is left out now. */
  double probability() {
    return probability;
  }

  /**
   * Draws by what each example's numbers on a path are multiplied: zero, or a little more than one.
   * {@link #scale} uses it until the next draw.
   *
   * @param rows how many examples there are
   */
  void draw(int path, int rows) {
    var factors = new float[rows];
    for (int row = 0; row < rows; row++) {
      factors[row] = random.nextDouble() < probability ? 0 : (float) (1 / (1 - probability));
    }
    mask(path, rows).write(factors);
  }

  /** Multiplies each example of an array in C order by what was drawn for it. */
  void scale(int path, INDArray array) {
    int rows = Math.toIntExact(array.size(0));
    array.reshape('c', rows, array.length() / rows).muliColumnVector(mask(path, rows).array());
  }

  private SharedArray mask(int path, int rows) {
    return masks.computeIfAbsent(new Key(path, rows), key -> new SharedArray(key.rows(), 1));
  }

  @Override
  public void save(DataOutput out) throws IOException {
    Numbers.writeBytes(out, random.save());
  }

  @Override
  public void load(DataInput in) throws IOException {
    random.load(Numbers.readBytes(in, random.save().length));
  }

  @Override
  public void close() {
    masks.values().forEach(SharedArray::close);
  }
}
