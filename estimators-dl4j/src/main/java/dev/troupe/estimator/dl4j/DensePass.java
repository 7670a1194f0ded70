package dev.troupe.estimator.dl4j;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.impl.transforms.strict.GELU;
import org.nd4j.linalg.api.ops.impl.transforms.strict.GELUDerivative;
import org.nd4j.linalg.api.ops.impl.transforms.strict.Swish;
import org.nd4j.linalg.api.ops.impl.transforms.strict.SwishDerivative;

/**
 * The way of one batch through a multilayer perceptron, and back: activations for a fixed number of
 * rows, and the operations between them in their order.
 */
final class DensePass implements AutoCloseable {

  /** Share of the old running statistics that remains after a batch. */
  private static final float MEMORY = 0.9f;

  private static final double EPSILON = 1e-5;
  private static final double LEAK = 0.01;

  private final DenseRecipe recipe;
  private final DenseLayout layout;
  private final DenseMemory memory;
  private final int rows;
  private final boolean training;
  private final float[] outputs;

  private final List<SharedArray> owned = new ArrayList<>();
  private final List<NativeStep> forward = new ArrayList<>();
  private final List<NativeStep> backward = new ArrayList<>();

  // One entry a layer: what goes in, the weighted sums, these after bias or normalisation.
  private final List<SharedArray> inputs = new ArrayList<>();
  private final List<SharedArray> sums = new ArrayList<>();
  private final List<SharedArray> inner = new ArrayList<>();

  // One entry a hidden layer, if there is dropout or normalisation, in training only.
  private final List<SharedArray> masks = new ArrayList<>();
  private final List<SharedArray> means = new ArrayList<>();
  private final List<SharedArray> variances = new ArrayList<>();

  private final @Nullable SharedArray outputGradient;

  private DensePass(
      DenseRecipe recipe, DenseLayout layout, DenseMemory memory, int rows, boolean training) {
    this.recipe = recipe;
    this.layout = layout;
    this.memory = memory;
    this.rows = rows;
    this.training = training;
    int last = layout.layers() - 1;
    outputs = new float[rows * layout.outputs()];
    inputs.add(allocate(layout.inputs(0)));
    for (int layer = 0; layer <= last; layer++) {
      planForward(layer);
    }
    outputGradient = training ? allocate(layout.outputs()) : null;
    if (outputGradient != null) {
      SharedArray gradient = outputGradient;
      for (int layer = last; layer >= 0; layer--) {
        gradient = planBackward(layer, gradient);
      }
    }
  }

  /** Plans a step of training on {@code rows} rows. */
  static DensePass training(DenseRecipe recipe, DenseLayout layout, DenseMemory memory, int rows) {
    return new DensePass(recipe, layout, memory, rows, true);
  }

  /** Plans a prediction: running statistics instead of the batch's, and no dropout. */
  static DensePass predicting(
      DenseRecipe recipe, DenseLayout layout, DenseMemory memory, int rows) {
    return new DensePass(recipe, layout, memory, rows, false);
  }

  private SharedArray allocate(long width) {
    var array = new SharedArray(rows, width);
    owned.add(array);
    return array;
  }

  private void planForward(int layer) {
    int width = layout.outputs(layer);
    SharedArray sum = allocate(width);
    sums.add(sum);
    INDArray weights = memory.weights(memory.parameters(), layer);
    multiply(forward, inputs.get(layer).array(), false, weights, false, sum.array());
    inner.add(layout.isNormalised(layer) ? planNormalise(layer) : planBias(layer));
    if (layout.isLast(layer)) {
      return;
    }
    SharedArray out = allocate(width);
    inputs.add(out);
    forward.add(activation(inner.get(layer).array(), out.array()));
    if (training && recipe.dropout() > 0) {
      SharedArray mask = allocate(width);
      masks.add(mask);
      scale(forward, out, mask);
    }
  }

  private SharedArray planBias(int layer) {
    SharedArray sum = sums.get(layer);
    INDArray bias = memory.vector(memory.parameters(), layer);
    forward.add(NativeStep.of("biasadd", List.of(sum.array(), bias), List.of(sum.array())));
    return sum;
  }

  private SharedArray planNormalise(int layer) {
    SharedArray normalised = allocate(layout.outputs(layer));
    INDArray sum = sums.get(layer).array();
    if (training) {
      var mean = new SharedArray(layout.outputs(layer));
      var variance = new SharedArray(layout.outputs(layer));
      owned.addAll(List.of(mean, variance));
      means.add(mean);
      variances.add(variance);
      forward.add(
          NativeStep.of(
              "moments", List.of(sum), List.of(mean.array(), variance.array()), new double[0], 0));
    }
    forward.add(
        NativeStep.of(
            "batchnorm",
            normalisationInputs(layer),
            List.of(normalised.array()),
            new double[] {EPSILON},
            1,
            1,
            1));
    return normalised;
  }

  private List<INDArray> normalisationInputs(int layer) {
    return List.of(
        sums.get(layer).array(),
        (training ? means.get(layer) : memory.mean(layer)).array(),
        (training ? variances.get(layer) : memory.variance(layer)).array(),
        memory.vector(memory.parameters(), layer),
        memory.shift(memory.parameters(), layer));
  }

  /**
   * Plans the way back through a layer.
   *
   * @param gradient that of the layer's outputs; of its weighted sums for the last layer
   * @return where the gradient of the layer's inputs will be; for the first layer, which needs
   *     none, {@code gradient} itself
   */
  private SharedArray planBackward(int layer, SharedArray gradient) {
    SharedArray ofSums = layout.isLast(layer) ? gradient : planHiddenBackward(layer, gradient);
    if (!layout.isNormalised(layer)) {
      backward.add(
          NativeStep.of(
              "reduce_sum",
              List.of(ofSums.array()),
              List.of(memory.vector(memory.gradient(), layer)),
              new double[0],
              0));
    }
    INDArray ofWeights = memory.weights(memory.gradient(), layer);
    multiply(backward, inputs.get(layer).array(), true, ofSums.array(), false, ofWeights);
    if (layer == 0) {
      return gradient;
    }
    SharedArray ofInputs = allocate(layout.inputs(layer));
    INDArray weights = memory.weights(memory.parameters(), layer);
    multiply(backward, ofSums.array(), false, weights, true, ofInputs.array());
    return ofInputs;
  }

  private SharedArray planHiddenBackward(int layer, SharedArray gradient) {
    if (!masks.isEmpty()) {
      scale(backward, gradient, masks.get(layer));
    }
    SharedArray ofInner = allocate(layout.outputs(layer));
    planActivationBackward(inner.get(layer).array(), gradient.array(), ofInner.array());
    return layout.isNormalised(layer) ? planNormaliseBackward(layer, ofInner) : ofInner;
  }

  private SharedArray planNormaliseBackward(int layer, SharedArray ofNormalised) {
    SharedArray ofSums = allocate(layout.outputs(layer));
    var unused = new SharedArray(2, layout.outputs(layer));
    owned.add(unused);
    List<INDArray> in = new ArrayList<>(normalisationInputs(layer));
    in.add(ofNormalised.array());
    backward.add(
        NativeStep.of(
            "batchnorm_bp",
            in,
            List.of(
                ofSums.array(),
                unused.array().getRow(0),
                unused.array().getRow(1),
                memory.vector(memory.gradient(), layer),
                memory.shift(memory.gradient(), layer)),
            new double[] {EPSILON},
            1,
            1,
            1));
    return ofSums;
  }

  private static void multiply(
      List<NativeStep> plan,
      INDArray left,
      boolean transposeLeft,
      INDArray right,
      boolean transposeRight,
      INDArray product) {
    plan.add(
        NativeStep.of(
            "matmul",
            List.of(left, right),
            List.of(product),
            new double[0],
            transposeLeft ? 1 : 0,
            transposeRight ? 1 : 0,
            0));
  }

  private static void scale(List<NativeStep> plan, SharedArray values, SharedArray mask) {
    plan.add(
        NativeStep.of("multiply", List.of(values.array(), mask.array()), List.of(values.array())));
  }

  private NativeStep activation(INDArray in, INDArray out) {
    return switch (recipe.activation()) {
      case RELU -> custom("relu", List.of(in), out, 0);
      case LEAKY_RELU -> custom("lrelu", List.of(in), out, LEAK);
      case ELU -> custom("elu", List.of(in), out, 1);
      case SELU -> custom("selu", List.of(in), out);
      case TANH -> custom("tanh", List.of(in), out);
      case SIGMOID -> custom("sigmoid", List.of(in), out);
      case SOFTPLUS -> custom("softplus", List.of(in), out);
      case GELU -> NativeStep.of(new GELU(in, out));
      case SWISH -> NativeStep.of(new Swish(in, out));
    };
  }

  private void planActivationBackward(INDArray in, INDArray ofOut, INDArray ofIn) {
    List<INDArray> both = List.of(in, ofOut);
    switch (recipe.activation()) {
      case RELU -> backward.add(custom("relu_bp", both, ofIn, 0));
      case LEAKY_RELU -> backward.add(custom("lrelu_bp", both, ofIn, LEAK));
      case ELU -> backward.add(custom("elu_bp", both, ofIn, 1));
      case SELU -> backward.add(custom("selu_bp", both, ofIn));
      case TANH -> backward.add(custom("tanh_bp", both, ofIn));
      case SIGMOID -> backward.add(custom("sigmoid_bp", both, ofIn));
      case SOFTPLUS -> backward.add(custom("softplus_bp", both, ofIn));
      case GELU -> {
        backward.add(NativeStep.of(new GELUDerivative(in, ofIn)));
        backward.add(custom("multiply", List.of(ofIn, ofOut), ofIn));
      }
      case SWISH -> {
        backward.add(NativeStep.of(new SwishDerivative(in, ofIn)));
        backward.add(custom("multiply", List.of(ofIn, ofOut), ofIn));
      }
    }
  }

  private static NativeStep custom(
      String name, List<INDArray> in, INDArray out, double... arguments) {
    return NativeStep.of(name, in, List.of(out), arguments);
  }

  /** Returns where the rows of the batch belong. */
  SharedArray input() {
    return inputs.get(0);
  }

  /**
   * Draws which outputs of hidden layers are left out; the others are enlarged, so that their
   * expectation stays. Probabilities are rounded to multiples of 2^-16.
   */
  void drawMasks(RandomGenerator random) {
    float kept = (float) (1 / (1 - recipe.dropout()));
    int threshold = (int) Math.round(recipe.dropout() * 65536);
    for (SharedArray mask : masks) {
      int size = mask.window().capacity();
      long bits = 0;
      for (int i = 0; i < size; i++) {
        bits = (i & 3) == 0 ? random.nextLong() : bits >>> 16;
        mask.window().put(i, (bits & 0xFFFF) < threshold ? 0f : kept);
      }
      mask.flush();
    }
  }

  /** Computes the outputs from what {@link #input} holds. */
  void forward() {
    forward.forEach(NativeStep::run);
  }

  /** Returns the outputs, one row after the other; the next call overwrites them. */
  float[] outputs() {
    sums.get(sums.size() - 1).read(outputs);
    return outputs;
  }

  /** Computes the gradient of all parameters from that of the outputs. */
  void backward(float[] gradient) {
    if (outputGradient == null) {
      throw new IllegalStateException("A pass for predictions has no way back.");
    }
    outputGradient.write(gradient);
    backward.forEach(NativeStep::run);
  }

  /** Moves the running statistics towards those of the batch. */
  void trackStatistics() {
    for (int layer = 0; layer < means.size(); layer++) {
      track(memory.mean(layer), means.get(layer));
      track(memory.variance(layer), variances.get(layer));
    }
  }

  private static void track(SharedArray running, SharedArray batch) {
    var old = new float[running.window().capacity()];
    float[] now = Arrays.copyOf(old, old.length);
    running.read(old);
    batch.read(now);
    for (int i = 0; i < old.length; i++) {
      old[i] = MEMORY * old[i] + (1 - MEMORY) * now[i];
    }
    running.write(old);
  }

  @Override
  public void close() {
    forward.forEach(NativeStep::close);
    backward.forEach(NativeStep::close);
    owned.forEach(SharedArray::close);
  }
}
