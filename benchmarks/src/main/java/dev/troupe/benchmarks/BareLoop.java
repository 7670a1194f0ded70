package dev.troupe.benchmarks;

import dev.troupe.estimator.dl4j.data.LabelledData;
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
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** What one would write without a framework: Deeplearning4j's layers, batches sliced in order. */
final class BareLoop {

  private static final int BATCH = 128;
  private static final int CLASSES = 10;
  private static final int SIDE = 28;

  private final boolean convolutional;
  private final INDArray features;
  private final INDArray labels;

  private BareLoop(boolean convolutional, INDArray features, INDArray labels) {
    this.convolutional = convolutional;
    this.features = features;
    this.labels = labels;
  }

  /** Returns a loop that trains {@code mlp} or {@code cnn} on all but the test rows. */
  static BareLoop of(String model, LabelledData data) {
    int rows = data.rows() - data.testRows();
    int width = data.shape().size();
    var values = new float[rows * width];
    INDArray labels = Nd4j.zeros(rows, CLASSES);
    for (int row = 0; row < rows; row++) {
      data.features().read(row, values, row * width);
      labels.putScalar(row, (long) data.target(row), 1);
    }
    boolean convolutional = model.equals("cnn");
    long[] shape =
        convolutional ? new long[] {rows, 1, SIDE, SIDE} : new long[] {rows, (long) width};
    return new BareLoop(convolutional, Nd4j.create(values, shape, 'c').divi(255), labels);
  }

  long images() {
    return labels.size(0);
  }

  /** Trains a new network. */
  void train(int epochs) {
    var network = new MultiLayerNetwork(convolutional ? convolutional() : dense());
    network.init();
    for (int epoch = 0; epoch < epochs; epoch++) {
      for (long from = 0; from < images(); from += BATCH) {
        var rows = NDArrayIndex.interval(from, Math.min(images(), from + BATCH));
        network.fit(features.get(rows), labels.get(rows));
      }
    }
    network.close();
    Nd4j.getWorkspaceManager().destroyAllWorkspacesForCurrentThread();
  }

  private static MultiLayerConfiguration dense() {
    return new NeuralNetConfiguration.Builder()
        .seed(1)
        .updater(new Adam(1e-3))
        .list()
        .layer(new DenseLayer.Builder().nOut(256).activation(Activation.RELU).build())
        .layer(new DenseLayer.Builder().nOut(128).activation(Activation.RELU).build())
        .layer(output())
        .setInputType(InputType.feedForward(SIDE * SIDE))
        .build();
  }

  private static MultiLayerConfiguration convolutional() {
    NeuralNetConfiguration.ListBuilder layers =
        new NeuralNetConfiguration.Builder()
            .seed(1)
            .updater(new Adam(1e-3))
            .convolutionMode(ConvolutionMode.Same)
            .list();
    for (int filters : new int[] {16, 32}) {
      layers
          .layer(
              new ConvolutionLayer.Builder(3, 3)
                  .nOut(filters)
                  .hasBias(false)
                  .activation(Activation.IDENTITY)
                  .build())
          .layer(new BatchNormalization.Builder().build())
          .layer(new ActivationLayer.Builder().activation(Activation.RELU).build())
          .layer(
              new SubsamplingLayer.Builder(SubsamplingLayer.PoolingType.MAX)
                  .kernelSize(2, 2)
                  .stride(2, 2)
                  .build());
    }
    return layers
        .layer(new DenseLayer.Builder().nOut(64).activation(Activation.RELU).build())
        .layer(output())
        .setInputType(InputType.convolutional(SIDE, SIDE, 1))
        .build();
  }

  private static OutputLayer output() {
    return new OutputLayer.Builder(LossFunction.MCXENT)
        .nOut(CLASSES)
        .activation(Activation.SOFTMAX)
        .build();
  }
}
