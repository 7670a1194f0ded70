package dev.troupe.estimator.dl4j;

import dev.troupe.estimator.dl4j.data.InputShape;
import dev.troupe.estimator.dl4j.data.PreparedData;
import dev.troupe.estimator.dl4j.data.Task;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.Layer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.weights.WeightInit;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** Builds a small convolutional network of Deeplearning4j's layers, one after the other. */
final class ConvNetwork {

  private static final String INPUT = "input";

  private final ConvRecipe recipe;
  private final PreparedData data;
  private final GraphBuilder graph;
  private String last = INPUT;
  private int layers;

  private ConvNetwork(ConvRecipe recipe, PreparedData data, int seed) {
    this.recipe = recipe;
    this.data = data;
    graph =
        new NeuralNetConfiguration.Builder()
            .seed(seed)
            .updater(recipe.optimizer().updater())
            .weightInit(recipe.activation().gain() == 2 ? WeightInit.RELU : WeightInit.LECUN_NORMAL)
            .convolutionMode(ConvolutionMode.Same)
            .graphBuilder()
            .addInputs(INPUT);
  }

  /** Returns a network with initial weights. */
  static Network of(ConvRecipe recipe, PreparedData data, TrialRandomness randomness) {
    var builder = new ConvNetwork(recipe, data, randomness.seed("weights"));
    var graph = new ComputationGraph(builder.configuration());
    graph.init();
    return new GraphNetwork(graph, data, recipe.optimizer(), weights(graph), List.of());
  }

  private ComputationGraphConfiguration configuration() {
    InputShape shape = data.shape();
    int side = Math.min(shape.height(), shape.width());
    for (int i = 0; i < recipe.layers(); i++) {
      addConvolution(recipe.filters() << i);
      if (side >= 2) {
        add(
            new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                .kernelSize(2, 2)
                .stride(2, 2)
                .build());
        side = (side + 1) / 2;
      }
    }
    Activation activation = recipe.activation().layer();
    add(new DenseLayer.Builder().nOut(recipe.denseUnits()).activation(activation).build());
    add(output());
    return graph
        .setOutputs(last)
        .setInputTypes(InputType.convolutional(shape.height(), shape.width(), shape.channels()))
        .build();
  }

  private void add(Layer layer) {
    String name = String.valueOf(layers);
    graph.addLayer(name, layer, last);
    last = name;
    layers++;
  }

  private void addConvolution(int filters) {
    Activation activation = recipe.activation().layer();
    add(
        new ConvolutionLayer.Builder(recipe.kernel(), recipe.kernel())
            .nOut(filters)
            .hasBias(!recipe.batchNorm())
            .activation(recipe.batchNorm() ? Activation.IDENTITY : activation)
            .build());
    if (recipe.batchNorm()) {
      // A layer of its own: the normalisation takes an activation and ignores it.
      add(new BatchNormalization.Builder().build());
      add(new ActivationLayer.Builder().activation(activation).build());
    }
  }

  private OutputLayer output() {
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

  private static GraphNetwork.Weights weights(ComputationGraph graph) {
    long trained = 0;
    List<INDArray> decayed = new ArrayList<>();
    for (org.deeplearning4j.nn.api.Layer layer : graph.getLayers()) {
      for (Map.Entry<String, INDArray> entry : layer.paramTable().entrySet()) {
        trained += isStatistic(entry.getKey()) ? 0 : entry.getValue().length();
        if (entry.getKey().equals("W")) {
          decayed.add(entry.getValue());
        }
      }
    }
    return new GraphNetwork.Weights(trained, decayed);
  }

  private static boolean isStatistic(String name) {
    return name.equals(BatchNormalizationParamInitializer.GLOBAL_MEAN)
        || name.equals(BatchNormalizationParamInitializer.GLOBAL_VAR)
        || name.equals(BatchNormalizationParamInitializer.GLOBAL_LOG_STD);
  }
}
