package dev.troupe.strategy.bayes.tpe;

import java.util.random.RandomGenerator;

/** Normal densities along a continuum. */
final class ContinuumKernels implements AxisKernels {

  private static final double ROOT_HALF = StrictMath.sqrt(0.5);

  private final int axis;
  private final int group;
  private final Gaussians gaussians;
  private double[] centres = new double[0];

  /** 1 / (width sqrt 2); 0 where a kernel does not cover the axis. */
  private double[] scales = new double[0];

  /** ln of the density at the centre; 0 where a kernel does not cover the axis. */
  private double[] peaks = new double[0];

  ContinuumKernels(int axis, int group, WidthRule rule) {
    this.axis = axis;
    this.group = group;
    this.gaussians = new Gaussians(axis, group, rule);
  }

  @Override
  public void place(Members members) {
    gaussians.place(members);
    int kernels = members.kernels();
    if (scales.length < kernels) {
      centres = new double[2 * kernels];
      scales = new double[2 * kernels];
      peaks = new double[2 * kernels];
    }
    for (int kernel = 0; kernel < kernels; kernel++) {
      double width = gaussians.width(kernel);
      boolean covers = width != 0;
      centres[kernel] = gaussians.centre(kernel);
      scales[kernel] = covers ? ROOT_HALF / width : 0;
      peaks[kernel] =
          covers
              ? -gaussians.logWidth(kernel) - Normal.LOG_ROOT_TWO_PI - gaussians.logMass(kernel)
              : 0;
    }
  }

  @Override
  public void addLogs(Candidates candidates, double[] logs) {
    int kernels = gaussians.kernels();
    for (int i = 0; i < candidates.size(); i++) {
      if (candidates.has(i, group)) {
        add(candidates.at(i, axis), logs, i * kernels, kernels);
      }
    }
  }

  private void add(double point, double[] logs, int offset, int kernels) {
    for (int kernel = 0; kernel < kernels; kernel++) {
      double distance = (point - centres[kernel]) * scales[kernel];
      logs[offset + kernel] += peaks[kernel] - distance * distance;
    }
  }

  @Override
  public double draw(int kernel, RandomGenerator random) {
    return gaussians.draw(kernel, random);
  }
}
