package dev.troupe.strategy.bayes.tpe;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * A mixture of kernels, one around each of some observations and a wide one, the prior, over the
 * whole cube. Each kernel is a product over the axes, so that the mixture knows which values go
 * together. A kernel whose observation lacks a group of axes borrows, for points that have it, the
 * mixture of the kernels that have it. Placed anew before each suggestion. Not thread safe.
 */
final class Parzen {

  private final Layout layout;
  private final AxisKernels[] axes;
  private final Members members;

  /** Logarithms of the weights, which sum to 1, and the sums of the weights up to each kernel. */
  private double[] logWeights = new double[0];

  private double[] sums = new double[0];

  /** By candidate and kernel. */
  private double[] logs = new double[0];

  /** The same of one group alone. */
  private double[] groupLogs = new double[0];

  private double[] terms = new double[0];

  Parzen(Layout layout, Observations observations, WidthRule rule) {
    this.layout = layout;
    members = new Members(observations);
    axes = new AxisKernels[layout.dimensions()];
    for (int group = 0; group < layout.groups(); group++) {
      for (int axis : layout.group(group).axes()) {
        axes[axis] = kernels(axis, group, rule);
      }
    }
  }

  private AxisKernels kernels(int index, int group, WidthRule rule) {
    Axis axis = layout.axis(index);
    return switch (axis.kind()) {
      case CONTINUUM -> new ContinuumKernels(index, group, rule);
      case CELLS -> new CellKernels(axis, index, group, rule);
      case CHOICES -> new ChoiceKernels(axis, index, group);
    };
  }

  /** Returns the members; {@link #place} has to follow their change. */
  Members members() {
    return members;
  }

  /** Takes on the kernels of its members. */
  void place() {
    for (int group = 0; group < layout.groups(); group++) {
      for (int axis : layout.group(group).axes()) {
        axes[axis].place(members);
      }
    }
    setWeights();
  }

  private void setWeights() {
    int kernels = members.kernels();
    if (sums.length < kernels) {
      sums = new double[2 * kernels];
      logWeights = new double[2 * kernels];
      terms = new double[2 * kernels];
    }
    double sum = 0;
    for (int kernel = 0; kernel < kernels; kernel++) {
      sum += members.weight(kernel);
      sums[kernel] = sum;
    }
    for (int kernel = 0; kernel < kernels; kernel++) {
      logWeights[kernel] = StrictMath.log(members.weight(kernel) / sum);
    }
  }

  /**
   * Computes the logarithm of the density at each candidate.
   *
   * @param densities by candidate
   */
  void logDensities(Candidates candidates, double[] densities) {
    int kernels = members.kernels();
    int cells = candidates.size() * kernels;
    if (logs.length < cells) {
      logs = new double[2 * cells];
      groupLogs = new double[2 * cells];
    }
    for (int i = 0; i < candidates.size(); i++) {
      System.arraycopy(logWeights, 0, logs, i * kernels, kernels);
    }
    for (int group = 0; group < layout.groups(); group++) {
      if (layout.group(group).isConditional()) {
        Arrays.fill(groupLogs, 0, cells, 0);
        addLogs(group, candidates, groupLogs);
        borrow(group, candidates);
      } else {
        addLogs(group, candidates, logs);
      }
    }
    for (int i = 0; i < candidates.size(); i++) {
      densities[i] = logSum(logs, i * kernels, kernels);
    }
  }

  private void addLogs(int group, Candidates candidates, double[] target) {
    for (int axis : layout.group(group).axes()) {
      axes[axis].addLogs(candidates, target);
    }
  }

  /** Adds the logarithms of a group, and those of its own mixture where a kernel lacks it. */
  private void borrow(int group, Candidates candidates) {
    int kernels = members.kernels();
    double logShare = logShare(group);
    for (int i = 0; i < candidates.size(); i++) {
      if (candidates.has(i, group)) {
        int offset = i * kernels;
        double borrowed = logOfGroup(group, offset) - logShare;
        for (int kernel = 0; kernel < kernels; kernel++) {
          logs[offset + kernel] +=
              members.covers(kernel, group) ? groupLogs[offset + kernel] : borrowed;
        }
      }
    }
  }

  /** Returns ln of the weight of all kernels that cover a group. */
  private double logShare(int group) {
    double weight = 0;
    for (int kernel = 0; kernel < members.kernels(); kernel++) {
      weight += members.covers(kernel, group) ? members.weight(kernel) : 0;
    }
    return StrictMath.log(weight / sums[members.prior()]);
  }

  /** Returns ln of the weighted sum of all kernels that cover a group, along that group alone. */
  private double logOfGroup(int group, int offset) {
    int kernels = members.kernels();
    for (int kernel = 0; kernel < kernels; kernel++) {
      terms[kernel] =
          members.covers(kernel, group)
              ? logWeights[kernel] + groupLogs[offset + kernel]
              : Double.NEGATIVE_INFINITY;
    }
    return logSum(terms, 0, kernels);
  }

  /** Returns the logarithm of the sum; at least one term is finite, since the prior's is. */
  private static double logSum(double[] terms, int offset, int count) {
    double greatest = Double.NEGATIVE_INFINITY;
    for (int i = offset; i < offset + count; i++) {
      greatest = Math.max(greatest, terms[i]);
    }
    double sum = 0;
    for (int i = offset; i < offset + count; i++) {
      sum += Exponential.of(terms[i] - greatest);
    }
    return greatest + StrictMath.log(sum);
  }

  /**
   * Draws a point: a kernel by weight, then each coordinate from it. Of a group that the kernel
   * lacks, the coordinates come from one that has it.
   *
   * @param point shape [d], takes the coordinates of all groups, present or not
   */
  void draw(double[] point, RandomGenerator random) {
    int kernel = drawKernel(random);
    for (int group = 0; group < layout.groups(); group++) {
      int covering = kernel;
      while (!members.covers(covering, group)) {
        covering = drawKernel(random); // the prior covers all, so that this ends
      }
      for (int axis : layout.group(group).axes()) {
        point[axis] = axes[axis].draw(covering, random);
      }
    }
  }

  private int drawKernel(RandomGenerator random) {
    int last = members.prior();
    double mark = random.nextDouble() * sums[last];
    int found = Arrays.binarySearch(sums, 0, last, mark);
    return found >= 0 ? found + 1 : -found - 1;
  }
}
