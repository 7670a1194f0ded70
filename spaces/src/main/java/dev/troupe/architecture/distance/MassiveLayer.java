package dev.troupe.architecture.distance;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.Shape;
import dev.troupe.architecture.distance.LayerLabel.Kind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A layer as the transport distance sees it.
 *
 * @param label what it does
 * @param mass above 0
 * @param paths where it lies: lengths of paths to it and from it
 */
record MassiveLayer(LayerLabel label, double mass, List<Double> paths) {

  private static final double DENSE_SHARE = 0.1;
  private static final double END_SHARE = 0.1;
  private static final double LEAST_END = 100;

  /** Returns the layers of an architecture that have a mass, in order. */
  static List<MassiveLayer> of(Architecture architecture) {
    var labels = new ArrayList<@Nullable LayerLabel>();
    double inner = 0;
    for (int i = 0; i < architecture.size(); i++) {
      labels.add(LayerLabel.of(architecture.layer(i), activation(architecture, i)));
      inner += mass(architecture, i);
    }
    double end = Math.max(END_SHARE * inner, LEAST_END);
    double[][] paths = new PathLengths(architecture, labels).all();
    var layers = new ArrayList<MassiveLayer>();
    for (int i = 0; i < labels.size(); i++) {
      LayerLabel label = labels.get(i);
      if (label != null) {
        layers.add(new MassiveLayer(label, mass(architecture, i, label, end), boxed(paths[i])));
      }
    }
    return layers;
  }

  private static double mass(Architecture architecture, int index, LayerLabel label, double end) {
    if (label.kind() == Kind.INPUT) {
      return end;
    }
    return label.kind() == Kind.OUTPUT ? 2 * end : mass(architecture, index);
  }

  /** Returns the mass of a layer between the ends; 0 for others. */
  private static double mass(Architecture architecture, int index) {
    Layer layer = architecture.layer(index);
    if (layer instanceof Layer.Input || layer instanceof Layer.Output) {
      return 0;
    }
    List<Shape> inputs = architecture.inputShapes(index);
    double channels = inputs.get(0).channels();
    if (layer instanceof Layer.Projection projection) {
      double product = channels * projection.width();
      return layer instanceof Layer.Dense ? DENSE_SHARE * product : product;
    }
    boolean isMassive = layer instanceof Layer.Windowed || layer instanceof Layer.GlobalPooling;
    return isMassive ? channels : 0;
  }

  /** Returns the first activation behind a layer that nothing but functions lies before. */
  private static Layer.@Nullable Activation activation(Architecture architecture, int index) {
    int[] consumers = architecture.consumers(index);
    while (consumers.length == 1) {
      Layer next = architecture.layer(consumers[0]);
      if (next instanceof Layer.Activation activation) {
        return activation;
      }
      if (!(next instanceof Layer.BatchNormalization || next instanceof Layer.Dropout)) {
        return null;
      }
      consumers = architecture.consumers(consumers[0]);
    }
    return null;
  }

  private static List<Double> boxed(double[] values) {
    return Arrays.stream(values).boxed().toList();
  }

  /** Returns the mean difference of lengths. */
  static double structureCost(List<Double> paths, List<Double> others) {
    double sum = 0;
    for (int i = 0; i < paths.size(); i++) {
      sum += Math.abs(paths.get(i) - others.get(i));
    }
    return sum / paths.size();
  }
}
