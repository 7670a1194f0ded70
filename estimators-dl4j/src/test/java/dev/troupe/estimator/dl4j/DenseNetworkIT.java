package dev.troupe.estimator.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.estimator.dl4j.data.FeatureRows;
import dev.troupe.estimator.dl4j.data.InputShape;
import dev.troupe.estimator.dl4j.data.LabelledData;
import dev.troupe.estimator.dl4j.data.Part;
import dev.troupe.estimator.dl4j.data.PreparedData;
import dev.troupe.random.RandomStreams;
import dev.troupe.study.TrialId;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.data.Offset;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;
import org.nd4j.nativeblas.NativeOpsHolder;

/** The reference is Deeplearning4j itself: the same network made of its layers. */
class DenseNetworkIT {

  private static final int FEATURES = 7;
  private static final int UNITS = 9;
  private static final int BATCH = 24;
  private static final TrialRandomness RANDOMNESS =
      new TrialRandomness(RandomStreams.of(5), TrialId.of(1));

  @BeforeAll
  static void loadNatives() {
    Natives.load();
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
  }

  @ParameterizedTest
  @EnumSource(ActivationKind.class)
  void step_anyActivation_hasLossAndGradientOfLayers(ActivationKind activation) {
    requireSameGradient(recipe(2, activation, false, Optimizer.Rule.SGD, 0), classification());
  }

  @ParameterizedTest
  @EnumSource(ActivationKind.class)
  void step_withBatchNormalisation_hasLossAndGradientOfLayers(ActivationKind activation) {
    requireSameGradient(recipe(2, activation, true, Optimizer.Rule.SGD, 0), classification());
  }

  @ParameterizedTest
  @CsvSource({"false", "true"})
  void step_regression_hasLossAndGradientOfLayers(boolean batchNorm) {
    requireSameGradient(
        recipe(1, ActivationKind.TANH, batchNorm, Optimizer.Rule.SGD, 0), regression());
  }

  @ParameterizedTest
  @CsvSource({"ADAM, 0", "RMSPROP, 0", "ADAGRAD, 0", "SGD, 0", "SGD, 0.9"})
  void step_manyTimes_predictsLikeLayers(Optimizer.Rule rule, double momentum) {
    PreparedData data = classification();
    DenseRecipe recipe = recipe(2, ActivationKind.TANH, true, rule, momentum);
    try (var network = new DenseNetwork(recipe, data, RANDOMNESS)) {
      MultiLayerNetwork layers = layers(recipe, data, network.weights());
      for (int i = 0; i < 30; i++) {
        network.step(data.training(), firstRows(), 0, BATCH);
        layers.fit(features(data.training(), BATCH), targets(data, BATCH));
      }

      var predicted = new float[BATCH * data.outputs()];
      network.predict(data.training(), 0, BATCH, predicted);
      INDArray expected = layers.output(features(data.training(), BATCH), false);
      for (int i = 0; i < predicted.length; i++) {
        assertThat((float) Math.exp(predicted[i]))
            .as("output %d", i)
            .isCloseTo(expected.getFloat(i / data.outputs(), i % data.outputs()), within(2e-3f));
      }
    }
  }

  @Test
  void step_weightDecay_shrinksWeightsOnly() {
    PreparedData data = classification();
    var decaying = new OptimizerRecipe(Optimizer.Rule.SGD, 0.1, 0, 0.5);
    var plain = new OptimizerRecipe(Optimizer.Rule.SGD, 0.1, 0, 0);
    try (var first = new DenseNetwork(recipe(ActivationKind.RELU, 0, decaying), data, RANDOMNESS);
        var second = new DenseNetwork(recipe(ActivationKind.RELU, 0, plain), data, RANDOMNESS)) {
      first.step(data.training(), firstRows(), 0, BATCH);
      second.step(data.training(), firstRows(), 0, BATCH);

      float[] decayed = first.weights();
      float[] kept = second.weights();
      int weights = FEATURES * UNITS + UNITS * data.outputs();
      for (int i = 0; i < kept.length; i++) {
        float factor = i < weights ? 0.95f : 1f;
        assertThat(decayed[i]).isCloseTo(kept[i] * factor, within(1e-6f));
      }
    }
  }

  @Test
  void step_dropout_drawsAnewInTrainingAndIsAbsentInPrediction() {
    PreparedData data = classification();
    OptimizerRecipe still = new OptimizerRecipe(Optimizer.Rule.SGD, 1e-8, 0, 0);
    try (var dropping =
            new DenseNetwork(recipe(ActivationKind.RELU, 0.5, still), data, RANDOMNESS);
        var full = new DenseNetwork(recipe(ActivationKind.RELU, 0, still), data, RANDOMNESS)) {
      double expected = full.step(data.training(), firstRows(), 0, BATCH);
      double first = dropping.step(data.training(), firstRows(), 0, BATCH);
      double second = dropping.step(data.training(), firstRows(), 0, BATCH);

      assertThat(first).isNotEqualTo(expected).isNotEqualTo(second);
      var predicted = new float[BATCH * data.outputs()];
      var reference = predicted.clone();
      dropping.predict(data.training(), 0, BATCH, predicted);
      full.predict(data.training(), 0, BATCH, reference);
      for (int i = 0; i < predicted.length; i++) {
        assertThat(predicted[i]).isCloseTo(reference[i], within(1e-4f));
      }
    }
  }

  @Test
  void restore_weightsOfAnother_predictsTheSame() {
    PreparedData data = classification();
    DenseRecipe recipe = recipe(2, ActivationKind.ELU, true, Optimizer.Rule.ADAM, 0);
    try (var trained = new DenseNetwork(recipe, data, RANDOMNESS);
        var other =
            new DenseNetwork(
                recipe, data, new TrialRandomness(RandomStreams.of(6), TrialId.of(9)))) {
      for (int i = 0; i < 5; i++) {
        trained.step(data.training(), firstRows(), 0, BATCH);
      }
      other.restore(trained.weights());

      var expected = new float[BATCH * data.outputs()];
      var predicted = expected.clone();
      trained.predict(data.training(), 0, BATCH, expected);
      other.predict(data.training(), 0, BATCH, predicted);
      assertThat(predicted).containsExactly(expected);
    }
  }

  private static void requireSameGradient(DenseRecipe recipe, PreparedData data) {
    try (var network = new DenseNetwork(recipe, data, RANDOMNESS)) {
      MultiLayerNetwork layers = layers(recipe, data, network.weights());
      layers.setInput(features(data.training(), BATCH));
      layers.setLabels(targets(data, BATCH));
      layers.computeGradientAndScore();

      double loss = network.step(data.training(), firstRows(), 0, BATCH);

      assertThat(loss).isCloseTo(layers.score(), Offset.offset(1e-5));
      DenseLayout layout = DenseLayout.of(recipe, FEATURES, data.outputs());
      float[] gradient = network.gradient();
      for (int layer = 0; layer < layout.layers(); layer++) {
        int index = recipe.batchNorm() ? 3 * layer : layer;
        requireEqual(layers, index + "_W", gradient, layout.weightOffset(layer));
        if (layout.isNormalised(layer)) {
          int offset = layout.vectorOffset(layer);
          requireEqual(layers, index + 1 + "_gamma", gradient, offset);
          requireEqual(layers, index + 1 + "_beta", gradient, offset + layout.outputs(layer));
        } else {
          requireEqual(layers, index + "_b", gradient, layout.vectorOffset(layer));
        }
      }
    }
  }

  private static void requireEqual(
      MultiLayerNetwork layers, String name, float[] gradient, int offset) {
    float[] expected = layers.gradient().getGradientFor(name).dup('c').data().asFloat();
    for (int i = 0; i < expected.length; i++) {
      assertThat(gradient[offset + i])
          .as("gradient of %s at %d", name, i)
          // Layers sum over the batch; dividing by its size is left to their updater.
          .isCloseTo(expected[i] / BATCH, within(2e-6f));
    }
  }

  private static Offset<Float> within(float tolerance) {
    return Offset.offset(tolerance);
  }

  private static DenseRecipe recipe(
      int layers,
      ActivationKind activation,
      boolean batchNorm,
      Optimizer.Rule rule,
      double momentum) {
    return new DenseRecipe(
        layers,
        UNITS,
        false,
        activation,
        batchNorm,
        0,
        BATCH,
        new OptimizerRecipe(rule, 0.01, momentum, 0));
  }

  private static DenseRecipe recipe(
      ActivationKind activation, double dropout, OptimizerRecipe optimizer) {
    return new DenseRecipe(1, UNITS, false, activation, false, dropout, BATCH, optimizer);
  }

  private static MultiLayerNetwork layers(DenseRecipe recipe, PreparedData data, float[] weights) {
    Activation activation = recipe.activation().layer();
    var builder = new NeuralNetConfiguration.Builder().updater(recipe.optimizer().updater()).list();
    for (int layer = 0; layer < recipe.layers(); layer++) {
      int inputs = layer == 0 ? FEATURES : UNITS;
      boolean batchNorm = recipe.batchNorm();
      builder.layer(
          new DenseLayer.Builder()
              .nIn(inputs)
              .nOut(UNITS)
              .hasBias(!batchNorm)
              .activation(batchNorm ? Activation.IDENTITY : activation)
              .build());
      if (batchNorm) {
        builder.layer(new BatchNormalization.Builder().nIn(UNITS).nOut(UNITS).build());
        builder.layer(new ActivationLayer.Builder().activation(activation).build());
      }
    }
    boolean classes = !data.classes().isEmpty();
    builder.layer(
        new OutputLayer.Builder(classes ? LossFunction.MCXENT : LossFunction.MSE)
            .nIn(UNITS)
            .nOut(data.outputs())
            .activation(classes ? Activation.SOFTMAX : Activation.IDENTITY)
            .build());
    var layers = new MultiLayerNetwork(builder.build());
    layers.init();
    copyWeights(recipe, data, weights, layers);
    return layers;
  }

  private static void copyWeights(
      DenseRecipe recipe, PreparedData data, float[] weights, MultiLayerNetwork layers) {
    DenseLayout layout = DenseLayout.of(recipe, FEATURES, data.outputs());
    for (int layer = 0; layer < layout.layers(); layer++) {
      INDArray target = layers.getLayer(recipe.batchNorm() ? 3 * layer : layer).getParam("W");
      float[] source =
          Arrays.copyOfRange(
              weights,
              layout.weightOffset(layer),
              layout.weightOffset(layer) + layout.weightSize(layer));
      target.assign(
          Nd4j.create(source, new long[] {layout.inputs(layer), layout.outputs(layer)}, 'c'));
    }
  }

  private static INDArray features(Part part, int rows) {
    var values = new float[rows * part.width()];
    for (int i = 0; i < rows; i++) {
      part.read(i, values, i * part.width());
    }
    return Nd4j.create(values, new long[] {rows, part.width()}, 'c');
  }

  private static INDArray targets(PreparedData data, int rows) {
    INDArray targets = Nd4j.zeros(rows, data.outputs());
    for (int i = 0; i < rows; i++) {
      if (data.classes().isEmpty()) {
        targets.putScalar(i, 0, data.training().target(i));
      } else {
        targets.putScalar(i, data.training().label(i), 1);
      }
    }
    return targets;
  }

  private static int[] firstRows() {
    var rows = new int[BATCH];
    Arrays.setAll(rows, i -> i);
    return rows;
  }

  private static PreparedData classification() {
    var random = new Random(3);
    float[] features = features(random, 60);
    var labels = new int[60];
    Arrays.setAll(labels, i -> random.nextInt(3));
    return PreparedData.of(
        LabelledData.classification(
            "made",
            InputShape.vector(FEATURES),
            FeatureRows.ofFloats(features, FEATURES),
            labels,
            List.of("a", "b", "c")),
        0.2,
        0.2,
        random);
  }

  private static PreparedData regression() {
    var random = new Random(4);
    float[] features = features(random, 60);
    var targets = new float[60];
    for (int i = 0; i < 60; i++) {
      targets[i] = random.nextFloat();
    }
    return PreparedData.of(
        LabelledData.regression(
            "made", InputShape.vector(FEATURES), FeatureRows.ofFloats(features, FEATURES), targets),
        0.2,
        0.2,
        random);
  }

  private static float[] features(Random random, int rows) {
    var features = new float[rows * FEATURES];
    for (int i = 0; i < features.length; i++) {
      features[i] = random.nextFloat() * 2 - 1;
    }
    return features;
  }
}
