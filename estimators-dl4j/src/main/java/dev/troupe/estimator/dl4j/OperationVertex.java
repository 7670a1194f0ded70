package dev.troupe.estimator.dl4j;

import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.api.Layer;
import org.deeplearning4j.nn.api.MaskState;
import org.deeplearning4j.nn.api.TrainingConfig;
import org.deeplearning4j.nn.conf.GradientNormalization;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.memory.MemoryReport;
import org.deeplearning4j.nn.gradient.DefaultGradient;
import org.deeplearning4j.nn.gradient.Gradient;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.graph.vertex.BaseGraphVertex;
import org.deeplearning4j.nn.graph.vertex.GraphVertex;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.jspecify.annotations.Nullable;
import org.nd4j.common.primitives.Pair;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.regularization.Regularization;

/** Puts an {@link Operation} into a graph of Deeplearning4j. */
final class OperationVertex extends org.deeplearning4j.nn.conf.graph.GraphVertex {

  /** The name of the only array of parameters that an operation can have. */
  static final String PARAMETERS = "W";

  private final transient Operation operation;
  private final IUpdater updater;

  /**
   * Makes the part of a graph's configuration that leads to a vertex.
   *
   * @param operation for one network alone
   * @param updater of its parameters
   */
  OperationVertex(Operation operation, IUpdater updater) {
    this.operation = operation;
    this.updater = updater;
  }

  @Override
  public OperationVertex clone() {
    return new OperationVertex(operation, updater);
  }

  @Override
  public boolean equals(@Nullable Object other) {
    return other instanceof OperationVertex that && that.operation == operation;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(operation);
  }

  @Override
  public long numParams(boolean trainedOnly) {
    return operation.parameters();
  }

  @Override
  public int minVertexInputs() {
    return 1;
  }

  @Override
  public int maxVertexInputs() {
    return Integer.MAX_VALUE;
  }

  @Override
  public GraphVertex instantiate(
      ComputationGraph graph,
      String name,
      int index,
      INDArray parameters,
      boolean initialise,
      DataType type) {
    if (operation.parameters() > 0) {
      if (initialise) {
        parameters.assign(0);
      }
      operation.bindParameters(parameters);
    }
    return new Running(graph, name, index, type, this, parameters);
  }

  /** Never asked: the sizes of all layers are given. */
  @Override
  public InputType getOutputType(int layer, InputType... inputs) {
    throw new UnsupportedOperationException("The type of the output is not inferred.");
  }

  @Override
  public MemoryReport getMemoryReport(InputType... inputs) {
    throw new UnsupportedOperationException("The need for memory is not estimated.");
  }

  /** The vertex of one network. */
  @SuppressWarnings("overrides") // of Deeplearning4j's own classes among each other
  private static final class Running extends BaseGraphVertex {

    private final transient Operation operation;
    private final Training training;
    private final @Nullable INDArray parameters;
    private @Nullable INDArray gradients;

    Running(
        ComputationGraph graph,
        String name,
        int index,
        DataType type,
        OperationVertex configuration,
        INDArray parameters) {
      super(graph, name, index, null, null, type);
      operation = configuration.operation;
      training = new Training(name, configuration.updater);
      this.parameters = operation.parameters() == 0 ? null : parameters;
    }

    @Override
    public boolean hasLayer() {
      return false;
    }

    @Override
    public @Nullable Layer getLayer() {
      return null;
    }

    @Override
    public INDArray doForward(boolean isTraining, LayerWorkspaceMgr memory) {
      return operation.forward(inputs, isTraining, memory);
    }

    @Override
    public Pair<Gradient, INDArray[]> doBackward(boolean truncated, LayerWorkspaceMgr memory) {
      INDArray[] atInputs = operation.backward(inputs, epsilon, memory);
      Gradient ofParameters = new DefaultGradient();
      if (gradients != null) {
        ofParameters.setGradientFor(PARAMETERS, gradients);
      }
      return new Pair<>(ofParameters, atInputs);
    }

    @Override
    public void setBackpropGradientsViewArray(@Nullable INDArray view) {
      if (view != null && operation.parameters() > 0) {
        gradients = view;
        operation.bindGradients(view);
      }
    }

    @Override
    public @Nullable Pair<INDArray, MaskState> feedForwardMaskArrays(
        INDArray @Nullable [] masks, MaskState state, int rows) {
      return null;
    }

    @Override
    public Map<String, INDArray> paramTable(boolean trainedOnly) {
      return parameters == null ? Map.of() : Map.of(PARAMETERS, parameters);
    }

    @Override
    public @Nullable INDArray params() {
      return parameters;
    }

    @Override
    public @Nullable INDArray getGradientsViewArray() {
      return gradients;
    }

    @Override
    public TrainingConfig getConfig() {
      return training;
    }

    @Override
    public String toString() {
      return "OperationVertex(" + vertexName + ")";
    }
  }

  /** How the parameters of an operation are trained. */
  private record Training(String name, IUpdater updater) implements TrainingConfig {

    @Override
    public String getLayerName() {
      return name;
    }

    @Override
    public List<Regularization> getRegularizationByParam(String parameter) {
      return List.of();
    }

    @Override
    public boolean isPretrainParam(String parameter) {
      return false;
    }

    @Override
    public IUpdater getUpdaterByParam(String parameter) {
      return updater;
    }

    @Override
    public GradientNormalization getGradientNormalization() {
      return GradientNormalization.None;
    }

    @Override
    public double getGradientNormalizationThreshold() {
      return 1;
    }

    @Override
    public void setDataType(DataType type) {}
  }
}
