package dev.troupe.estimator.dl4j;

import static java.util.Objects.requireNonNull;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.Shape;
import dev.troupe.architecture.Tensor;
import dev.troupe.settings.Nearest;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.params.BatchNormalizationParamInitializer;
import org.deeplearning4j.nn.params.DefaultParamInitializer;
import org.deeplearning4j.nn.updater.UpdaterBlock;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * The numbers of a network by the names that its architecture has for them: nodes, and the tensors
 * of their layers, in the layouts that {@link Layer} states. A view: what is written counts from
 * the next pass on. Used by the network's own thread.
 */
final class NetworkTensors {

  private static final String WEIGHTS = DefaultParamInitializer.WEIGHT_KEY;
  private static final String BIAS = DefaultParamInitializer.BIAS_KEY;

  /** Where a tensor lies. */
  private record Place(
      Tensor tensor, INDArray array, KernelLayout layout, String vertex, String key) {}

  private final Architecture architecture;
  private final ComputationGraph graph;
  private final Map<String, Map<String, Place>> places = new LinkedHashMap<>();

  /**
   * Finds the tensors.
   *
   * @param graph initialised, and built from {@code architecture}
   */
  NetworkTensors(Architecture architecture, ComputationGraph graph) {
    this.architecture = architecture;
    this.graph = graph;
    for (int i = 0; i < architecture.size(); i++) {
      var ofNode = new LinkedHashMap<String, Place>();
      for (Tensor tensor : architecture.tensors(i)) {
        ofNode.put(tensor.name(), place(i, tensor));
      }
      places.put(architecture.nodes().get(i).name(), ofNode);
    }
  }

  private Place place(int index, Tensor tensor) {
    Layer layer = architecture.layer(index);
    Shape input = architecture.inputShapes(index).get(0);
    String vertex = VertexNames.of(index);
    String key = tensor.name().equals("bias") ? BIAS : WEIGHTS;
    KernelLayout layout = KernelLayout.same(Math.toIntExact(tensor.size()));
    if (layer instanceof Layer.BatchNormalization) {
      key = statisticKey(tensor.name());
    } else if (layer instanceof Layer.Convolution convolution && key.equals(WEIGHTS)) {
      layout =
          KernelLayout.convolution(convolution.width(), input.channels(), convolution.window());
    } else if (layer instanceof Layer.DepthwiseConvolution depthwise && key.equals(WEIGHTS)) {
      layout = KernelLayout.depthwise(input.channels(), depthwise.window());
    } else if (layer instanceof Layer.SeparableConvolution separable
        && tensor.name().equals("depthwise")) {
      vertex = VertexNames.depthwise(index);
      layout = KernelLayout.depthwise(input.channels(), separable.window());
    }
    INDArray array = requireNonNull(graph.getVertex(vertex).paramTable(false).get(key), vertex);
    return new Place(tensor, array, layout, vertex, key);
  }

  private static String statisticKey(String tensor) {
    return switch (tensor) {
      case "gain" -> BatchNormalizationParamInitializer.GAMMA;
      case "shift" -> BatchNormalizationParamInitializer.BETA;
      case "mean" -> BatchNormalizationParamInitializer.GLOBAL_MEAN;
      case "variance" -> BatchNormalizationParamInitializer.GLOBAL_VAR;
      default -> throw new IllegalStateException("A normalisation has no '" + tensor + "'.");
    };
  }

  /** Returns the tensors of a node, as its layer lists them. */
  List<Tensor> tensors(String node) {
    return ofNode(node).values().stream().map(Place::tensor).toList();
  }

  /**
   * Returns a copy of a tensor's numbers, in C order of its sides.
   *
   * @throws IllegalArgumentException if there is no such node or tensor
   */
  double[] read(String node, String tensor) {
    Place place = place(node, tensor);
    try (INDArray copy = place.array().dup('c')) {
      return place.layout().toTensor(copy.data().asDouble());
    }
  }

  /**
   * Sets all numbers of a tensor, rounded to the network's type. The variance of a normalisation is
   * the plain one, without the number that is added before the square root.
   *
   * @param values as many as the tensor has, in C order of its sides
   * @throws IllegalArgumentException if there is no such node or tensor, or it has another size
   */
  void write(String node, String tensor, double[] values) {
    Place place = place(node, tensor);
    if (values.length != place.tensor().size()) {
      throw new IllegalArgumentException(
          "Tensor '%s' of layer '%s' has the sides %s, so that it takes %d numbers, but was given %d. Maybe it is meant for another network."
              .formatted(
                  tensor, node, place.tensor().sides(), place.tensor().size(), values.length));
    }
    try (INDArray array = Nd4j.createFromArray(place.layout().toArray(values))) {
      place.array().assign(array.reshape('c', place.array().shape()));
    }
  }

  // What the optimiser keeps

  /**
   * Returns copies of what the optimiser keeps for each of a tensor's numbers, in C order of its
   * sides: two arrays for Adam, none for what is not trained.
   */
  List<double[]> readStates(String node, String tensor) {
    Place place = place(node, tensor);
    var states = new ArrayList<double[]>();
    for (INDArray state : states(place)) {
      try (INDArray copy = state.dup('c')) {
        states.add(place.layout().toTensor(copy.data().asDouble()));
      }
    }
    return states;
  }

  /**
   * Sets what {@link #readStates} returns.
   *
   * @param states as many as there are, each of the tensor's size
   */
  void writeStates(String node, String tensor, List<double[]> states) {
    Place place = place(node, tensor);
    List<INDArray> own = states(place);
    for (int i = 0; i < own.size(); i++) {
      try (INDArray array = Nd4j.createFromArray(place.layout().toArray(states.get(i)))) {
        own.get(i).assign(array.reshape('c', place.array().shape()));
      }
    }
  }

  /** Deeplearning4j keeps the states of neighbours together: all first ones, all second ones. */
  private List<INDArray> states(Place place) {
    INDArray all = graph.getUpdater().getStateViewArray();
    var states = new ArrayList<INDArray>();
    if (all == null || all.isEmpty()) {
      return states;
    }
    for (UpdaterBlock block : graph.getUpdater().getUpdaterBlocks()) {
      for (UpdaterBlock.ParamState state : block.getLayersAndVariablesInBlock()) {
        if (state.getParamName().equals(place.key())
            && state.getLayer().getConfig().getLayerName().equals(place.vertex())) {
          int trained = block.getParamOffsetEnd() - block.getParamOffsetStart();
          int inBlock = state.getParamOffsetStart() - block.getParamOffsetStart();
          int length = state.getParamOffsetEnd() - state.getParamOffsetStart();
          for (int from = block.getUpdaterViewOffsetStart();
              from < block.getUpdaterViewOffsetEnd();
              from += trained) {
            INDArray flat = all.reshape(all.length());
            states.add(
                flat.get(NDArrayIndex.interval(from + inBlock, from + inBlock + length))
                    .reshape(place.array().ordering(), place.array().shape()));
          }
        }
      }
    }
    return states;
  }

  private Place place(String node, String tensor) {
    Map<String, Place> ofNode = ofNode(node);
    Place place = ofNode.get(tensor);
    if (place == null) {
      throw new IllegalArgumentException(
          "Layer '%s' has no tensor '%s'. %s"
              .formatted(node, tensor, Nearest.hint(tensor, ofNode.keySet())));
    }
    return place;
  }

  private Map<String, Place> ofNode(String node) {
    architecture.index(node); // says which names there are
    return places.getOrDefault(node, Map.of());
  }

  /** Returns the arrays that weight decay shrinks: all weights, no biases, gates or gains. */
  List<INDArray> decayed() {
    return places.entrySet().stream()
        .filter(node -> isDecayed(architecture.layer(architecture.index(node.getKey()))))
        .flatMap(node -> node.getValue().values().stream())
        .filter(place -> !place.tensor().name().equals("bias"))
        .map(Place::array)
        .toList();
  }

  private static boolean isDecayed(Layer layer) {
    return !(layer instanceof Layer.BatchNormalization || layer instanceof Layer.GatedAdd);
  }

  // Counts

  /** Returns how many numbers Deeplearning4j counts as parameters. */
  long rawParameters() {
    return graph.params().length(); // its own count leaves out vertices that are no layers
  }

  /** Returns how many of them are running statistics. */
  long statistics() {
    return places.values().stream()
        .flatMap(node -> node.values().stream())
        .filter(place -> !place.tensor().trainable())
        .mapToLong(place -> place.tensor().size())
        .sum();
  }

  /** Returns how many of them are the zeros between the taps of dilated kernels. */
  long maskedZeros() {
    return places.values().stream()
        .flatMap(node -> node.values().stream())
        .mapToLong(place -> place.layout().zeros())
        .sum();
  }

  /** Returns how many of them are trained. */
  long trainable() {
    return rawParameters() - statistics() - maskedZeros();
  }
}
