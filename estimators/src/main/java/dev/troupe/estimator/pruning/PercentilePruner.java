package dev.troupe.estimator.pruning;

import dev.troupe.study.ActiveTrial;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Measurement;
import dev.troupe.study.Verdict;
import java.util.List;
import java.util.OptionalLong;

/**
 * Stops a trial whose best so far is worse than a percentile of what the others were on average by
 * the same step; with the 50th it is the median stopping rule (Golovin, Solnik, Moitra, Kochanski,
 * Karro, Sculley 2017, doi:10.1145/3097983.3098043).
 *
 * <p>The others are all trials that have reached the step, however they ended, if they have. A
 * measurement that is NaN makes an average infinitely bad. With several objectives a trial is
 * stopped that stands behind this part of the others in the order of non-domination. Nothing is
 * stopped at the end of a full evaluation.
 */
final class PercentilePruner implements Pruner {

  private final Losses losses;
  private final PeerTable table;
  private final double share;
  private final int least;
  private final Cadence cadence;
  private final OptionalLong end;

  /**
   * Compares trials by {@code losses}.
   *
   * @param share the part of the others that may be better, from 0 to 1
   * @param least without so many others nothing is stopped, at least 1
   * @param end the step at which a full evaluation is done, if that is known
   */
  PercentilePruner(Losses losses, double share, int least, Cadence cadence, OptionalLong end) {
    this.losses = losses;
    this.table = new PeerTable(Reading.AVERAGE, losses, Groups.ONE);
    this.share = share;
    this.least = least;
    this.cadence = cadence;
    this.end = end;
  }

  @Override
  public Verdict judge(ActiveTrial trial, List<EndedTrial> ended, List<ActiveTrial> active) {
    List<Measurement> measurements = trial.measurements();
    if (!cadence.isDue(measurements) || isEnd(Curves.last(measurements), ended)) {
      return Verdict.CONTINUE;
    }
    Peers peers = table.at(Curves.last(measurements), trial, ended, active);
    if (peers.count() < least) {
      return Verdict.CONTINUE;
    }
    return isBehind(trial, peers) ? Verdict.STOP : Verdict.CONTINUE;
  }

  private boolean isEnd(long step, List<EndedTrial> ended) {
    OptionalLong full = end.isPresent() ? end : table.fullStep(ended);
    return full.isPresent() && step >= full.getAsLong();
  }

  private boolean isBehind(ActiveTrial trial, Peers peers) {
    double[] best = losses.best(trial.measurements());
    if (best.length > 1) {
      return peers.before(trial.id().number(), best) > share * peers.count();
    }
    return best[0] > Quantile.of(peers.losses()[0], peers.count(), share);
  }
}
