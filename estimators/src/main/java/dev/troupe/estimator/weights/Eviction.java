package dev.troupe.estimator.weights;

import dev.troupe.study.TrialId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides which weights are forgotten. When something was inherited last is told by the numbers of
 * the trials, not by a clock: by that of the youngest among the trial itself and those of its
 * children that have left something.
 */
final class Eviction {

  private final WeightNeeds needs;
  private final Map<TrialId, TrialId> lastUses = new HashMap<>();

  /** How many trials share a content. */
  private final Map<String, Integer> owners = new HashMap<>();

  private long bytes;

  private Eviction(Collection<LeftWeights> kept, WeightNeeds needs) {
    this.needs = needs;
    for (LeftWeights each : kept) {
      use(each.trial(), each.trial());
      if (each.heir().parent() != null) {
        use(each.heir().parent(), each.trial());
      }
      owners.merge(each.id(), 1, Integer::sum);
    }
    bytes = LeftWeights.bytes(kept);
  }

  private void use(TrialId trial, TrialId by) {
    lastUses.merge(trial, by, (one, other) -> one.compareTo(other) > 0 ? one : other);
  }

  /**
   * Returns what has to go, in this order.
   *
   * @param kept all that is there
   * @param budget how many bytes may be kept
   */
  static List<LeftWeights> choose(Collection<LeftWeights> kept, long budget, WeightNeeds needs) {
    return new Eviction(kept, needs).choose(kept, budget);
  }

  private List<LeftWeights> choose(Collection<LeftWeights> kept, long budget) {
    var victims = new ArrayList<LeftWeights>();
    if (bytes <= budget) {
      return victims;
    }
    List<LeftWeights> candidates =
        kept.stream()
            .filter(each -> !needs.isNeeded(each.trial()))
            .sorted(
                Comparator.comparing((LeftWeights each) -> needs.isHeritable(each.trial()))
                    .thenComparing(each -> lastUses.getOrDefault(each.trial(), each.trial()))
                    .thenComparing(LeftWeights::trial))
            .toList();
    for (LeftWeights each : candidates) {
      if (bytes <= budget) {
        break;
      }
      victims.add(each);
      if (owners.merge(each.id(), -1, Integer::sum) == 0) {
        bytes -= each.bytes();
      }
    }
    return victims;
  }
}
