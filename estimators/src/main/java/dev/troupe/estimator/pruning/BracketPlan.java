package dev.troupe.estimator.pruning;

import java.util.List;

/**
 * Several brackets side by side. A trial's number says in which it is: as many of a sweep are in a
 * bracket as Hyperband begins it with, evenly mixed, so that each bracket grows from the beginning.
 */
final class BracketPlan implements RungPruner.Plan {

  /** A sweep has to be remembered. */
  static final long MOST_CANDIDATES = 4_000_000;

  private final long[][] steps;
  private final int eta;
  private final byte[] bracketOf;

  /**
   * Takes the brackets of a table, whose candidates are at most {@link #MOST_CANDIDATES}.
   *
   * @param eta one of so many goes on
   */
  BracketPlan(HyperbandTable table, int eta) {
    this.eta = eta;
    List<HyperbandTable.Bracket> brackets = table.brackets();
    steps = new long[brackets.size()][];
    var candidates = new long[brackets.size()];
    for (int b = 0; b < steps.length; b++) {
      List<HyperbandTable.Rung> rungs = brackets.get(b).rungs();
      steps[b] =
          rungs.subList(0, rungs.size() - 1).stream()
              .mapToLong(HyperbandTable.Rung::resource)
              .toArray();
      candidates[b] = brackets.get(b).candidates();
    }
    bracketOf = mix(candidates, (int) table.candidates());
  }

  /** Always the bracket comes next that is furthest behind its share, the first among equals. */
  private static byte[] mix(long[] candidates, int all) {
    var sequence = new byte[all];
    var taken = new long[candidates.length];
    for (int place = 0; place < all; place++) {
      int next = 0;
      long mostBehind = Long.MIN_VALUE;
      for (int b = 0; b < candidates.length; b++) {
        long behind = candidates[b] * (place + 1) - taken[b] * all;
        if (behind > mostBehind) {
          mostBehind = behind;
          next = b;
        }
      }
      taken[next]++;
      sequence[place] = (byte) next;
    }
    return sequence;
  }

  @Override
  public long of(long trial) {
    return bracketOf[(int) ((trial - 1) % bracketOf.length)];
  }

  @Override
  public int rungs(long group) {
    return steps[(int) group].length;
  }

  @Override
  public long step(long group, int rung) {
    return steps[(int) group][rung];
  }

  @Override
  public long quota(int rung, int there) {
    return Math.max(there / eta, 1);
  }
}
