package dev.troupe.strategy.bayes.tpe;

/**
 * Points that may be suggested, in flat arrays, one row each. Values of axes whose group a point
 * does not have mean nothing. Not thread safe.
 */
final class Candidates {

  private final Layout layout;
  private final double[] points;
  private final long[] cells;
  private final boolean[] present;
  private int size;

  Candidates(Layout layout, int capacity) {
    this.layout = layout;
    points = new double[capacity * layout.dimensions()];
    cells = new long[points.length];
    present = new boolean[capacity * layout.groups()];
  }

  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  /**
   * Adds a point, moved to the middle of its cells, unless it is there already.
   *
   * @return whether it was added
   */
  boolean add(double[] point, boolean[] groups) {
    int dimensions = layout.dimensions();
    for (int i = 0; i < dimensions; i++) {
      Axis axis = layout.axis(i);
      int place = size * dimensions + i;
      points[place] = axis.snap(point[i]);
      cells[place] = axis.cell(point[i]);
    }
    System.arraycopy(groups, 0, present, size * groups.length, groups.length);
    for (int i = 0; i < size; i++) {
      if (isSame(i, size)) {
        return false;
      }
    }
    size++;
    return true;
  }

  private boolean isSame(int one, int other) {
    for (int group = 0; group < layout.groups(); group++) {
      boolean exists = has(one, group);
      if (exists != has(other, group)) {
        return false;
      }
      for (int axis : layout.group(group).axes()) {
        if (exists && at(one, axis) != at(other, axis)) {
          return false;
        }
      }
    }
    return true;
  }

  double at(int row, int axis) {
    return points[row * layout.dimensions() + axis];
  }

  long cell(int row, int axis) {
    return cells[row * layout.dimensions() + axis];
  }

  boolean has(int row, int group) {
    return present[row * layout.groups() + group];
  }

  /** Copies a point into {@code point}, shape [d]. */
  void copy(int row, double[] point) {
    System.arraycopy(points, row * layout.dimensions(), point, 0, point.length);
  }
}
