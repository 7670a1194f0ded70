package dev.troupe.strategy.bayes;

import dev.troupe.study.TrialId;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Points with finite losses, one for each objective, in the order of arrival, and whose they are.
 * Not thread safe.
 */
final class Observations {

  private final List<double[]> points = new ArrayList<>();
  private final List<double[]> losses = new ArrayList<>();
  private final List<TrialId> trials = new ArrayList<>();

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

  void add(TrialId trial, double[] point, double[] pointLosses) {
    trials.add(trial);
    points.add(point.clone());
    losses.add(pointLosses.clone());
  }

  /** Returns all losses of one objective. */
  double[] losses(int objective) {
    return losses.stream().mapToDouble(each -> each[objective]).toArray();
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
      read.trials.add(TrialId.of(in.readLong()));
      read.points.add(readAll(in, dimensions));
      read.losses.add(readAll(in, objectives));
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
