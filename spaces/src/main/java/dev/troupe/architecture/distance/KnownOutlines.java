package dev.troupe.architecture.distance;

import static java.util.Objects.requireNonNull;

import dev.troupe.architecture.distance.NetworkOutline.Skip;
import dev.troupe.architecture.distance.NetworkOutline.Stage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Outlines to which the edit distances of many others are wanted, one after the other: how
 * different two layers are is looked up, not computed again for each. The distances are, to the
 * last bit, those of {@link EditDistance}. Not thread safe.
 */
public final class KnownOutlines {

  private final double skipWeight;
  private final Map<Stage, Integer> places = new HashMap<>();
  private final List<Stage> stages = new ArrayList<>();
  private final List<double[]> table = new ArrayList<>(); // rows as long as there were stages then
  private final List<int[]> chains = new ArrayList<>();
  private final List<List<Skip>> skips = new ArrayList<>();

  KnownOutlines(double skipWeight) {
    this.skipWeight = skipWeight;
  }

  /** Returns how many are known. */
  public int size() {
    return chains.size();
  }

  /** Adds one; it may be known already. */
  public void add(NetworkOutline outline) {
    requireNonNull(outline, "outline");
    chains.add(outline.stages().stream().mapToInt(this::place).toArray());
    skips.add(outline.skips());
  }

  private int place(Stage stage) {
    return places.computeIfAbsent(
        stage,
        key -> {
          stages.add(key);
          table.add(distances(key));
          return table.size() - 1;
        });
  }

  private double[] distances(Stage stage) {
    return stages.stream().mapToDouble(stage::distance).toArray();
  }

  /** Returns the row of a layer, as long as there are layers now. */
  private double[] row(Stage stage) {
    Integer place = places.get(stage);
    if (place == null) {
      return distances(stage);
    }
    double[] row = table.get(place);
    if (row.length < stages.size()) {
      int known = row.length;
      row = Arrays.copyOf(row, stages.size());
      for (int i = known; i < row.length; i++) {
        row[i] = stage.distance(stages.get(i));
      }
      table.set(place, row);
    }
    return row;
  }

  /**
   * Returns the distances of an outline to all that are known, in the order in which they were
   * added.
   *
   * @return shape [known]
   */
  public double[] distances(NetworkOutline outline) {
    double[][] rows = outline.stages().stream().map(this::row).toArray(double[][]::new);
    int[] chain = new int[rows.length];
    Arrays.setAll(chain, i -> i);
    var distances = new double[size()];
    for (int i = 0; i < distances.length; i++) {
      distances[i] = FlatOutlines.align(chain, chains.get(i), rows);
      if (skipWeight > 0 && !outline.skips().equals(skips.get(i))) {
        distances[i] += skipWeight * SkipMatching.cost(outline.skips(), skips.get(i));
      }
    }
    return distances;
  }
}
