package dev.troupe.estimator.dl4j;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.Shape;
import dev.troupe.architecture.Window;
import java.util.Arrays;

/**
 * What an architecture computes in use, written down once more in plain loops after the definitions
 * of its layers, for one example and without any library.
 */
final class ReferencePass {

  private final Architecture architecture;
  private final NetworkTensors tensors;
  private final double[][] values;

  private ReferencePass(Architecture architecture, NetworkTensors tensors) {
    this.architecture = architecture;
    this.tensors = tensors;
    values = new double[architecture.size()][];
  }

  /** Returns the output before any softmax. */
  static double[] of(Architecture architecture, NetworkTensors tensors, double[] example) {
    var pass = new ReferencePass(architecture, tensors);
    pass.values[0] = example;
    for (int node = 1; node < architecture.size(); node++) {
      pass.values[node] = pass.compute(node);
    }
    return pass.values[architecture.size() - 1];
  }

  private double[] compute(int node) {
    Layer layer = architecture.layer(node);
    int[] from = architecture.inputs(node);
    double[] x = values[from[0]];
    Shape input = architecture.shape(from[0]);
    Shape output = architecture.shape(node);
    if (layer instanceof Layer.Dense || layer instanceof Layer.Output) {
      return dense(node, x, output);
    } else if (layer instanceof Layer.Convolution convolution) {
      double[] bias = bias(node, convolution);
      return convolve(x, input, output, convolution.window(), read(node, "weights"), bias, false);
    } else if (layer instanceof Layer.DepthwiseConvolution depthwise) {
      double[] bias = bias(node, depthwise);
      return convolve(x, input, output, depthwise.window(), read(node, "weights"), bias, true);
    } else if (layer instanceof Layer.SeparableConvolution separable) {
      return separable(node, separable, x, input, output);
    } else if (layer instanceof Layer.BatchNormalization) {
      return normalize(node, x, input);
    } else if (layer instanceof Layer.Pooling pooling) {
      return pool(x, input, output, pooling);
    } else if (layer instanceof Layer.GlobalPooling pooling) {
      var whole = new Window(input.height(), input.width(), 1, 1, 1, Window.square(1).padding());
      return pool(x, input, output, new Layer.Pooling(pooling.pool(), whole.inside()));
    } else if (layer instanceof Layer.Activation activation) {
      return apply(x, activation.function());
    } else if (layer instanceof Layer.Zero) {
      return new double[(int) output.size()];
    } else if (layer instanceof Layer.Shift shift) {
      return place(x, input, output, -shift.rows(), -shift.columns());
    } else if (layer instanceof Layer.Pad) {
      int above = (output.height() - input.height()) / 2;
      return place(x, input, output, above, (output.width() - input.width()) / 2);
    } else if (layer instanceof Layer.Concatenate) {
      return concatenate(from, output);
    } else if (layer instanceof Layer.Merge) {
      return sum(node, layer, from);
    }
    return x; // dropout, identity, flatten
  }

  private double[] read(int node, String tensor) {
    return tensors.read(architecture.nodes().get(node).name(), tensor);
  }

  private double[] bias(int node, Layer.Biased layer) {
    return layer.bias() ? read(node, "bias") : new double[architecture.shape(node).channels()];
  }

  private double[] dense(int node, double[] x, Shape output) {
    double[] weights = read(node, "weights");
    double[] y = bias(node, (Layer.Biased) architecture.layer(node));
    int units = output.channels();
    for (int i = 0; i < x.length; i++) {
      for (int j = 0; j < units; j++) {
        y[j] += x[i] * weights[i * units + j];
      }
    }
    return y;
  }

  private double[] separable(
      int node, Layer.SeparableConvolution layer, double[] x, Shape input, Shape output) {
    Shape middle = layer.window().over(input);
    double[] none = new double[input.channels()];
    double[] moved =
        convolve(x, input, middle, layer.window(), read(node, "depthwise"), none, true);
    return convolve(
        moved, middle, output, Window.square(1), read(node, "pointwise"), bias(node, layer), false);
  }

  private static double[] convolve(
      double[] x,
      Shape input,
      Shape output,
      Window window,
      double[] weights,
      double[] bias,
      boolean depthwise) {
    double[] y = new double[(int) output.size()];
    int taps = window.taps();
    for (int f = 0; f < output.channels(); f++) {
      int first = depthwise ? f : 0;
      int last = depthwise ? f : input.channels() - 1;
      for (int c = first; c <= last; c++) {
        int kernel = depthwise ? f : f * input.channels() + c;
        for (int i = 0; i < output.area(); i++) {
          for (int t = 0; t < taps; t++) {
            int at = position(window, input, i, output, t);
            if (at >= 0) {
              y[(int) (f * output.area()) + i] +=
                  weights[kernel * taps + t] * x[(int) (c * input.area()) + at];
            }
          }
        }
      }
      for (int i = 0; i < output.area(); i++) {
        y[(int) (f * output.area()) + i] += bias[f];
      }
    }
    return y;
  }

  /** Returns which pixel a tap sees, or -1 beyond the border. */
  private static int position(Window window, Shape input, int place, Shape output, int tap) {
    int row = place / output.width() * window.strideHeight() - window.paddingAbove(input.height());
    int column = place % output.width() * window.strideWidth() - window.paddingLeft(input.width());
    row += tap / window.width() * window.dilation();
    column += tap % window.width() * window.dilation();
    boolean inside = row >= 0 && row < input.height() && column >= 0 && column < input.width();
    return inside ? row * input.width() + column : -1;
  }

  private static double[] pool(double[] x, Shape input, Shape output, Layer.Pooling pooling) {
    double[] y = new double[(int) output.size()];
    for (int i = 0; i < y.length; i++) {
      int channel = (int) (i / output.area());
      double sum = 0;
      double largest = Double.NEGATIVE_INFINITY;
      int count = 0;
      for (int t = 0; t < pooling.window().taps(); t++) {
        int at = position(pooling.window(), input, (int) (i % output.area()), output, t);
        if (at >= 0) {
          double value = x[(int) (channel * input.area()) + at];
          sum += value;
          largest = Math.max(largest, value);
          count++;
        }
      }
      y[i] = pooling.pool() == Layer.Pool.MAX ? largest : sum / count;
    }
    return y;
  }

  private double[] normalize(int node, double[] x, Shape input) {
    double[] gain = read(node, "gain");
    double[] shift = read(node, "shift");
    double[] mean = read(node, "mean");
    double[] variance = read(node, "variance");
    double[] y = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      int c = (int) (i / input.area());
      y[i] = gain[c] * (x[i] - mean[c]) / Math.sqrt(variance[c] + GraphLayers.EPSILON) + shift[c];
    }
    return y;
  }

  private static double[] apply(double[] x, Layer.Function function) {
    double[] y = new double[x.length];
    for (int i = 0; i < y.length; i++) {
      y[i] =
          switch (function) {
            case RELU -> Math.max(0, x[i]);
            case LEAKY_RELU -> x[i] > 0 ? x[i] : x[i] / 100;
            case ELU -> x[i] > 0 ? x[i] : Math.exp(x[i]) - 1;
            case TANH -> Math.tanh(x[i]);
            case SIGMOID -> 1 / (1 + Math.exp(-x[i]));
          };
    }
    return y;
  }

  private static double[] place(double[] x, Shape input, Shape output, int down, int right) {
    double[] y = new double[(int) output.size()];
    for (int i = 0; i < x.length; i++) {
      int c = (int) (i / input.area());
      int row = (int) (i % input.area()) / input.width() + down;
      int column = i % input.width() + right;
      if (row >= 0 && row < output.height() && column >= 0 && column < output.width()) {
        y[(c * output.height() + row) * output.width() + column] = x[i];
      }
    }
    return y;
  }

  private double[] concatenate(int[] from, Shape output) {
    double[] y = new double[(int) output.size()];
    int next = 0;
    for (int source : from) {
      System.arraycopy(values[source], 0, y, next, values[source].length);
      next += values[source].length;
    }
    return y;
  }

  private double[] sum(int node, Layer layer, int[] from) {
    double[] y = new double[values[from[0]].length];
    double[] gates = layer instanceof Layer.GatedAdd ? read(node, "weights") : new double[0];
    for (int i = 0; i < from.length; i++) {
      double factor = layer instanceof Layer.Mean ? 1.0 / from.length : 1;
      factor = layer instanceof Layer.GatedAdd ? 1 / (1 + Math.exp(-gates[i])) : factor;
      for (int j = 0; j < y.length; j++) {
        y[j] += factor * values[from[i]][j];
      }
    }
    return y;
  }

  /** Returns the softmax of numbers. */
  static double[] softmax(double[] scores) {
    double largest = Arrays.stream(scores).max().orElseThrow();
    double[] powers = Arrays.stream(scores).map(score -> Math.exp(score - largest)).toArray();
    double sum = Arrays.stream(powers).sum();
    return Arrays.stream(powers).map(power -> power / sum).toArray();
  }
}
