package dev.troupe.space;

/**
 * The cells of [0, 1] that belong to the points {@code low + i * step} of a numeric parameter, i
 * from 0 to n - 1: equally wide on a linear scale; on a log scale the logarithms of the borders
 * half-way between neighbours, as if a real value were drawn and rounded.
 */
record NumericCells(double low, double step, long n, Scale scale) {

  double center(long index) {
    if (scale == Scale.LINEAR) {
      return (index + 0.5) / n;
    }
    double bottom = StrictMath.log(border(0));
    double top = StrictMath.log(border(n));
    double lower = StrictMath.log(border(index));
    double upper = StrictMath.log(border(index + 1));
    return ((lower + upper) / 2 - bottom) / (top - bottom);
  }

  long index(double unit) {
    if (scale == Scale.LINEAR) {
      return clamp((long) Math.floor(unit * n));
    }
    double bottom = StrictMath.log(border(0));
    double top = StrictMath.log(border(n));
    double value = StrictMath.exp(bottom + unit * (top - bottom));
    return clamp((long) Math.floor((value - low) / step + 0.5));
  }

  /** The lower border of a cell; the first cell may not reach zero. */
  private double border(long index) {
    double border = low + (index - 0.5) * step;
    return index == 0 ? Math.max(border, low / 2) : border;
  }

  private long clamp(long index) {
    return Math.max(0, Math.min(n - 1, index));
  }
}
