package dev.troupe.strategy.bayes.tpe;

import java.util.random.RandomGenerator;

/** What the kernels of a mixture are along one axis. Not thread safe. */
interface AxisKernels {

  /** Takes on the kernels of these members. */
  void place(Members members);

  /**
   * Adds, for each candidate that has the axis, the logarithm of each kernel's density (of its
   * probability, where values can be counted); 0 for kernels that do not cover the axis.
   *
   * @param logs by candidate and kernel
   */
  void addLogs(Candidates candidates, double[] logs);

  /** Returns a draw from a kernel that covers the axis, in [0, 1]. */
  double draw(int kernel, RandomGenerator random);
}
