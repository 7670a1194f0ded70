package dev.troupe.estimator.dl4j;

import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.OutputLayer;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;

/** Prints which accelerated helper a convolution uses, or why no back end could be loaded. */
final class HelperProbe {

  private HelperProbe() {}

  public static void main(String[] arguments) {
    try {
      Natives.load();
      System.out.println(helper());
    } catch (IllegalStateException e) {
      System.out.println(e.getMessage());
    }
  }

  static String helper() {
    var network =
        new MultiLayerNetwork(
            new NeuralNetConfiguration.Builder()
                .list()
                .layer(new ConvolutionLayer.Builder(3, 3).nOut(2).build())
                .layer(new OutputLayer.Builder().nOut(2).build())
                .setInputType(InputType.convolutional(5, 5, 1))
                .build());
    network.init();
    var layer = (org.deeplearning4j.nn.layers.convolution.ConvolutionLayer) network.getLayer(0);
    return layer.getHelper() == null ? "none" : layer.getHelper().getClass().getSimpleName();
  }
}
