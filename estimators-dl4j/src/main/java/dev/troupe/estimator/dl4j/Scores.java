package dev.troupe.estimator.dl4j;

import dev.troupe.estimator.dl4j.data.Part;
import dev.troupe.estimator.dl4j.data.PreparedData;
import dev.troupe.estimator.dl4j.data.Task;
import dev.troupe.study.Metrics;
import java.util.LinkedHashMap;
import java.util.List;

/** How well a network predicts a part of the data. */
final class Scores {

  private Scores() {}

  /** Returns the names of the metrics that {@link #of} gives. */
  static List<String> names(Task task) {
    return task == Task.CLASSIFICATION
        ? List.of("accuracy", "loss")
        : List.of("rmse", "mse", "mae", "r2", "loss");
  }

  /**
   * Predicts all rows of {@code part}, which has some.
   *
   * @return for a classification {@code accuracy} (a share) and {@code loss} (mean cross-entropy in
   *     nats); for a regression {@code rmse}, {@code mse}, {@code mae} in the target's own unit,
   *     {@code r2} (share of the part's variance that is explained), and {@code loss} (mean squared
   *     error of standardised targets)
   */
  static Metrics of(Network network, PreparedData data, Part part) {
    int width = data.outputs();
    var outputs = new float[Network.PREDICTED_AT_ONCE * width];
    var sums = new Sums();
    for (int from = 0; from < part.rows(); from += Network.PREDICTED_AT_ONCE) {
      int to = Math.min(part.rows(), from + Network.PREDICTED_AT_ONCE);
      network.predict(part, from, to, outputs);
      for (int row = from; row < to; row++) {
        if (data.task() == Task.CLASSIFICATION) {
          sums.addClass(outputs, (row - from) * width, width, part.label(row));
        } else {
          sums.addNumber(outputs[row - from], part.target(row));
        }
      }
    }
    return data.task() == Task.CLASSIFICATION
        ? Metrics.of("accuracy", sums.correct / part.rows(), "loss", sums.loss / part.rows())
        : sums.regression(part.rows(), data.targetDeviation());
  }

  /** Sums over rows. */
  private static final class Sums {

    private double correct;
    private double loss;
    private double absolute;
    private double targets;
    private double squaredTargets;

    void addClass(float[] outputs, int offset, int width, int label) {
      int best = offset;
      for (int i = offset + 1; i < offset + width; i++) {
        if (outputs[i] > outputs[best]) {
          best = i;
        }
      }
      correct += best == offset + label ? 1 : 0;
      loss -= outputs[offset + label];
    }

    void addNumber(double prediction, double target) {
      double error = prediction - target;
      loss += error * error;
      absolute += Math.abs(error);
      targets += target;
      squaredTargets += target * target;
    }

    Metrics regression(int rows, double unit) {
      double mse = loss / rows;
      double variance = squaredTargets / rows - targets / rows * (targets / rows);
      var numbers = new LinkedHashMap<String, Double>();
      numbers.put("rmse", Math.sqrt(mse) * unit);
      numbers.put("mse", mse * unit * unit);
      numbers.put("mae", absolute / rows * unit);
      numbers.put("r2", variance > 0 ? 1 - mse / variance : 0);
      numbers.put("loss", mse);
      return Metrics.of(numbers);
    }
  }
}
