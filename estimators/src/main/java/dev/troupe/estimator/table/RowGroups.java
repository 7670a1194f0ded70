package dev.troupe.estimator.table;

import java.util.Arrays;

/**
 * The rows of each different configuration, and a hash table that finds them. Groups are numbered
 * in the order of their first rows. Takes some twenty bytes a row beyond the codes.
 */
final class RowGroups {

  private final int[][] codes;
  private final int[] slots;
  private final int[] starts;
  private final int[] rows;

  private RowGroups(int[][] codes, int[] slots, int[] starts, int[] rows) {
    this.codes = codes;
    this.slots = slots;
    this.starts = starts;
    this.rows = rows;
  }

  /**
   * Groups rows.
   *
   * @param codes shape [columns][rows]
   * @param rows those to be grouped, ascending
   */
  static RowGroups of(int[][] codes, int[] rows) {
    int[] slots = new int[Integer.highestOneBit(Math.max(8, rows.length)) * 4];
    Arrays.fill(slots, -1);
    int[] firsts = new int[rows.length];
    int[] groupOf = new int[rows.length];
    int[] counts = new int[rows.length + 1];
    int groups = 0;
    var key = new int[codes.length];
    for (int i = 0; i < rows.length; i++) {
      for (int c = 0; c < key.length; c++) {
        key[c] = codes[c][rows[i]];
      }
      int slot = slot(slots, codes, firsts, key);
      if (slots[slot] < 0) {
        slots[slot] = groups;
        firsts[groups++] = rows[i];
      }
      groupOf[i] = slots[slot];
      counts[groupOf[i] + 1]++;
    }
    int[] starts = Arrays.copyOf(counts, groups + 1);
    Arrays.parallelPrefix(starts, Integer::sum);
    return new RowGroups(
        compact(codes, firsts, groups), slots, starts, ordered(rows, groupOf, starts));
  }

  private static int[][] compact(int[][] codes, int[] firsts, int groups) {
    var compact = new int[codes.length][groups];
    for (int c = 0; c < codes.length; c++) {
      for (int g = 0; g < groups; g++) {
        compact[c][g] = codes[c][firsts[g]];
      }
    }
    return compact;
  }

  private static int[] ordered(int[] rows, int[] groupOf, int[] starts) {
    int[] next = starts.clone();
    var ordered = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      ordered[next[groupOf[i]]++] = rows[i];
    }
    return ordered;
  }

  /** Returns the slot of a key: that of its group, or a free one. */
  private static int slot(int[] slots, int[][] codes, int[] firsts, int[] key) {
    int slot = hash(key) & slots.length - 1;
    while (slots[slot] >= 0 && !isAt(codes, firsts[slots[slot]], key)) {
      slot = slot + 1 & slots.length - 1;
    }
    return slot;
  }

  private static boolean isAt(int[][] codes, int index, int[] key) {
    for (int c = 0; c < key.length; c++) {
      if (codes[c][index] != key[c]) {
        return false;
      }
    }
    return true;
  }

  private static int hash(int[] key) {
    int hash = Arrays.hashCode(key) * 0x9E3779B1;
    return hash ^ hash >>> 15;
  }

  int size() {
    return starts.length - 1;
  }

  /** Returns the group with these codes, one for each column, or -1. */
  int find(int[] key) {
    int slot = hash(key) & slots.length - 1;
    while (slots[slot] >= 0) {
      if (isAt(codes, slots[slot], key)) {
        return slots[slot];
      }
      slot = slot + 1 & slots.length - 1;
    }
    return -1;
  }

  int code(int column, int group) {
    return codes[column][group];
  }

  /** Returns the rows of a group, ascending. */
  int[] rows(int group) {
    return Arrays.copyOfRange(rows, starts[group], starts[group + 1]);
  }

  int firstRow(int group) {
    return rows[starts[group]];
  }
}
