package dev.troupe.architecture.draw;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.Layer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The boxes of a drawing in topological order, and what each reads. */
final class Boxes {

  private final Architecture architecture;
  private final List<Box> boxes = new ArrayList<>();
  private final int[] boxOfLayer;
  private final List<int[]> inputs = new ArrayList<>();

  private Boxes(Architecture architecture) {
    this.architecture = architecture;
    this.boxOfLayer = new int[architecture.size()];
  }

  /** Returns a box for each layer. */
  static Boxes unfolded(Architecture architecture) {
    var result = new Boxes(architecture);
    for (int i = 0; i < architecture.size(); i++) {
      result.add(List.of(i));
    }
    result.connect();
    return result;
  }

  /**
   * Returns a box for each chain of layers that reads well as one: a layer with weights together
   * with the normalisations, activations and dropouts around it, as far as nothing else reads what
   * is between them.
   */
  static Boxes folded(Architecture architecture) {
    var groups = new ArrayList<List<Integer>>();
    for (List<Integer> run : runs(architecture)) {
      groups.addAll(new Folding(architecture, run).groups());
    }
    // A group has the place of its last layer: whatever it reads comes before its first.
    groups.sort((a, b) -> Integer.compare(last(a), last(b)));
    var result = new Boxes(architecture);
    groups.forEach(result::add);
    result.connect();
    return result;
  }

  private static int last(List<Integer> layers) {
    return layers.get(layers.size() - 1);
  }

  /** Returns the longest chains in which each layer is read by the next one alone. */
  private static List<List<Integer>> runs(Architecture architecture) {
    var runs = new ArrayList<List<Integer>>();
    var runOfLayer = new ArrayList<List<Integer>>();
    for (int i = 0; i < architecture.size(); i++) {
      int[] read = architecture.inputs(i);
      boolean continues = read.length == 1 && architecture.consumers(read[0]).length == 1;
      List<Integer> run = continues ? runOfLayer.get(read[0]) : new ArrayList<>();
      if (!continues) {
        runs.add(run);
      }
      run.add(i);
      runOfLayer.add(run);
    }
    return runs;
  }

  private void add(List<Integer> layers) {
    layers.forEach(layer -> boxOfLayer[layer] = boxes.size());
    boxes.add(Box.of(architecture, layers));
  }

  private void connect() {
    for (Box box : boxes) {
      int[] read = architecture.inputs(box.layers().get(0));
      inputs.add(Arrays.stream(read).map(layer -> boxOfLayer[layer]).toArray());
    }
  }

  Architecture architecture() {
    return architecture;
  }

  int size() {
    return boxes.size();
  }

  Box box(int index) {
    return boxes.get(index);
  }

  /** Returns the boxes that a box reads, one as often as it does. */
  int[] inputs(int index) {
    return inputs.get(index);
  }

  /** Cuts a run of layers into groups. */
  private record Folding(Architecture architecture, List<Integer> run) {

    List<List<Integer>> groups() {
      var groups = new ArrayList<List<Integer>>();
      int at = 0;
      while (at < run.size()) {
        int end = end(at);
        groups.add(run.subList(at, end));
        at = end;
      }
      return groups;
    }

    private Layer layer(int index) {
      return architecture.layer(run.get(index));
    }

    private boolean isFunction(int index) {
      return index < run.size() && Family.isFunction(layer(index));
    }

    private boolean isCore(int index) {
      return index < run.size() && Family.of(layer(index)).isCore();
    }

    /** Returns the first place behind the functions that stand at a place. */
    private int behindFunctions(int index) {
      int at = index;
      while (isFunction(at)) {
        at++;
      }
      return at;
    }

    private int end(int start) {
      int main = behindFunctions(start);
      if (main > start && !isCore(main)) {
        return main; // functions by themselves
      }
      int end = behindFunctions(main + 1);
      if (main > start && isCore(end)) {
        return next(layer(start), main + 1, end); // activation first: so will the next group be
      }
      boolean takesFunctions = isCore(main) || Family.of(layer(main)) != Family.END;
      return takesFunctions && !(isCore(end) && !isCore(main)) ? end : main + 1;
    }

    /** Returns the first place from which the next group begins as this one did. */
    private int next(Layer first, int from, int end) {
      int at = from;
      while (at < end && !layer(at).getClass().equals(first.getClass())) {
        at++;
      }
      return at;
    }
  }
}
