package dev.troupe.architecture.draw;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Boxes and bends in rows, linked from each row to the next. A line that passes rows has a bend in
 * each; all lines of a box share their bends, and branch off where they arrive.
 */
final class Lattice {

  /** More bends than any readable drawing has; lines that would need them go around all rows. */
  private static final int MOST_BENDS = 200_000;

  /** No item at all. */
  static final int NONE = -1;

  private final Boxes boxes;
  private final Ranks ranks;
  private final int longest;
  private final List<Integer> rankOfItem = new ArrayList<>();
  private final List<Integer> sourceOfItem = new ArrayList<>();
  private final List<int[]> links = new ArrayList<>();
  private final List<int[]> detours = new ArrayList<>();

  private int[][] upper = new int[0][];
  private int[][] lower = new int[0][];

  private Lattice(Boxes boxes, Ranks ranks, int longest) {
    this.boxes = boxes;
    this.ranks = ranks;
    this.longest = longest;
  }

  static Lattice of(Boxes boxes, Ranks ranks) {
    var lattice = new Lattice(boxes, ranks, longest(boxes, ranks));
    lattice.addBoxes();
    lattice.addLines();
    lattice.connect();
    return lattice;
  }

  /** Returns the number of rows that a line may pass for all lines to have few enough bends. */
  private static int longest(Boxes boxes, Ranks ranks) {
    var longest = new int[boxes.size()];
    for (int i = 0; i < boxes.size(); i++) {
      for (int input : boxes.inputs(i)) {
        longest[input] = Math.max(longest[input], ranks.rank(i) - ranks.rank(input));
      }
    }
    int limit = ranks.count();
    while (bends(longest, limit) > MOST_BENDS) {
      limit /= 2;
    }
    return limit;
  }

  private static long bends(int[] longest, int limit) {
    return Arrays.stream(longest).mapToLong(rows -> Math.min(rows, limit)).sum();
  }

  private void addBoxes() {
    for (int i = 0; i < boxes.size(); i++) {
      rankOfItem.add(ranks.rank(i));
      sourceOfItem.add(i);
    }
  }

  private void addLines() {
    var last = new int[boxes.size()]; // the lowest item of each box's line so far
    Arrays.setAll(last, i -> i);
    var bends = new ArrayList<List<Integer>>(); // by rows below the box, from 1
    for (int i = 0; i < boxes.size(); i++) {
      bends.add(new ArrayList<>());
    }
    for (int i = 0; i < boxes.size(); i++) {
      for (int input : boxes.inputs(i)) {
        int rows = ranks.rank(i) - ranks.rank(input);
        if (rows > longest) {
          detours.add(new int[] {input, i});
          continue;
        }
        List<Integer> line = bends.get(input);
        while (line.size() < rows - 1) {
          int bend = rankOfItem.size();
          rankOfItem.add(ranks.rank(input) + line.size() + 1);
          sourceOfItem.add(input);
          links.add(new int[] {last[input], bend});
          line.add(bend);
          last[input] = bend;
        }
        links.add(new int[] {rows == 1 ? input : line.get(rows - 2), i});
      }
    }
  }

  private void connect() {
    upper = neighbours(1, 0);
    lower = neighbours(0, 1);
  }

  private int[][] neighbours(int of, int other) {
    var counts = new int[size()];
    links.forEach(link -> counts[link[of]]++);
    var neighbours = new int[size()][];
    Arrays.setAll(neighbours, i -> new int[counts[i]]);
    var filled = new int[size()];
    for (int[] link : links) {
      neighbours[link[of]][filled[link[of]]++] = link[other];
    }
    return neighbours;
  }

  /** Returns the number of items: boxes first, under their own numbers, then bends. */
  int size() {
    return rankOfItem.size();
  }

  boolean isBox(int item) {
    return item < boxes.size();
  }

  boolean isMain(int item) {
    return isBox(item) && ranks.isMain(item);
  }

  int rank(int item) {
    return rankOfItem.get(item);
  }

  /** Returns the box whose line a bend belongs to; a box itself. */
  int source(int item) {
    return sourceOfItem.get(item);
  }

  /** Returns the items of the row above that an item is linked with, one as often as it is. */
  int[] upper(int item) {
    return upper[item];
  }

  /** Returns the items of the row below that an item is linked with, one as often as it is. */
  int[] lower(int item) {
    return lower[item];
  }

  /** Returns pairs of boxes whose lines go around the rows. */
  List<int[]> detours() {
    return detours;
  }

  int rows() {
    return ranks.count();
  }

  /** Returns the items of each row in the order of their numbers. */
  int[][] byRow() {
    var counts = new int[rows()];
    rankOfItem.forEach(rank -> counts[rank]++);
    var rows = new int[rows()][];
    Arrays.setAll(rows, i -> new int[counts[i]]);
    var filled = new int[rows()];
    for (int item = 0; item < size(); item++) {
      rows[rank(item)][filled[rank(item)]++] = item;
    }
    return rows;
  }
}
