package dev.troupe.strategy.multifidelity;

import dev.troupe.codec.EventInput;
import dev.troupe.codec.EventOutput;
import dev.troupe.study.TrialId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * One rung of asynchronous successive halving: those that have been promoted from it, and those
 * that may be. Finding the next takes time in proportion to the logarithm of their number, taking
 * it a move of some kilobytes.
 */
final class Rung {

  private final TreeSet<Standing> waiting = new TreeSet<>();

  /** Sorted. */
  private final List<Standing> promoted = new ArrayList<>();

  private long lost;

  /** A trial has come this far. */
  void add(Standing standing) {
    waiting.add(standing);
  }

  /** A trial came to nothing, on its way here or as it waited to be promoted: it is the worst. */
  void addLost(TrialId trial) {
    waiting.removeIf(standing -> standing.trial().equals(trial));
    lost++;
  }

  /** Returns how many have come this far, or were to. */
  long size() {
    return waiting.size() + promoted.size() + lost;
  }

  /**
   * Returns and promotes the best of those among the first {@code floor(size / eta)} that have not
   * been promoted; null if all of them have.
   *
   * @param least so many may be promoted in any case
   */
  @Nullable TrialId promote(double eta, int least) {
    if (waiting.isEmpty()) {
      return null;
    }
    Standing best = waiting.first();
    int place = -1 - Collections.binarySearch(promoted, best);
    if (place >= Math.max(least, Math.floor(size() / eta))) {
      return null;
    }
    waiting.remove(best);
    promoted.add(place, best);
    return best.trial();
  }

  void write(EventOutput out) {
    out.writeAll(waiting, Standing::write);
    out.writeAll(promoted, Standing::write);
    out.writeLong(lost);
  }

  static Rung read(EventInput in) {
    var rung = new Rung();
    rung.waiting.addAll(in.readAll(Standing::read));
    rung.promoted.addAll(in.readAll(Standing::read));
    rung.lost = in.readLong();
    return rung;
  }
}
