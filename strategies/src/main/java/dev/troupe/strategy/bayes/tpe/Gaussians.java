package dev.troupe.strategy.bayes.tpe;

import java.util.Arrays;
import java.util.random.RandomGenerator;

/**
 * Normal kernels along one axis, cut off at 0 and 1. The prior lies at 0.5 and has the width 1; of
 * any other the width is the larger of the gaps to its neighbours, the prior among them, within
 * limits. Not thread safe.
 */
final class Gaussians {

  private static final double PRIOR_CENTRE = 0.5;
  private static final double PRIOR_WIDTH = 1;

  private final int axis;
  private final int group;
  private final WidthRule rule;

  /** The rows of the kernels by centre; those of the last time until they are sorted again. */
  private int[] sorted = new int[0];

  private int count;
  private int kernels;
  private double[] centres = new double[0];

  /** 0 where a kernel does not cover the axis. */
  private double[] widths = new double[0];

  /** ln of the mass within [0, 1], and of the width. */
  private double[] logMasses = new double[0];

  private double[] logWidths = new double[0];

  // For what the logarithms were computed, and what they were; by the last bits of the row, so that
  // what is found may be another row's, and is compared.
  private double[] knownCentres = new double[0];

  private double[] knownWidths = new double[0];
  private double[] knownLogMasses = new double[0];
  private double[] knownLogWidths = new double[0];

  Gaussians(int axis, int group, WidthRule rule) {
    this.axis = axis;
    this.group = group;
    this.rule = rule;
  }

  void place(Members members) {
    reserve(members);
    collect(members);
    sort(members.observations());
    setWidths(members);
    setLogarithms(members);
  }

  private void reserve(Members members) {
    kernels = members.kernels();
    if (widths.length < kernels) {
      centres = new double[2 * kernels];
      widths = new double[2 * kernels];
      logMasses = new double[2 * kernels];
      logWidths = new double[2 * kernels];
      sorted = Arrays.copyOf(sorted, 2 * kernels);
    }
    if (knownWidths.length < kernels) {
      int capacity = 4 * Integer.highestOneBit(kernels);
      knownCentres = new double[capacity];
      knownWidths = new double[capacity]; // no kernel has the width 0
      knownLogMasses = new double[capacity];
      knownLogWidths = new double[capacity];
    }
  }

  /** Keeps the rows that are still members in their old order and appends the others. */
  private void collect(Members members) {
    Observations observations = members.observations();
    Arrays.fill(widths, 0, kernels, 0);
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int kernel = members.kernelOf(sorted[i]);
      if (kernel != Members.NONE && observations.has(sorted[i], group)) {
        sorted[kept++] = sorted[i];
        widths[kernel] = PRIOR_WIDTH; // for now: it is in the list
      }
    }
    for (int kernel = 0; kernel < members.prior(); kernel++) {
      int row = members.row(kernel);
      if (widths[kernel] == 0 && observations.has(row, group)) {
        sorted[kept++] = row;
      }
    }
    count = kept;
  }

  /** Insertion sort: all but a few are in order. */
  private void sort(Observations observations) {
    for (int i = 1; i < count; i++) {
      int row = sorted[i];
      double centre = observations.at(row, axis);
      int place = i;
      while (place > 0 && comesAfter(sorted[place - 1], row, centre, observations)) {
        sorted[place] = sorted[place - 1];
        place--;
      }
      sorted[place] = row;
    }
  }

  private boolean comesAfter(int other, int row, double centre, Observations observations) {
    double otherCentre = observations.at(other, axis);
    return otherCentre > centre || otherCentre == centre && other > row;
  }

  private void setWidths(Members members) {
    Observations observations = members.observations();
    centres[members.prior()] = PRIOR_CENTRE;
    widths[members.prior()] = PRIOR_WIDTH;
    double least = rule.least(count + 1);
    for (int i = 0; i < count; i++) {
      double centre = observations.at(sorted[i], axis);
      double gap = 0;
      if (i > 0 || PRIOR_CENTRE <= centre) {
        gap = centre - below(i, centre, observations);
      }
      if (i + 1 < count || PRIOR_CENTRE > centre) {
        gap = Math.max(gap, above(i, centre, observations) - centre);
      }
      int kernel = members.kernelOf(sorted[i]);
      centres[kernel] = centre;
      widths[kernel] = count == 1 ? PRIOR_WIDTH / 2 : Math.max(least, Math.min(PRIOR_WIDTH, gap));
    }
  }

  /** Returns the nearest centre below, that of the prior among them, which is below its equals. */
  private double below(int place, double centre, Observations observations) {
    double neighbour = place > 0 ? observations.at(sorted[place - 1], axis) : PRIOR_CENTRE;
    return PRIOR_CENTRE <= centre ? Math.max(neighbour, PRIOR_CENTRE) : neighbour;
  }

  /** Returns the nearest centre above, that of the prior among them. */
  private double above(int place, double centre, Observations observations) {
    double neighbour = place + 1 < count ? observations.at(sorted[place + 1], axis) : PRIOR_CENTRE;
    return PRIOR_CENTRE > centre ? Math.min(neighbour, PRIOR_CENTRE) : neighbour;
  }

  private void setLogarithms(Members members) {
    for (int kernel = 0; kernel < members.prior(); kernel++) {
      if (widths[kernel] != 0) {
        int place = members.row(kernel) & knownWidths.length - 1;
        if (knownWidths[place] != widths[kernel] || knownCentres[place] != centres[kernel]) {
          remember(place, centres[kernel], widths[kernel]);
        }
        logMasses[kernel] = knownLogMasses[place];
        logWidths[kernel] = knownLogWidths[place];
      }
    }
    logMasses[members.prior()] = logMass(PRIOR_CENTRE, PRIOR_WIDTH);
    logWidths[members.prior()] = 0;
  }

  private void remember(int place, double centre, double width) {
    knownCentres[place] = centre;
    knownWidths[place] = width;
    knownLogMasses[place] = logMass(centre, width);
    knownLogWidths[place] = StrictMath.log(width);
  }

  private static double logMass(double centre, double width) {
    return StrictMath.log(Normal.mass(-centre / width, (1 - centre) / width));
  }

  int kernels() {
    return kernels;
  }

  double centre(int kernel) {
    return centres[kernel];
  }

  /** Returns the width of a kernel, 0 if it does not cover the axis. */
  double width(int kernel) {
    return widths[kernel];
  }

  /** Returns ln of the mass that lies within [0, 1], of a kernel that covers the axis. */
  double logMass(int kernel) {
    return logMasses[kernel];
  }

  /** Returns ln of the width, of a kernel that covers the axis. */
  double logWidth(int kernel) {
    return logWidths[kernel];
  }

  /** Returns a draw within [0, 1] from a kernel that covers the axis. */
  double draw(int kernel, RandomGenerator random) {
    // The centre is within [0, 1] and the width at most 1: one in three draws at least is accepted.
    double drawn;
    do {
      drawn = centres[kernel] + widths[kernel] * random.nextGaussian();
    } while (drawn < 0 || drawn > 1);
    return drawn;
  }
}
