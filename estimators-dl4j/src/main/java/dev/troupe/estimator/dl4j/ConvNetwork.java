package dev.troupe.estimator.dl4j;

import dev.troupe.estimator.dl4j.data.InputShape;
import dev.troupe.estimator.dl4j.data.Part;
import dev.troupe.estimator.dl4j.data.PreparedData;
import dev.troupe.estimator.dl4j.data.Task;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.HashMap;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.MultiLayerConfiguration;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** A small convolutional network of Deeplearning4j's layers. */
final class ConvNetwork implements Network {

  private final ConvRecipe recipe;
  private final InputShape shape;
  private final Task task;
  private final int outputs;
  private final MultiLayerNetwork network;
  private final Map<Integer, SharedArray> inputs = new HashMap<>();
  private final Map<Integer, SharedArray> targets = new HashMap<>();

  ConvNetwork(ConvRecipe recipe, PreparedData data, TrialRandomness randomness) {
    this.recipe = recipe;
    shape = data.shape();
    task = data.task();
    outputs = data.outputs();
    network = new MultiLayerNetwork(configuration(recipe, data, randomness.seed("weights")));
    network.init();
  }

  private static MultiLayerConfiguration configuration(
      ConvRecipe recipe, PreparedData data, int seed) {
    InputShape shape = data.shape();
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .updater(recipe.optimizer().updater())
            .weightInit(recipe.activation().gain() == 2 ? WeightInit.RELU : WeightInit.LECUN_NORMAL)
            .convolutionMode(ConvolutionMode.Same)
            .list();
    int side = Math.min(shape.height(), shape.width());
    for (int i = 0; i < recipe.layers(); i++) {
      addConvolution(layers, recipe, recipe.filters() << i);
      if (side >= 2) {
        layers.layer(
            new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                .kernelSize(2, 2)
                .stride(2, 2)
                .build());
        side = (side + 1) / 2;
      }
    }
    Activation activation = recipe.activation().layer();
    layers.layer(new DenseLayer.Builder().nOut(recipe.denseUnits()).activation(activation).build());
    layers.layer(output(recipe, data));
    return layers
        .setInputType(InputType.convolutional(shape.height(), shape.width(), shape.channels()))
        .build();
  }

  private static void addConvolution(
      NeuralNetConfiguration.ListBuilder layers, ConvRecipe recipe, int filters) {
    Activation activation = recipe.activation().layer();
    layers.layer(
        new ConvolutionLayer.Builder(recipe.kernel(), recipe.kernel())
            .nOut(filters)
            .hasBias(!recipe.batchNorm())
            .activation(recipe.batchNorm() ? Activation.IDENTITY : activation)
            .build());
    if (recipe.batchNorm()) {
      // A layer of its own: the normalisation takes an activation and ignores it.
      layers.layer(new BatchNormalization.Builder().build());
      layers.layer(new ActivationLayer.Builder().activation(activation).build());
    }
  }

  private static OutputLayer output(ConvRecipe recipe, PreparedData data) {
    boolean classes = data.task() == Task.CLASSIFICATION;
    var output =
        new OutputLayer.Builder(classes ? LossFunction.MCXENT : LossFunction.MSE)
            .nOut(data.outputs())
            .weightInit(WeightInit.LECUN_NORMAL)
            .activation(classes ? Activation.SOFTMAX : Activation.IDENTITY);
    if (recipe.dropout() > 0) {
      output.dropOut(1 - recipe.dropout());
    }
    return output.build();
  }

  @Override
  public double step(Part part, int[] rows, int from, int to) {
    SharedArray input = input(to - from);
    SharedArray target = targets.computeIfAbsent(to - from, n -> new SharedArray(n, outputs));
    var hot = new float[(to - from) * outputs];
    for (int i = from; i < to; i++) {
      part.read(rows[i], input.window(), (i - from) * part.width());
      if (task == Task.CLASSIFICATION) {
        hot[(i - from) * outputs + part.label(rows[i])] = 1;
      } else {
        hot[i - from] = part.target(rows[i]);
      }
    }
    input.flush();
    target.write(hot);
    network.fit(input.array(), target.array());
    if (recipe.optimizer().weightDecay() > 0) {
      decay();
    }
    return network.score();
  }

  private SharedArray input(int rows) {
    return inputs.computeIfAbsent(
        rows, n -> new SharedArray(n, shape.channels(), shape.height(), shape.width()));
  }

  private void decay() {
    for (Layer layer : network.getLayers()) {
      INDArray weights = layer.paramTable().get("W");
      if (weights != null) {
        weights.muli(recipe.optimizer().shrinkage());
      }
    }
  }

  @Override
  public void predict(Part part, int from, int to, float[] predictions) {
    SharedArray input = input(to - from);
    for (int row = from; row < to; row++) {
      part.read(row, input.window(), (row - from) * part.width());
    }
    input.flush();
    try (INDArray predicted = network.output(input.array(), false)) {
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
    return Double.isFinite(network.params().sumNumber().doubleValue());
  }

  @Override
  public long parameterCount() {
    long count = 0;
    for (Layer layer : network.getLayers()) {
      for (Map.Entry<String, INDArray> entry : layer.paramTable().entrySet()) {
        count += isStatistic(entry.getKey()) ? 0 : entry.getValue().length();
      }
    }
    return count;
  }

  private static boolean isStatistic(String name) {
    return name.equals(BatchNormalizationParamInitializer.GLOBAL_MEAN)
        || name.equals(BatchNormalizationParamInitializer.GLOBAL_VAR)
        || name.equals(BatchNormalizationParamInitializer.GLOBAL_LOG_STD);
  }

  @Override
  public float[] weights() {
    return network.params().data().asFloat();
  }

  @Override
  public void restore(float[] weights) {
    var array = new SharedArray(1, weights.length);
    array.write(weights);
    network.setParams(array.array());
    array.close();
  }

  /** Dropout draws from the generator that Deeplearning4j keeps for each thread. */
  @Override
  public void save(DataOutput out) throws IOException {
    Numbers.write(out, weights());
    Numbers.write(out, updaterState());
    out.writeInt(network.getIterationCount());
    Random random = Nd4j.getRandom();
    out.writeLong(random.rootState());
    out.writeLong(random.nodeState());
  }

  @Override
  public void load(DataInput in) throws IOException {
    float[] weights = weights();
    Numbers.read(in, weights);
    restore(weights);
    float[] state = updaterState();
    Numbers.read(in, state);
    if (state.length > 0) {
      var array = new SharedArray(1, state.length);
      array.write(state);
      network.getUpdater().getStateViewArray().assign(array.array());
      array.close();
    }
    network.setIterationCount(in.readInt());
    Nd4j.getRandom().setStates(in.readLong(), in.readLong());
  }

  private float[] updaterState() {
    INDArray state = network.getUpdater().getStateViewArray();
    return state == null ? new float[0] : state.dup('c').data().asFloat();
  }

  @Override
  public void close() {
    inputs.values().forEach(SharedArray::close);
    targets.values().forEach(SharedArray::close);
    network.close();
  }
}
