package dev.troupe.estimator.dl4j;

import dev.troupe.architecture.Layer;
import dev.troupe.architecture.Shape;
import dev.troupe.architecture.Window;
import dev.troupe.estimator.dl4j.data.Task;
import org.deeplearning4j.nn.conf.layers.BaseLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/** The layers of Deeplearning4j that stand for those of an architecture. All are linear. */
final class GraphLayers {

  /** What is added to a variance before the square root is taken. */
  static final double EPSILON = Layer.BatchNormalization.EPSILON;

  /** The share of a running statistic that stays at each step. */
  private static final double DECAY = 0.9;

  private GraphLayers() {}

  static ConvolutionLayer convolution(
      int filters, Window window, boolean bias, Shape input, Border border) {
    var layer = new ConvolutionLayer.Builder(window.extentHeight(), window.extentWidth());
    KernelLayout layout = KernelLayout.convolution(filters, input.channels(), window);
    if (layout.zeros() > 0) {
      layer.constrainWeights(new KernelMask(layout));
    }
    return layer
        .stride(window.strideHeight(), window.strideWidth())
        .convolutionMode(border.mode())
        .padding(border.above(), border.left())
        .nIn(input.channels())
        .nOut(filters)
        .hasBias(bias)
        .build();
  }

  /** One channel is convolved as usual: ND4J fails at the gradient of a depthwise point. */
  static BaseLayer depthwise(Window window, boolean bias, Shape input, Border border) {
    if (input.channels() == 1) {
      return convolution(1, window, bias, input, border);
    }
    var layer = new DepthwiseConvolution2D.Builder(window.extentHeight(), window.extentWidth());
    KernelLayout layout = KernelLayout.depthwise(input.channels(), window);
    if (layout.zeros() > 0) {
      layer.constrainWeights(new KernelMask(layout));
    }
    return layer
        .depthMultiplier(1)
        .stride(window.strideHeight(), window.strideWidth())
        .convolutionMode(border.mode())
        .padding(border.above(), border.left())
        .nIn(input.channels())
        .nOut(input.channels())
        .hasBias(bias)
        .build();
  }

  static SubsamplingLayer pooling(Layer.Pooling pooling, Border border) {
    Window window = pooling.window();
    return new SubsamplingLayer.Builder(type(pooling.pool()))
        .kernelSize(window.extentHeight(), window.extentWidth())
        .stride(window.strideHeight(), window.strideWidth())
        .convolutionMode(border.mode())
        .padding(border.above(), border.left())
        .build();
  }

  static GlobalPoolingLayer globalPooling(Layer.Pool pool) {
    return new GlobalPoolingLayer.Builder(type(pool)).build();
  }

  private static PoolingType type(Layer.Pool pool) {
    return pool == Layer.Pool.MAX ? PoolingType.MAX : PoolingType.AVG;
  }

  static DenseLayer dense(int units, boolean bias, Shape input) {
    return new DenseLayer.Builder()
        .nIn(input.channels())
        .nOut(units)
        .hasBias(bias)
        .activation(Activation.IDENTITY)
        .build();
  }

  /** Keeps the variance itself, not its logarithm, so that it can be read and set exactly. */
  static BatchNormalization normalization(Shape input) {
    return new BatchNormalization.Builder()
        .nIn(input.channels())
        .nOut(input.channels())
        .eps(EPSILON)
        .decay(DECAY)
        .useLogStd(false)
        .build();
  }

  static OutputLayer output(int width, Task task, Shape input) {
    boolean classes = task == Task.CLASSIFICATION;
    return new OutputLayer.Builder(classes ? LossFunction.MCXENT : LossFunction.MSE)
        .nIn(input.channels())
        .nOut(width)
        .activation(classes ? Activation.SOFTMAX : Activation.IDENTITY)
        .build();
  }
}
