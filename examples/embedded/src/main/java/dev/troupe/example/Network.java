package dev.troupe.example;

import dev.troupe.example.Moons.Point;
import java.util.List;
import java.util.random.RandomGenerator;

/** A network of one hidden layer for two inputs and two classes, trained point by point. */
final class Network {

  private final double[] weightX;
  private final double[] weightY;
  private final double[] bias;
  private final double[] output;
  private final double[] hidden;
  private final boolean tanh;
  private double outputBias;

  Network(int units, boolean tanh, RandomGenerator random) {
    this.weightX = random.doubles(units, -1, 1).toArray();
    this.weightY = random.doubles(units, -1, 1).toArray();
    this.bias = random.doubles(units, -1, 1).toArray();
    this.output = random.doubles(units, -1, 1).toArray();
    this.hidden = new double[units];
    this.tanh = tanh;
  }

  /** Goes once over the points, with a step of gradient descent on the log loss at each. */
  void train(List<Point> points, double learningRate) {
    for (Point point : points) {
      double step = learningRate * ((point.upper() ? 1 : 0) - probability(point));
      for (int i = 0; i < hidden.length; i++) {
        double inner = step * output[i] * slope(hidden[i]);
        output[i] += step * hidden[i];
        weightX[i] += inner * point.x();
        weightY[i] += inner * point.y();
        bias[i] += inner;
      }
      outputBias += step;
    }
  }

  /** Returns the share of points that it puts on their moon. */
  double accuracy(List<Point> points) {
    return points.stream()
        .mapToInt(p -> (probability(p) > 0.5) == p.upper() ? 1 : 0)
        .average()
        .orElseThrow();
  }

  private double probability(Point point) {
    double sum = outputBias;
    for (int i = 0; i < hidden.length; i++) {
      double in = weightX[i] * point.x() + weightY[i] * point.y() + bias[i];
      hidden[i] = tanh ? Math.tanh(in) : Math.max(0, in);
      sum += output[i] * hidden[i];
    }
    return 1 / (1 + Math.exp(-sum));
  }

  private double slope(double activation) {
    if (tanh) {
      return 1 - activation * activation;
    }
    return activation > 0 ? 1 : 0;
  }
}
