package dev.troupe.strategy.bayes;

import dev.troupe.strategy.bayes.linear.LinearAlgebra;
import dev.troupe.strategy.internal.LossWarp;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * A {@link GaussianProcess} of losses that learns how to see them: through which {@link LossWarp},
 * and with the most probable kernel under it. That is found anew after each of the first
 * observations and then whenever their number has grown by a twentieth, later by a tenth, beginning
 * where it was and, as long as they are few, at the prior; in between, observations are merely
 * added. Of many observations some are held, by {@link Neighbourhood}. Not thread safe.
 */
final class LossModel {

  /** Up to so many observations the parameters are found anew after each. */
  private static final int ALWAYS = 40;

  private static final double GROWTH = 1.05;

  /** As {@link #GROWTH}, where a fit costs more and changes less. */
  private static final double LATE_GROWTH = 1.1;

  /** Up to so many observations every warp is tried. */
  private static final int FEW = 20;

  /** Fewer are not warped: a logarithm of two or three losses means nothing. */
  private static final int LEAST_WARPED = 6;

  /** Up to so many observations the search for parameters also begins at the prior. */
  private static final int RESTARTED = 120;

  /** Of so many observations the warp is chosen. */
  private static final int SAMPLED = 120;

  private static final int STEPS = 20;
  private static final int TRIAL_STEPS = 5;
  private static final double TOLERANCE = 1e-2;

  private final CandidateSpace space;
  private final FeatureMap map;
  private final BoundedMinimizer minimizer;
  private final KernelPrior prior;
  private final int mostHeld;
  private final int steepest;
  private final FeatureVector features;

  /** What is computed with, and what computes with it. */
  private LinearAlgebra algebra;

  private MarginalLikelihood likelihood;
  private GaussianProcess process;

  /** What has been learned, and from how many observations. */
  private double[] parameters;

  private int decades = LossWarp.EVEN;
  private int fitted;

  /** Which observations the process holds. */
  private int[] held = new int[0];

  private LossWarp warp = LossWarp.of(LossWarp.EVEN, new double[1]);

  /**
   * Returns a model that has seen nothing.
   *
   * @param mostHeld how many observations the process holds at most
   * @param steepest the last of the warps to choose from, the first being {@link LossWarp#EVEN}
   */
  LossModel(
      CandidateSpace space, FeatureMap map, LinearAlgebra algebra, int mostHeld, int steepest) {
    this.space = space;
    this.map = map;
    this.algebra = algebra;
    this.mostHeld = mostHeld;
    this.steepest = steepest;
    prior = KernelPrior.of(map);
    likelihood = new MarginalLikelihood(map, prior, algebra);
    minimizer = new BoundedMinimizer(prior.low(), prior.high());
    process = GaussianProcess.of(map, algebra);
    parameters = prior.start();
    features = map.vector();
  }

  /** Returns what it computes with. */
  LinearAlgebra algebra() {
    return algebra;
  }

  /** Returns how losses become targets. */
  LossWarp warp() {
    return warp;
  }

  /** Returns the process; what is added to it is gone after the next {@link #learn}. */
  GaussianProcess process() {
    return process;
  }

  /** Returns a copy of the kernel's parameters. */
  double[] parameters() {
    return parameters.clone();
  }

  /** Returns which observations the process holds, in its order; not to be changed. */
  int[] held() {
    return held;
  }

  /**
   * Learns.
   *
   * @param observations at least one
   * @param losses theirs, finite
   */
  void learn(Observations observations, double[] losses) {
    int size = observations.size();
    int[] chosen = Neighbourhood.choose(observations, losses, mostHeld);
    double[] chosenLosses = Arrays.stream(chosen).mapToDouble(i -> losses[i]).toArray();
    boolean due = isDue(size);
    if (due) {
      fit(observations, chosen, chosenLosses);
      fitted = size;
    }
    hold(observations, chosen, due);
    warp = LossWarp.of(decades, chosenLosses);
    process.setTargets(warp.targets(chosenLosses));
    process.condition();
  }

  private boolean isDue(int size) {
    if (size <= ALWAYS) {
      return size != fitted;
    }
    return size >= fitted * (size <= RESTARTED ? GROWTH : LATE_GROWTH);
  }

  /** Keeps the observations up to the first that is not the same, and adds the others anew. */
  private void hold(Observations observations, int[] chosen, boolean anew) {
    int kept = 0;
    if (anew || process.size() < held.length) {
      process.reset(parameters);
    } else {
      int mismatch = Arrays.mismatch(held, chosen);
      kept = mismatch < 0 ? held.length : mismatch;
      process.truncate(kept);
    }
    for (int i = kept; i < chosen.length; i++) {
      double[] point = observations.point(chosen[i]);
      process.add(point, space.active(point), 0);
    }
    held = chosen;
  }

  private void fit(Observations observations, int[] chosen, double[] losses) {
    int[] sample = sample(losses);
    show(observations, chosen, sample);
    double[] begin = chooseWarp(losses, sample);
    if (sample.length < chosen.length) {
      show(observations, chosen, IntStream.range(0, chosen.length).toArray());
    }
    likelihood.setTargets(LossWarp.of(decades, losses).targets(losses));
    improve(begin);
  }

  /** Returns which losses the warp is chosen by: evenly from the least to the largest. */
  private static int[] sample(double[] losses) {
    int size = losses.length;
    int[] ranked = Neighbourhood.sorted(losses);
    return IntStream.range(0, Math.min(size, SAMPLED))
        .map(i -> size <= SAMPLED ? i : ranked[i * (size - 1) / (SAMPLED - 1)])
        .sorted()
        .toArray();
  }

  private void show(Observations observations, int[] chosen, int[] sample) {
    likelihood.points().clear();
    for (int index : sample) {
      double[] point = observations.point(chosen[index]);
      map.map(point, space.active(point), features);
      likelihood.points().add(features);
    }
  }

  /** Chooses the warp by a rough fit of the sample, and returns parameters to go on from. */
  private double[] chooseWarp(double[] losses, int[] sample) {
    if (losses.length < LEAST_WARPED) {
      decades = LossWarp.EVEN;
      return parameters.clone();
    }
    double[] sampled = Arrays.stream(sample).mapToDouble(i -> losses[i]).toArray();
    boolean few = losses.length <= FEW;
    int from = few ? LossWarp.EVEN : Math.max(LossWarp.EVEN, decades - 1);
    int to = few ? steepest : Math.min(steepest, decades + 1);
    double[] best = parameters.clone();
    double least = Double.POSITIVE_INFINITY;
    for (int each = from; each <= to; each++) {
      LossWarp candidate = LossWarp.of(each, losses);
      likelihood.setTargets(candidate.targets(sampled));
      double[] x = parameters.clone();
      double cost =
          minimizer.minimize(likelihood, x, TRIAL_STEPS, TOLERANCE) - candidate.logSlope(sampled);
      if (cost < least) {
        least = cost;
        best = x;
        decades = each;
      }
    }
    return best;
  }

  private void improve(double[] warm) {
    double warmValue = minimizer.minimize(likelihood, warm, STEPS, TOLERANCE);
    parameters = warm;
    if (likelihood.points().size() <= RESTARTED) {
      double[] cold = prior.start();
      double coldValue = minimizer.minimize(likelihood, cold, STEPS, TOLERANCE);
      if (coldValue < warmValue) {
        parameters = cold;
      }
    }
  }

  void write(DataOutputStream out) throws IOException {
    out.writeUTF(algebra.name());
    out.writeInt(fitted);
    out.writeInt(decades);
    Observations.writeAll(out, parameters);
  }

  /** What a saved state holds. */
  @SuppressWarnings("ArrayRecordComponent") // goes from one method to the next
  record State(LinearAlgebra algebra, int fitted, int decades, double[] parameters) {}

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws IllegalArgumentException if the linear algebra that it was computed with cannot be had:
   *     another would go on with other digits
   */
  State read(DataInputStream in) throws IOException {
    return new State(
        LinearAlgebra.of(in.readUTF()),
        in.readInt(),
        in.readInt(),
        Observations.readAll(in, prior.start().length));
  }

  /** Goes on from a state, with the linear algebra that it was computed with. */
  void restore(State state) {
    fitted = state.fitted();
    decades = state.decades();
    parameters = state.parameters();
    if (state.algebra() != algebra) {
      algebra = state.algebra();
      likelihood = new MarginalLikelihood(map, prior, algebra);
      process = GaussianProcess.of(map, algebra);
    }
    held = new int[0];
    process.reset(parameters);
  }
}
