package dev.troupe.strategy.bayes;

import dev.troupe.study.TrialId;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Points with finite losses, one for each objective, in the order of arrival, and whose they are.
 * Not thread safe.
 */
final class Observations {

  private final List<double[]> points = new ArrayList<>();
  private final List<double[]> losses = new ArrayList<>();
  private final List<TrialId> trials = new ArrayList<>();

  /** How many are of points that were observed before, and how many of these differ from before. */
  private int repetitions;

  private int differences;

  int size() {
    return points.size();
  }

  /** Returns a point, shape [d]; not to be changed. */
  double[] point(int index) {
    return points.get(index);
  }

  /** Returns the trial that an observation is of. */
  TrialId trial(int index) {
    return trials.get(index);
  }

  /**
   * Returns whether what was observed more than once was always the same: then to observe it again
   * tells nothing. False if nothing was.
   */
  boolean areRepeatable() {
    return repetitions > 0 && differences == 0;
  }

  void add(TrialId trial, double[] point, double[] pointLosses) {
    int earlier = indexOf(point);
    if (earlier >= 0) {
      repetitions++;
      differences += Arrays.equals(losses.get(earlier), pointLosses) ? 0 : 1;
    }
    trials.add(trial);
    points.add(point.clone());
    losses.add(pointLosses.clone());
  }

  private int indexOf(double[] point) {
    for (int i = 0; i < points.size(); i++) {
      if (Arrays.equals(points.get(i), point)) {
        return i;
      }
    }
    return -1;
  }

  /** Returns all losses of one objective. */
  double[] losses(int objective) {
    return losses.stream().mapToDouble(each -> each[objective]).toArray();
  }

  /** Returns all losses, of which there are some, shape [objectives, observations]. */
  double[][] losses() {
    var all = new double[losses.get(0).length][];
    for (int k = 0; k < all.length; k++) {
      all[k] = losses(k);
    }
    return all;
  }

  void write(DataOutputStream out) throws IOException {
    out.writeInt(size());
    for (int i = 0; i < size(); i++) {
      out.writeLong(trials.get(i).number());
      writeAll(out, points.get(i));
      writeAll(out, losses.get(i));
    }
  }

  static Observations read(DataInputStream in, int dimensions, int objectives) throws IOException {
    var read = new Observations();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      TrialId trial = TrialId.of(in.readLong());
      read.add(trial, readAll(in, dimensions), readAll(in, objectives));
    }
    return read;
  }

  static void writeAll(DataOutputStream out, double[] values) throws IOException {
    for (double value : values) {
      out.writeDouble(value);
    }
  }

  static double[] readAll(DataInputStream in, int count) throws IOException {
    var values = new double[count];
    for (int i = 0; i < count; i++) {
      values[i] = in.readDouble();
    }
    return values;
  }
}
