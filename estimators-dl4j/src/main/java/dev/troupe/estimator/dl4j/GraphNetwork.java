package dev.troupe.estimator.dl4j;

import dev.troupe.estimator.dl4j.data.Part;
import dev.troupe.estimator.dl4j.data.PreparedData;
import dev.troupe.estimator.dl4j.data.Task;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.List;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;

/** A graph of Deeplearning4j while it is trained on a data set, in single precision. */
class GraphNetwork implements Network {

  /**
   * Which numbers of a graph matter how.
   *
   * @param trained how many are trained
   * @param decayed arrays that weight decay shrinks
   */
  record Weights(long trained, List<INDArray> decayed) {

    /** Copies the list. */
    Weights {
      decayed = List.copyOf(decayed);
    }
  }

  private final ComputationGraph graph;
  private final Task task;
  private final OptimizerRecipe optimizer;
  private final Weights weights;
  private final List<TrainingNoise> noise;
  private final BatchArrays batches;

  /**
   * Takes over a graph, which it closes.
   *
   * @param graph initialised, with one input and one output that fit the data
   * @param noise added in training, in order; closed with the graph
   */
  GraphNetwork(
      ComputationGraph graph,
      PreparedData data,
      OptimizerRecipe optimizer,
      Weights weights,
      List<TrainingNoise> noise) {
    this.graph = graph;
    task = data.task();
    this.optimizer = optimizer;
    this.weights = weights;
    this.noise = List.copyOf(noise);
    batches = new BatchArrays(data);
  }

  @Override
  public void beginEpoch(int epoch) {
    noise.forEach(each -> each.beginEpoch(epoch));
  }

  @Override
  public void shorten(int epochs) {
    noise.forEach(each -> each.shorten(epochs));
  }

  @Override
  public double step(Part part, int[] rows, int from, int to) {
    INDArray input = batches.input(part, rows, from, to, noise);
    INDArray target = batches.target(part, rows, from, to);
    graph.fit(new INDArray[] {input}, new INDArray[] {target});
    if (optimizer.weightDecay() > 0) {
      weights.decayed().forEach(array -> array.muli(shrinkage()));
    }
    return graph.score();
  }

  /** Returns by what a step of the epoch that has begun multiplies the weights. */
  double shrinkage() {
    return optimizer.shrinkage();
  }

  @Override
  public void predict(Part part, int from, int to, float[] predictions) {
    INDArray input = batches.input(part, from, to);
    try (INDArray predicted = graph.output(false, input)[0]) {
      float[] values = predicted.dup('c').data().asFloat();
      for (int i = 0; i < values.length; i++) {
        predictions[i] = task == Task.CLASSIFICATION ? logarithm(values[i]) : values[i];
      }
    }
  }

  /** Of a probability; one that was rounded to zero counts as the smallest that is not. */
  private static float logarithm(float probability) {
    return (float) Math.log(probability == 0 ? Float.MIN_NORMAL : probability);
  }

  @Override
  public boolean isFinite() {
    // A sum is finite only if all its terms are.
    return Double.isFinite(graph.params().sumNumber().doubleValue());
  }

  @Override
  public long parameterCount() {
    return weights.trained();
  }

  @Override
  public float[] weights() {
    return graph.params().data().asFloat();
  }

  @Override
  public void restore(float[] values) {
    var array = new SharedArray(1, values.length);
    array.write(values);
    graph.setParams(array.array());
    array.close();
  }

  /** Dropout draws from the generator that Deeplearning4j keeps for each thread. */
  @Override
  public void save(DataOutput out) throws IOException {
    Numbers.write(out, weights());
    Numbers.write(out, updaterState());
    out.writeInt(graph.getConfiguration().getIterationCount());
    Random random = Nd4j.getRandom();
    out.writeLong(random.rootState());
    out.writeLong(random.nodeState());
    for (TrainingNoise each : noise) {
      each.save(out);
    }
  }

  @Override
  public void load(DataInput in) throws IOException {
    float[] values = weights();
    Numbers.read(in, values);
    restore(values);
    float[] state = updaterState();
    Numbers.read(in, state);
    if (state.length > 0) {
      var array = new SharedArray(1, state.length);
      array.write(state);
      graph.getUpdater().getStateViewArray().assign(array.array());
      array.close();
    }
    graph.getConfiguration().setIterationCount(in.readInt());
    Nd4j.getRandom().setStates(in.readLong(), in.readLong());
    for (TrainingNoise each : noise) {
      each.load(in);
    }
  }

  private float[] updaterState() {
    INDArray state = graph.getUpdater().getStateViewArray();
    return state == null ? new float[0] : state.dup('c').data().asFloat();
  }

  @Override
  public void close() {
    batches.close();
    noise.forEach(TrainingNoise::close);
    graph.close();
  }
}
