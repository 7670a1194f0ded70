package dev.troupe.architecture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;

/**
 * Computes what a network puts out at inference, in plain loops that follow the definitions of the
 * layers: a reference for tests. Values are listed channel after channel, row after row.
 */
public final class ForwardPass {

  private final Architecture architecture;
  private final BiFunction<String, String, double[]> weights;
  private final List<double[]> values = new ArrayList<>();

  private ForwardPass(Architecture architecture, BiFunction<String, String, double[]> weights) {
    this.architecture = architecture;
    this.weights = weights;
  }

  /**
   * Returns the outputs before a softmax.
   *
   * @param weights gives an array by the names of layer and tensor
   * @param input shape of the architecture's input
   */
  public static double[] run(
      Architecture architecture, BiFunction<String, String, double[]> weights, double[] input) {
    List<double[]> values = all(architecture, weights, input);
    return values.get(values.size() - 1);
  }

  /** Returns what each layer puts out, in the order of the nodes. */
  public static List<double[]> all(
      Architecture architecture, BiFunction<String, String, double[]> weights, double[] input) {
    var pass = new ForwardPass(architecture, weights);
    for (int i = 0; i < architecture.size(); i++) {
      double[] value = i == 0 ? input : pass.layer(i);
      if (value.length != architecture.shape(i).size()) {
        throw new IllegalStateException(
            "Layer %s puts out %d numbers, not %s."
                .formatted(
                    architecture.nodes().get(i).name(), value.length, architecture.shape(i)));
      }
      pass.values.add(value);
    }
    return pass.values;
  }

  private double[] layer(int index) {
    Layer layer = architecture.layer(index);
    Shape shape = architecture.inputShapes(index).get(0);
    double[] in = values.get(architecture.inputs(index)[0]);
    if (layer instanceof Layer.Merge) {
      return merge(index);
    } else if (layer instanceof Layer.Dense || layer instanceof Layer.Output) {
      return bias(index, dense(in, tensor(index, "weights")));
    } else if (layer instanceof Layer.Convolution conv) {
      double[] kernels = tensor(index, "weights");
      return bias(index, convolve(conv.window(), in, shape, kernels, conv.width()));
    } else if (layer instanceof Layer.DepthwiseConvolution conv) {
      return bias(index, depthwise(conv.window(), in, shape, tensor(index, "weights")));
    } else if (layer instanceof Layer.SeparableConvolution conv) {
      double[] moved = depthwise(conv.window(), in, shape, tensor(index, "depthwise"));
      Shape between = conv.window().over(shape);
      double[] kernels = tensor(index, "pointwise");
      return bias(index, convolve(Window.square(1), moved, between, kernels, conv.width()));
    } else if (layer instanceof Layer.BatchNormalization) {
      return normalise(index, in, shape);
    } else if (layer instanceof Layer.Pooling pooling) {
      return pool(pooling.pool(), pooling.window(), in, shape);
    } else if (layer instanceof Layer.GlobalPooling pooling) {
      Window whole = Window.of(shape.height(), shape.width()).inside();
      return pool(pooling.pool(), whole, in, shape);
    } else if (layer instanceof Layer.Activation activation) {
      return map(in, function(activation.function()));
    } else if (layer instanceof Layer.Zero) {
      return new double[Math.toIntExact(architecture.shape(index).size())];
    } else if (layer instanceof Layer.Shift shift) {
      return moved(in, shape, architecture.shape(index), shift.rows(), shift.columns());
    } else if (layer instanceof Layer.Pad) {
      Shape out = architecture.shape(index);
      int above = (out.height() - shape.height()) / 2;
      int left = (out.width() - shape.width()) / 2;
      return moved(in, shape, out, -above, -left);
    }
    return in.clone(); // dropout, identity, flatten
  }

  private double[] tensor(int index, String name) {
    return weights.apply(architecture.nodes().get(index).name(), name);
  }

  private double[] bias(int index, double[] out) {
    if (!((Layer.Biased) architecture.layer(index)).bias()) {
      return out;
    }
    double[] bias = tensor(index, "bias");
    int area = out.length / bias.length;
    for (int i = 0; i < out.length; i++) {
      out[i] += bias[i / area];
    }
    return out;
  }

  private static double[] dense(double[] in, double[] matrix) {
    var out = new double[matrix.length / in.length];
    for (int i = 0; i < in.length; i++) {
      for (int j = 0; j < out.length; j++) {
        out[j] += in[i] * matrix[i * out.length + j];
      }
    }
    return out;
  }

  private static double[] convolve(
      Window window, double[] in, Shape shape, double[] kernels, int filters) {
    Shape out = window.over(shape).withChannels(filters);
    var sum = new double[Math.toIntExact(out.size())];
    for (int filter = 0; filter < filters; filter++) {
      for (int channel = 0; channel < shape.channels(); channel++) {
        int kernel = (filter * shape.channels() + channel) * window.taps();
        slide(window, in, shape, channel, kernels, kernel, sum, filter);
      }
    }
    return sum;
  }

  private static double[] depthwise(Window window, double[] in, Shape shape, double[] kernels) {
    var sum = new double[Math.toIntExact(window.over(shape).size())];
    for (int channel = 0; channel < shape.channels(); channel++) {
      slide(window, in, shape, channel, kernels, channel * window.taps(), sum, channel);
    }
    return sum;
  }

  /** Adds what one kernel makes of one channel to one channel. */
  private static void slide(
      Window window,
      double[] in,
      Shape shape,
      int channel,
      double[] kernels,
      int kernel,
      double[] sum,
      int target) {
    int from = channel * (int) shape.area();
    int to = target * (int) window.over(shape).area();
    visit(
        window,
        shape,
        (position, tap, pixel) -> sum[to + position] += in[from + pixel] * kernels[kernel + tap]);
  }

  private interface Visitor {
    void visit(int position, int tap, int pixel);
  }

  /** Visits each pixel that each tap meets at each position. */
  private static void visit(Window window, Shape shape, Visitor visitor) {
    Shape out = window.over(shape);
    int above = window.paddingAbove(shape.height());
    int left = window.paddingLeft(shape.width());
    for (int row = 0; row < out.height(); row++) {
      for (int column = 0; column < out.width(); column++) {
        for (int tap = 0; tap < window.taps(); tap++) {
          int y = row * window.strideHeight() - above + tap / window.width() * window.dilation();
          int x = column * window.strideWidth() - left + tap % window.width() * window.dilation();
          if (y >= 0 && y < shape.height() && x >= 0 && x < shape.width()) {
            visitor.visit(row * out.width() + column, tap, y * shape.width() + x);
          }
        }
      }
    }
  }

  private static double[] pool(Layer.Pool pool, Window window, double[] in, Shape shape) {
    Shape out = window.over(shape);
    var result = new double[Math.toIntExact(out.size())];
    var counts = new int[result.length];
    DoubleBinaryOperator merge = pool == Layer.Pool.MAX ? Math::max : Double::sum;
    for (int channel = 0; channel < shape.channels(); channel++) {
      int from = channel * (int) shape.area();
      int to = channel * (int) out.area();
      visit(
          window,
          shape,
          (position, tap, pixel) -> {
            double value = in[from + pixel];
            int at = to + position;
            result[at] = counts[at] == 0 ? value : merge.applyAsDouble(result[at], value);
            counts[at]++;
          });
    }
    if (pool == Layer.Pool.AVERAGE) {
      Arrays.setAll(result, i -> result[i] / counts[i]);
    }
    return result;
  }

  private double[] normalise(int index, double[] in, Shape shape) {
    double[] gain = tensor(index, "gain");
    double[] shift = tensor(index, "shift");
    double[] mean = tensor(index, "mean");
    double[] variance = tensor(index, "variance");
    var out = new double[in.length];
    for (int i = 0; i < in.length; i++) {
      int c = i / (int) shape.area();
      double deviation = Math.sqrt(variance[c] + Layer.BatchNormalization.EPSILON);
      out[i] = gain[c] * (in[i] - mean[c]) / deviation + shift[c];
    }
    return out;
  }

  private static double[] map(double[] in, DoubleUnaryOperator function) {
    return Arrays.stream(in).map(function).toArray();
  }

  private static DoubleUnaryOperator function(Layer.Function function) {
    return switch (function) {
      case RELU -> x -> Math.max(0, x);
      case LEAKY_RELU -> x -> x < 0 ? x / 100 : x;
      case ELU -> x -> x < 0 ? Math.expm1(x) : x;
      case TANH -> Math::tanh;
      case SIGMOID -> ForwardPass::sigmoid;
    };
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** Returns a picture on a ground of zeros, moved up and to the left. */
  private static double[] moved(double[] in, Shape shape, Shape out, int up, int left) {
    var result = new double[Math.toIntExact(out.size())];
    for (int i = 0; i < result.length; i++) {
      int channel = i / (int) out.area();
      int y = i % (int) out.area() / out.width() + up;
      int x = i % out.width() + left;
      if (y >= 0 && y < shape.height() && x >= 0 && x < shape.width()) {
        result[i] = in[(channel * shape.height() + y) * shape.width() + x];
      }
    }
    return result;
  }

  private double[] merge(int index) {
    int[] inputs = architecture.inputs(index);
    if (architecture.layer(index) instanceof Layer.Concatenate) {
      return Arrays.stream(inputs).mapToObj(values::get).flatMapToDouble(Arrays::stream).toArray();
    }
    var sum = new double[values.get(inputs[0]).length];
    for (int j = 0; j < inputs.length; j++) {
      double factor = 1;
      if (architecture.layer(index) instanceof Layer.GatedAdd) {
        factor = sigmoid(tensor(index, "weights")[j]);
      } else if (architecture.layer(index) instanceof Layer.Mean) {
        factor = 1.0 / inputs.length;
      }
      for (int i = 0; i < sum.length; i++) {
        sum[i] += factor * values.get(inputs[j])[i];
      }
    }
    return sum;
  }
}
