package dev.troupe.estimator.pruning;

import dev.troupe.study.ActiveTrial;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Measurement;
import java.util.Arrays;
import java.util.List;

/**
 * What ended trials of one group had lost at one step, in the order of their ends. Grows with the
 * list of ended trials; what any beginning of that list says can be read.
 */
final class Column {

  private static final int FIRST_CAPACITY = 16;

  private final long step;
  private final long group;
  private final Groups groups;
  private final Reading reading;
  private final Losses losses;

  /** How many ended trials have been looked at. */
  private int looked;

  private int size;

  /** By row: the place in the list of ended trials; ascending. */
  private int[] places = new int[FIRST_CAPACITY];

  private long[] ids = new long[FIRST_CAPACITY];
  private final double[][] values;

  Column(long step, long group, Groups groups, Reading reading, Losses losses) {
    this.step = step;
    this.group = group;
    this.groups = groups;
    this.reading = reading;
    this.losses = losses;
    this.values = new double[losses.count()][FIRST_CAPACITY];
  }

  /** Takes in what has ended since. */
  void grow(List<EndedTrial> ended) {
    for (; looked < ended.size(); looked++) {
      EndedTrial trial = ended.get(looked);
      long id = trial.id().number();
      if (groups.of(id) == group) {
        int reaching = Curves.reaching(trial.measurements(), step);
        if (reaching < trial.measurements().size()) {
          add(looked, id, trial.measurements(), reaching);
        }
      }
    }
  }

  private void add(int place, long id, List<Measurement> measurements, int reaching) {
    if (size == places.length) {
      places = Arrays.copyOf(places, 2 * size);
      ids = Arrays.copyOf(ids, 2 * size);
      for (int i = 0; i < values.length; i++) {
        values[i] = Arrays.copyOf(values[i], 2 * size);
      }
    }
    places[size] = place;
    ids[size] = id;
    for (int i = 0; i < values.length; i++) {
      values[i][size] = reading.read(losses, i, measurements, reaching);
    }
    size++;
  }

  /** Returns how many numbers it holds, roughly. */
  long weight() {
    return (long) places.length * (2 + values.length);
  }

  /**
   * Returns those among the first {@code visible} ended trials and the active ones that have
   * reached the step.
   */
  Peers peers(int visible, List<ActiveTrial> active) {
    int found = Arrays.binarySearch(places, 0, size, visible);
    int rows = found < 0 ? -found - 1 : found;
    long[] allIds = Arrays.copyOf(ids, rows + active.size());
    var all = new double[values.length][];
    for (int i = 0; i < all.length; i++) {
      all[i] = Arrays.copyOf(values[i], rows + active.size());
    }
    for (ActiveTrial trial : active) {
      List<Measurement> measurements = trial.measurements();
      int reaching = Curves.reaching(measurements, step);
      if (reaching < measurements.size() && groups.of(trial.id().number()) == group) {
        allIds[rows] = trial.id().number();
        for (int i = 0; i < all.length; i++) {
          all[i][rows] = reading.read(losses, i, measurements, reaching);
        }
        rows++;
      }
    }
    return new Peers(rows, allIds, all);
  }
}
