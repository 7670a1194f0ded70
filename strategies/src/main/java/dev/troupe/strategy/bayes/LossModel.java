package dev.troupe.strategy.bayes;

import dev.troupe.strategy.bayes.linear.LinearAlgebra;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.Arrays;

/**
 * A {@link GaussianProcess} of losses that learns how to see them: through which {@link LossWarp},
 * and with the most probable kernel under it. That is found anew after each of the first
 * observations and then whenever their number has grown by a twentieth, beginning where it was and
 * at the prior; in between, observations are merely added. Of many observations some are held, by
 * {@link Neighbourhood}. Not thread safe.
 */
final class LossModel {

  /** Up to so many observations the parameters are found anew after each. */
  private static final int ALWAYS = 40;

  private static final double GROWTH = 1.05;

  /** Up to so many observations every warp is tried. */
  private static final int FEW = 20;

  /** Fewer are not warped: a logarithm of two or three losses means nothing. */
  private static final int LEAST_WARPED = 6;

  /** Up to so many observations the search for parameters also begins at the prior. */
  private static final int RESTARTED = 120;

  private static final int STEPS = 20;
  private static final int TRIAL_STEPS = 5;
  private static final double TOLERANCE = 1e-2;

  private final CandidateSpace space;
  private final FeatureMap map;
  private final MarginalLikelihood likelihood;
  private final BoundedMinimizer minimizer;
  private final KernelPrior prior;
  private final GaussianProcess process;
  private final int mostHeld;
  private final FeatureVector features;

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
   */
  LossModel(CandidateSpace space, FeatureMap map, LinearAlgebra algebra, int mostHeld) {
    this.space = space;
    this.map = map;
    this.mostHeld = mostHeld;
    prior = KernelPrior.of(map);
    likelihood = new MarginalLikelihood(map, prior, algebra);
    minimizer = new BoundedMinimizer(prior.low(), prior.high());
    process = GaussianProcess.of(map, algebra);
    parameters = prior.start();
    features = map.vector();
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
    boolean due = size <= ALWAYS ? size != fitted : size >= fitted * GROWTH;
    if (due) {
      fit(observations, chosen, chosenLosses);
      fitted = size;
    }
    hold(observations, chosen, due);
    warp = LossWarp.of(decades, chosenLosses);
    process.setTargets(warp.targets(chosenLosses));
    process.condition();
  }

  private void hold(Observations observations, int[] chosen, boolean anew) {
    int kept = Arrays.mismatch(held, chosen);
    if (anew || kept >= 0 && kept < held.length || process.size() < held.length) {
      process.reset(parameters);
      kept = 0;
    } else {
      process.truncate(held.length);
      kept = held.length;
    }
    for (int i = kept; i < chosen.length; i++) {
      double[] point = observations.point(chosen[i]);
      process.add(point, space.active(point), 0);
    }
    held = chosen;
  }

  private void fit(Observations observations, int[] chosen, double[] losses) {
    likelihood.points().clear();
    for (int index : chosen) {
      double[] point = observations.point(index);
      map.map(point, space.active(point), features);
      likelihood.points().add(features);
    }
    int from = losses.length <= FEW ? LossWarp.EVEN : Math.max(LossWarp.EVEN, decades - 1);
    int to = losses.length <= FEW ? LossWarp.STEEPEST : Math.min(LossWarp.STEEPEST, decades + 1);
    if (losses.length < LEAST_WARPED) {
      to = LossWarp.EVEN;
    }
    int best = decades;
    double least = Double.POSITIVE_INFINITY;
    for (int each = from; each <= to; each++) {
      double cost = cost(LossWarp.of(each, losses), losses);
      if (cost < least) {
        least = cost;
        best = each;
      }
    }
    decades = best;
    likelihood.setTargets(LossWarp.of(decades, losses).targets(losses));
    improve();
  }

  /** Returns minus the logarithm of the density of losses under a warp, roughly fitted. */
  private double cost(LossWarp candidate, double[] losses) {
    likelihood.setTargets(candidate.targets(losses));
    double[] x = parameters.clone();
    return minimizer.minimize(likelihood, x, TRIAL_STEPS, TOLERANCE) - candidate.logSlope(losses);
  }

  private void improve() {
    double[] warm = parameters.clone();
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
    out.writeInt(fitted);
    out.writeInt(decades);
    Observations.writeAll(out, parameters);
  }

  /** What a saved state holds. */
  @SuppressWarnings("ArrayRecordComponent") // goes from one method to the next
  record State(int fitted, int decades, double[] parameters) {}

  State read(DataInputStream in) throws IOException {
    return new State(in.readInt(), in.readInt(), Observations.readAll(in, prior.start().length));
  }

  void restore(State state) {
    fitted = state.fitted();
    decades = state.decades();
    parameters = state.parameters();
    held = new int[0];
    process.reset(parameters);
  }
}
