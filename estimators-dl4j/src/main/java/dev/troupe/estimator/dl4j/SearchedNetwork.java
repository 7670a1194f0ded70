package dev.troupe.estimator.dl4j;

import dev.troupe.estimator.dl4j.data.Part;
import dev.troupe.estimator.dl4j.data.PreparedData;
import dev.troupe.study.Metrics;
import dev.troupe.study.WeightSource;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import java.util.random.RandomGenerator;

/** A network whose architecture is searched, and which therefore says what its use costs. */
final class SearchedNetwork extends GraphNetwork {

  private static final String MULTIPLY_ADDS = "multiply-adds";
  private static final String LATENCY = "latency";

  private final ArchitectureNetwork network;
  private final OptimizerRecipe optimizer;
  private final LearningRate rate;
  private Metrics costs = Metrics.none();

  /**
   * Takes over a network, which it closes.
   *
   * @param network in single precision
   * @param rate that the network's updater follows
   * @param noise added in training, in order; closed with the network
   */
  SearchedNetwork(
      ArchitectureNetwork network,
      PreparedData data,
      OptimizerRecipe optimizer,
      LearningRate rate,
      List<TrainingNoise> noise) {
    super(
        network.graph(),
        data,
        optimizer,
        new Weights(network.tensors().trainable(), network.tensors().decayed()),
        noise);
    this.network = network;
    this.optimizer = optimizer;
    this.rate = rate;
  }

  @Override
  public void beginEpoch(int epoch) {
    super.beginEpoch(epoch);
    rate.beginEpoch(epoch);
  }

  @Override
  public void shorten(int epochs) {
    super.shorten(epochs);
    rate.shorten(epochs);
  }

  @Override
  double shrinkage() {
    return optimizer.shrinkage(rate.current());
  }

  /** Returns the names of what {@link #costs} returns. */
  static List<String> costNames() {
    return List.of(MULTIPLY_ADDS, LATENCY);
  }

  /** Returns the network by its architecture's names. */
  ArchitectureNetwork network() {
    return network;
  }

  /**
   * Returns multiply-adds for one example, and the seconds that one example takes by itself. The
   * latter are measured at the first call alone: they do not depend on the weights.
   */
  @Override
  public Metrics costs(Part part) {
    if (!costs.has(LATENCY)) {
      var outputs = new float[network.architecture().outputs()];
      costs =
          Metrics.of(
              MULTIPLY_ADDS,
              (double) network.architecture().multiplyAdds(),
              LATENCY,
              Latency.seconds(() -> predict(part, 0, 1, outputs)));
    }
    return costs;
  }

  @Override
  public void leave(DataOutput out) throws IOException {
    TrainedNetwork.of(network).write(out);
  }

  @Override
  public double inherit(DataInput in, WeightSource source, RandomGenerator random)
      throws IOException {
    return TrainedNetwork.read(in).giveTo(network, source, random);
  }

  @Override
  public void close() {
    super.close();
    network.close(); // the graph again, which does no harm, and what it holds beside it
  }
}
