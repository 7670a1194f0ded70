package dev.troupe.estimator.pruning;

import java.util.ArrayList;
import java.util.List;

/**
 * The brackets of Hyperband (Li, Jamieson, DeSalvo, Rostamizadeh, Talwalkar 2018,
 * arXiv:1603.06560), from the one that stops most to the one that stops none. Immutable and thread
 * safe.
 *
 * @param brackets at least one; unmodifiable
 */
record HyperbandTable(List<Bracket> brackets) {

  /** How many candidates a bracket begins with: two roundings have been published. */
  enum Rounding {
    /** {@code ceil((s_max + 1) eta^s / (s + 1))}, as in the paper. */
    CEIL {
      @Override
      long candidates(int most, int s, long power) {
        return ceilDiv((most + 1) * power, s + 1);
      }
    },
    /** {@code floor((s_max + 1) / (s + 1)) eta^s}, as in HpBandSter. */
    FLOOR {
      @Override
      long candidates(int most, int s, long power) {
        return (most + 1) / (s + 1) * power;
      }
    };

    abstract long candidates(int most, int s, long power);
  }

  /**
   * A rung of successive halving.
   *
   * @param candidates how many get there
   * @param resource what each has been given by then: where the division leaves a rest, the next
   *     whole number
   */
  record Rung(long candidates, long resource) {}

  /**
   * A run of successive halving.
   *
   * @param rungs one more than it halves; the last one is a full evaluation
   */
  record Bracket(List<Rung> rungs) {

    /** Copies the list. */
    Bracket {
      rungs = List.copyOf(rungs);
    }

    /** Returns with how many candidates it begins. */
    long candidates() {
      return rungs.get(0).candidates();
    }
  }

  /** Copies the list. */
  HyperbandTable {
    brackets = List.copyOf(brackets);
  }

  /**
   * Returns the table.
   *
   * @param least resource of the first rung of the first bracket, or somewhat more
   * @param full resource of a full evaluation, at least {@code least}
   * @param eta one of so many goes on, at least 2
   */
  static HyperbandTable of(long least, long full, int eta, Rounding rounding) {
    int most = Rungs.logarithm(full / least, eta);
    var brackets = new ArrayList<Bracket>();
    for (int s = most; s >= 0; s--) {
      long candidates = rounding.candidates(most, s, Rungs.power(eta, s));
      var rungs = new ArrayList<Rung>();
      for (int i = 0; i <= s; i++) {
        rungs.add(
            new Rung(candidates / Rungs.power(eta, i), ceilDiv(full, Rungs.power(eta, s - i))));
      }
      brackets.add(new Bracket(rungs));
    }
    return new HyperbandTable(brackets);
  }

  private static long ceilDiv(long number, long divisor) {
    return (number + divisor - 1) / divisor;
  }

  /** Returns with how many candidates all brackets begin together. */
  long candidates() {
    return brackets.stream().mapToLong(Bracket::candidates).sum();
  }
}
