package dev.troupe.architecture.draw;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The row of each box: below all that it reads, and the boxes of one longest path in a column of
 * their own.
 */
final class Ranks {

  private final int[] rank;
  private final boolean[] isMain;
  private final int count;

  private Ranks(int[] rank, boolean[] isMain, int count) {
    this.rank = rank;
    this.isMain = isMain;
    this.count = count;
  }

  static Ranks of(Boxes boxes) {
    int size = boxes.size();
    var rank = new int[size];
    for (int i = 0; i < size; i++) {
      for (int input : boxes.inputs(i)) {
        rank[i] = Math.max(rank[i], rank[input] + 1);
      }
    }
    boolean[] isMain = main(boxes, rank);
    int count = rank[size - 1] + 1;
    lower(boxes, rank, consumers(boxes));
    return new Ranks(rank, isMain, count);
  }

  private static List<List<Integer>> consumers(Boxes boxes) {
    var consumers = new ArrayList<List<Integer>>();
    for (int i = 0; i < boxes.size(); i++) {
      consumers.add(new ArrayList<>());
      for (int input : boxes.inputs(i)) {
        consumers.get(input).add(i);
      }
    }
    return consumers;
  }

  /** Walks back from the output; of inputs in one row, the one with the most parameters counts. */
  private static boolean[] main(Boxes boxes, int[] rank) {
    var isMain = new boolean[boxes.size()];
    int at = boxes.size() - 1;
    isMain[at] = true;
    while (boxes.inputs(at).length > 0) {
      int above = rank[at] - 1;
      at =
          Arrays.stream(boxes.inputs(at))
              .filter(input -> rank[input] == above)
              .reduce((a, b) -> parameters(boxes, b) > parameters(boxes, a) ? b : a)
              .orElseThrow();
      isMain[at] = true;
    }
    return isMain;
  }

  private static long parameters(Boxes boxes, int box) {
    return boxes.box(box).layers().stream().mapToLong(boxes.architecture()::parameters).sum();
  }

  /**
   * Lets a box with one input sink to what reads it: the lines of many such boxes are one there.
   */
  private static void lower(Boxes boxes, int[] rank, List<List<Integer>> consumers) {
    for (int i = boxes.size() - 1; i >= 0; i--) {
      if (boxes.inputs(i).length == 1) {
        int lowest = Integer.MAX_VALUE;
        for (int consumer : consumers.get(i)) {
          lowest = Math.min(lowest, rank[consumer] - 1);
        }
        rank[i] = consumers.get(i).isEmpty() ? rank[i] : lowest;
      }
    }
  }

  /** Returns the row of a box, from 0 at the top. */
  int rank(int box) {
    return rank[box];
  }

  /** Returns whether a box is in the column of the longest path; one of each row is. */
  boolean isMain(int box) {
    return isMain[box];
  }

  /** Returns how many rows there are. */
  int count() {
    return count;
  }
}
