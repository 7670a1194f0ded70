package dev.troupe.strategy.bayes.tpe;

import java.util.Arrays;
import java.util.List;

/**
 * Points of the unit cube in flat arrays, one row each: first those of ended trials, in the order
 * in which they ended, then for a while those of running ones. Not thread safe.
 */
final class Observations {

  private static final int FIRST_CAPACITY = 64;

  private final int dimensions;
  private final int groups;
  private double[] points;
  private boolean[] present;
  private int ended;
  private int size;

  Observations(Layout layout) {
    dimensions = layout.dimensions();
    groups = layout.groups();
    points = new double[FIRST_CAPACITY * dimensions];
    present = new boolean[FIRST_CAPACITY * groups];
  }

  /** Returns the number of ended trials. */
  int ended() {
    return ended;
  }

  /** Returns the number of rows. */
  int size() {
    return size;
  }

  /** Adds an ended trial; the running ones are forgotten. */
  void addEnded(Place place) {
    size = ended;
    append(place);
    ended = size;
  }

  /** Puts other running trials in place of those that were there. */
  void setRunning(List<Place> places) {
    size = ended;
    places.forEach(this::append);
  }

  private void append(Place place) {
    if ((size + 1) * dimensions > points.length) {
      points = Arrays.copyOf(points, 2 * points.length);
      present = Arrays.copyOf(present, 2 * present.length);
    }
    System.arraycopy(place.point(), 0, points, size * dimensions, dimensions);
    System.arraycopy(place.present(), 0, present, size * groups, groups);
    size++;
  }

  /** Returns a coordinate of a row. */
  double at(int row, int axis) {
    return points[row * dimensions + axis];
  }

  /** Returns whether the configuration of a row has the group. */
  boolean has(int row, int group) {
    return present[row * groups + group];
  }

  /** Returns a copy of a row. */
  Place place(int row) {
    return new Place(
        Arrays.copyOfRange(points, row * dimensions, (row + 1) * dimensions),
        Arrays.copyOfRange(present, row * groups, (row + 1) * groups));
  }
}
