package dev.troupe.strategy.bayes.tpe;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/** Normal densities along a row of cells: the probability of a value is the mass in its cell. */
final class CellKernels implements AxisKernels {

  private final Axis cells;
  private final int axis;
  private final int group;
  private final Gaussians gaussians;

  /** By kernel, for one cell. */
  private double[] column = new double[0];

  /** By candidate. */
  private boolean[] done = new boolean[0];

  CellKernels(Axis cells, int axis, int group, WidthRule rule) {
    this.cells = cells;
    this.axis = axis;
    this.group = group;
    this.gaussians = new Gaussians(axis, group, rule.withCells(cells.cells()));
  }

  @Override
  public void place(Members members) {
    gaussians.place(members);
    if (column.length < members.kernels()) {
      column = new double[2 * members.kernels()];
    }
  }

  @Override
  public void addLogs(Candidates candidates, double[] logs) {
    if (done.length < candidates.size()) {
      done = new boolean[candidates.size()];
    }
    Arrays.fill(done, false);
    for (int i = 0; i < candidates.size(); i++) {
      if (!done[i] && candidates.has(i, group)) {
        compute(candidates.cell(i, axis));
        addToAllOfCell(i, candidates, logs);
      }
    }
  }

  /** Adds what was computed to the logarithms of a candidate and of all later ones like it. */
  private void addToAllOfCell(int first, Candidates candidates, double[] logs) {
    long cell = candidates.cell(first, axis);
    int kernels = gaussians.kernels();
    for (int i = first; i < candidates.size(); i++) {
      if (candidates.has(i, group) && candidates.cell(i, axis) == cell) {
        done[i] = true;
        for (int kernel = 0; kernel < kernels; kernel++) {
          logs[i * kernels + kernel] += column[kernel];
        }
      }
    }
  }

  /** Computes the logarithm of each kernel's mass in a cell. */
  private void compute(long cell) {
    double low = cells.border(cell);
    double high = cells.border(cell + 1);
    for (int kernel = 0; kernel < gaussians.kernels(); kernel++) {
      double width = gaussians.width(kernel);
      if (width == 0) {
        column[kernel] = 0;
      } else {
        double centre = gaussians.centre(kernel);
        double mass = Normal.mass((low - centre) / width, (high - centre) / width);
        column[kernel] = StrictMath.log(mass) - gaussians.logMass(kernel);
      }
    }
  }

  @Override
  public double draw(int kernel, RandomGenerator random) {
    return gaussians.draw(kernel, random);
  }
}
