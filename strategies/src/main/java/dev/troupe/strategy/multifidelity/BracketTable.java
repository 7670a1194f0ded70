package dev.troupe.strategy.multifidelity;

import java.util.ArrayList;
import java.util.List;

/**
 * How many configurations each rung of each bracket has. Immutable.
 *
 * @param brackets the most exploring one first: the numbers of its rungs from its first level on; a
 *     bracket with k rungs ends at the top level
 */
record BracketTable(List<List<Integer>> brackets) {

  /** Which of the two published roundings holds for the first rung of a bracket. */
  enum Rounding {
    /** {@code ceil((s_max + 1) eta^s / (s + 1))}, as the paper has it. */
    CEIL,
    /** {@code floor((s_max + 1) / (s + 1)) eta^s}, as HpBandSter has it. */
    FLOOR
  }

  /** Copies the lists. */
  BracketTable {
    brackets = brackets.stream().map(List::copyOf).toList();
  }

  /**
   * Returns the brackets of Hyperband (Li, Jamieson, DeSalvo, Rostamizadeh, Talwalkar 2018, JMLR
   * 18(185):1-52).
   */
  static BracketTable hyperband(int levels, double eta, Rounding rounding) {
    var brackets = new ArrayList<List<Integer>>();
    for (int s = levels - 1; s >= 0; s--) {
      double power = StrictMath.pow(eta, s);
      double first =
          rounding == Rounding.CEIL
              ? Math.ceil(levels * power / (s + 1) * (1 - 1e-12))
              : Math.floor((double) levels / (s + 1)) * power;
      brackets.add(rungs(Math.max(1, Math.floor(first)), s + 1, eta));
    }
    return new BracketTable(brackets);
  }

  /** Returns the one bracket of successive halving. */
  static BracketTable successiveHalving(int configurations, int levels, double eta) {
    return new BracketTable(List.of(rungs(configurations, levels, eta)));
  }

  private static List<Integer> rungs(double first, int count, double eta) {
    var sizes = new ArrayList<Integer>();
    for (int rung = 0; rung < count; rung++) {
      double size = Math.floor(first / StrictMath.pow(eta, rung) * (1 + 1e-12));
      sizes.add((int) Math.max(1, size)); // the last one left goes on to the top
    }
    return sizes;
  }

  /** Returns the rungs of a bracket, counted on and on: after the last comes the first again. */
  List<Integer> rungs(long bracket) {
    return brackets.get((int) (bracket % brackets.size()));
  }
}
