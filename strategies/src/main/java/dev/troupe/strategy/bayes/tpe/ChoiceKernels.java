package dev.troupe.strategy.bayes.tpe;

import java.util.random.RandomGenerator;

/**
 * Kernels over choices without an order (Aitchison, Aitken 1976, doi:10.1093/biomet/63.3.413): most
 * of the probability is on the observed choice, and all others have the same share of the rest:
 * with n kernels it is as if each had been seen once, and the observed one n times more. The prior
 * is even.
 */
final class ChoiceKernels implements AxisKernels {

  private static final int NOT_COVERED = -1;

  private final Axis cells;
  private final int axis;
  private final int group;
  private final int choices;
  private int kernels;

  /** By kernel; that of the prior does not count. */
  private int[] observed = new int[0];

  /** Probability of each choice that a kernel has not observed. */
  private double other;

  ChoiceKernels(Axis cells, int axis, int group) {
    this.cells = cells;
    this.axis = axis;
    this.group = group;
    this.choices = (int) cells.cells();
  }

  @Override
  public void place(Members members) {
    kernels = members.kernels();
    if (observed.length < kernels) {
      observed = new int[2 * kernels];
    }
    int covering = 1;
    for (int kernel = 0; kernel < members.prior(); kernel++) {
      boolean covers = members.covers(kernel, group);
      covering += covers ? 1 : 0;
      observed[kernel] =
          covers
              ? (int) cells.cell(members.observations().at(members.row(kernel), axis))
              : NOT_COVERED;
    }
    other = 1.0 / (covering + choices);
  }

  @Override
  public void addLogs(Candidates candidates, double[] logs) {
    double logSame = StrictMath.log(1 - (choices - 1) * other);
    double logOther = StrictMath.log(other);
    double logEven = -StrictMath.log(choices);
    for (int i = 0; i < candidates.size(); i++) {
      if (candidates.has(i, group)) {
        int offset = i * kernels;
        add((int) candidates.cell(i, axis), logSame, logOther, logs, offset);
        logs[offset + kernels - 1] += logEven;
      }
    }
  }

  /** Adds the logarithms of all kernels but the prior. */
  private void add(int choice, double logSame, double logOther, double[] logs, int offset) {
    for (int kernel = 0; kernel < kernels - 1; kernel++) {
      if (observed[kernel] != NOT_COVERED) {
        logs[offset + kernel] += observed[kernel] == choice ? logSame : logOther;
      }
    }
  }

  @Override
  public double draw(int kernel, RandomGenerator random) {
    double unit = random.nextDouble();
    if (kernel == kernels - 1) {
      return unit;
    }
    double rest = (choices - 1) * other;
    int choice = observed[kernel];
    if (unit < rest) {
      int drawn = Math.min(choices - 2, (int) (unit / other));
      choice = drawn < choice ? drawn : drawn + 1;
    }
    return (choice + 0.5) / choices;
  }
}
