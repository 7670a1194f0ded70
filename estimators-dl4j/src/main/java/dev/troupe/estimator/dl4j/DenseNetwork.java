package dev.troupe.estimator.dl4j;

import dev.troupe.estimator.dl4j.data.Part;
import dev.troupe.estimator.dl4j.data.PreparedData;
import dev.troupe.estimator.dl4j.data.Task;
import dev.troupe.random.StreamGenerator;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;

/**
 * A multilayer perceptron on ND4J's native operations, with arrays and operations that are prepared
 * once for all batches. The same network made of Deeplearning4j's layers computes the same, but
 * more slowly, since there each batch allocates and prepares everything anew: {@code benchmarks/run
 * TrainingSpeed} compares them.
 */
final class DenseNetwork implements Network {

  private final DenseRecipe recipe;
  private final DenseLayout layout;
  private final Task task;
  private final Optimizer optimizer;
  private final StreamGenerator dropout;
  private final DenseMemory memory;
  private final float[] parameters;
  private final float[] gradient;
  private final Map<Integer, DensePass> trainingPasses = new HashMap<>();
  private final Map<Integer, DensePass> predictingPasses = new HashMap<>();

  DenseNetwork(DenseRecipe recipe, PreparedData data, TrialRandomness randomness) {
    this.recipe = recipe;
    task = data.task();
    layout = DenseLayout.of(recipe, data.shape().size(), data.outputs());
    parameters = layout.initial(recipe.activation(), randomness.stream("weights"));
    gradient = new float[parameters.length];
    optimizer = new Optimizer(recipe.optimizer(), parameters.length);
    dropout = randomness.stream("dropout");
    memory = new DenseMemory(layout);
    memory.parameters().write(parameters);
  }

  @Override
  public double step(Part part, int[] rows, int from, int to) {
    DensePass pass =
        trainingPasses.computeIfAbsent(
            to - from, count -> DensePass.training(recipe, layout, memory, count));
    for (int i = from; i < to; i++) {
      part.read(rows[i], pass.input().window(), (i - from) * part.width());
    }
    pass.input().flush();
    pass.drawMasks(dropout);
    pass.forward();
    float[] outputs = pass.outputs();
    double loss = Loss.toGradient(task, outputs, layout.outputs(), part, rows, from, to);
    pass.backward(outputs);
    memory.gradient().read(gradient);
    optimizer.step(parameters, gradient, layout.weights());
    memory.parameters().write(parameters);
    pass.trackStatistics();
    return loss;
  }

  @Override
  public void predict(Part part, int from, int to, float[] outputs) {
    DensePass pass =
        predictingPasses.computeIfAbsent(
            to - from, count -> DensePass.predicting(recipe, layout, memory, count));
    for (int row = from; row < to; row++) {
      part.read(row, pass.input().window(), (row - from) * part.width());
    }
    pass.input().flush();
    pass.forward();
    float[] scores = pass.outputs();
    if (task == Task.CLASSIFICATION) {
      Loss.toLogProbabilities(scores, layout.outputs(), to - from);
    }
    System.arraycopy(scores, 0, outputs, 0, scores.length);
  }

  /** Returns the gradient of the last step, in the order of {@link DenseLayout}. */
  float[] gradient() {
    return gradient.clone();
  }

  @Override
  public boolean isFinite() {
    for (float value : parameters) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  @Override
  public long parameterCount() {
    return parameters.length;
  }

  @Override
  public float[] weights() {
    return memory.withStatistics(parameters);
  }

  @Override
  public void restore(float[] weights) {
    System.arraycopy(weights, 0, parameters, 0, parameters.length);
    memory.parameters().write(parameters);
    memory.restoreStatistics(weights, parameters.length);
  }

  @Override
  public void save(DataOutput out) throws IOException {
    Numbers.write(out, weights());
    optimizer.save(out);
    Numbers.writeBytes(out, dropout.save());
  }

  @Override
  public void load(DataInput in) throws IOException {
    float[] weights = weights();
    Numbers.read(in, weights);
    restore(weights);
    optimizer.load(in);
    dropout.load(Numbers.readBytes(in, dropout.save().length));
  }

  @Override
  public void close() {
    trainingPasses.values().forEach(DensePass::close);
    predictingPasses.values().forEach(DensePass::close);
    memory.close();
  }
}
