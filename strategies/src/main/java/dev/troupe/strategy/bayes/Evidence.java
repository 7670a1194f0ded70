package dev.troupe.strategy.bayes;

import dev.troupe.space.Configuration;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.ActiveTrial;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Objective;
import dev.troupe.study.Outcome;
import dev.troupe.study.Suggestion;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What is known about the points of a space: losses of trials that completed, where trials failed
 * or were pruned, and where some are pending. Trials at a lower fidelity and stopped ones tell
 * nothing. Not thread safe.
 */
final class Evidence {

  private final SearchSpace space;
  private final Observations observations;
  private final List<double[]> failed;
  private final List<double[]> pruned;
  private final List<double[]> pending;

  private Evidence(
      SearchSpace space,
      Observations observations,
      List<double[]> failed,
      List<double[]> pruned,
      List<double[]> pending) {
    this.space = space;
    this.observations = observations;
    this.failed = failed;
    this.pruned = pruned;
    this.pending = pending;
  }

  /** Returns none. */
  static Evidence none(SearchSpace space) {
    return new Evidence(
        space, new Observations(), new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
  }

  /** Returns completed trials whose losses are all finite. */
  Observations observations() {
    return observations;
  }

  /** Returns where trials failed. */
  List<double[]> failed() {
    return failed;
  }

  /** Returns where trials were pruned. */
  List<double[]> pruned() {
    return pruned;
  }

  /** Returns where trials have not ended. */
  List<double[]> pending() {
    return pending;
  }

  /** Takes over how a trial ended. */
  void add(EndedTrial trial, List<Objective> objectives) {
    if (!(trial.suggestion() instanceof Suggestion.Evaluate evaluate)
        || !evaluate.fidelity().isFull()) {
      return;
    }
    double[] point = space.encode(evaluate.candidate()).point();
    if (trial.outcome() instanceof Outcome.Completed completed) {
      double[] losses = objectives.stream().mapToDouble(o -> o.loss(completed.metrics())).toArray();
      if (areFinite(losses)) {
        observations.add(trial.id(), point, losses);
      } else {
        failed.add(point);
      }
    } else if (trial.outcome() instanceof Outcome.Failed) {
      failed.add(point);
    } else if (trial.outcome() instanceof Outcome.Pruned) {
      pruned.add(point);
    }
  }

  private static boolean areFinite(double[] losses) {
    for (double loss : losses) {
      if (!Double.isFinite(loss)) {
        return false;
      }
    }
    return true;
  }

  /** Takes over which trials have not ended. */
  void setPending(List<ActiveTrial> active) {
    pending.clear();
    for (ActiveTrial trial : active) {
      if (trial.suggestion() instanceof Suggestion.Evaluate evaluate) {
        addPending(evaluate.candidate());
      }
    }
  }

  /** Returns whether a candidate was suggested whose trial has not ended. */
  boolean isPending(Configuration candidate) {
    double[] point = space.encode(candidate).point();
    return pending.stream().anyMatch(each -> Arrays.equals(each, point));
  }

  /** Adds a candidate that was suggested. */
  void addPending(Configuration candidate) {
    pending.add(space.encode(candidate).point());
  }

  void write(DataOutputStream out) throws IOException {
    observations.write(out);
    for (List<double[]> points : List.of(failed, pruned, pending)) {
      out.writeInt(points.size());
      for (double[] point : points) {
        Observations.writeAll(out, point);
      }
    }
  }

  static Evidence read(DataInputStream in, SearchSpace space, int objectives) throws IOException {
    int dimensions = space.dimensions();
    return new Evidence(
        space,
        Observations.read(in, dimensions, objectives),
        readPoints(in, dimensions),
        readPoints(in, dimensions),
        readPoints(in, dimensions));
  }

  private static List<double[]> readPoints(DataInputStream in, int dimensions) throws IOException {
    int count = in.readInt();
    List<double[]> points = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      points.add(Observations.readAll(in, dimensions));
    }
    return points;
  }
}
