package dev.troupe.estimator.pruning;

import dev.troupe.study.ActiveTrial;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Measurement;
import dev.troupe.study.Verdict;
import java.util.List;
import java.util.OptionalLong;

/**
 * Successive halving in its stopping forms: a trial that reaches a rung goes on if few enough of
 * those that are there already come before it, and never waits for those that are not.
 *
 * <p>A rung is reached by the first measurement at or beyond its step, whose value is what counts.
 * A trial that failed or was stopped counts on the rungs that it had reached, and not on others;
 * NaN is infinitely bad. At the end of a full evaluation nothing is stopped: whatever comes that
 * far has its result. Where nobody says where that is, the furthest step of a completed trial is
 * taken for it.
 */
final class RungPruner implements Pruner {

  /** Where the rungs are, and how many go on from each. */
  interface Plan extends Groups {

    /** Returns how many rungs a group has. */
    int rungs(long group);

    /** Returns the step of a rung, which ascend. */
    long step(long group, int rung);

    /**
     * Returns how many of those on a rung go on, if there are no more to come.
     *
     * @param there how many have reached the rung, at least 1
     * @return at least 1
     */
    long quota(int rung, int there);
  }

  private final Plan plan;
  private final Losses losses;
  private final PeerTable table;
  private final OptionalLong end;

  /**
   * Compares trials by {@code losses}.
   *
   * @param end the step at which a full evaluation is done, if that is known
   */
  RungPruner(Plan plan, Losses losses, OptionalLong end) {
    this.plan = plan;
    this.losses = losses;
    this.table = new PeerTable(Reading.VALUE, losses, plan);
    this.end = end;
  }

  @Override
  public Verdict judge(ActiveTrial trial, List<EndedTrial> ended, List<ActiveTrial> active) {
    List<Measurement> measurements = trial.measurements();
    long from = Curves.beforeLast(measurements);
    long to = Curves.last(measurements);
    long group = plan.of(trial.id().number());
    for (int rung = 0; rung < plan.rungs(group) && plan.step(group, rung) <= to; rung++) {
      long step = plan.step(group, rung);
      if (step > from && !goesOn(trial, rung, step, ended, active)) {
        return isEnd(to, ended) ? Verdict.CONTINUE : Verdict.STOP;
      }
    }
    return Verdict.CONTINUE;
  }

  private boolean isEnd(long step, List<EndedTrial> ended) {
    OptionalLong full = end.isPresent() ? end : table.fullStep(ended);
    return full.isPresent() && step >= full.getAsLong();
  }

  private boolean goesOn(
      ActiveTrial trial, int rung, long step, List<EndedTrial> ended, List<ActiveTrial> active) {
    Peers peers = table.at(step, trial, ended, active);
    List<Measurement> measurements = trial.measurements();
    double[] own = losses.of(measurements.get(measurements.size() - 1));
    int before = peers.before(trial.id().number(), own);
    return before < plan.quota(rung, peers.count() + 1);
  }
}
