package dev.troupe.estimator.pruning;

import dev.troupe.study.ActiveTrial;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Outcome;
import dev.troupe.study.Suggestion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

/**
 * Remembers what ended trials had lost at the steps that are asked for, so that each is looked
 * through once a step and not at every verdict. That changes no answer: it holds for the very
 * objects in the list that it is given, of which any beginning may be given next; another list is
 * looked through from its first trial. Some ten nanoseconds a trial and answer. Not thread safe.
 */
final class PeerTable {

  /** Some 50 MB; of more steps and groups those are forgotten that were not asked for longest. */
  private static final long MOST_NUMBERS = 6_000_000;

  private record Key(long step, long group) {}

  private final Reading reading;
  private final Losses losses;
  private final Groups groups;
  private final List<EndedTrial> seen = new ArrayList<>();

  /** What has been looked through last; nobody changes it. */
  private List<EndedTrial> last = List.of();

  /** By place: the furthest step of a complete trial up to there, or -1. */
  private long[] fullSteps = new long[16];

  private final Map<Key, Column> columns = new LinkedHashMap<>(16, 0.75f, true);

  /**
   * Remembers nothing yet.
   *
   * @param groups which trials are compared with each other
   */
  PeerTable(Reading reading, Losses losses, Groups groups) {
    this.reading = reading;
    this.losses = losses;
    this.groups = groups;
  }

  /**
   * Returns the other trials that have reached a step, and are compared with this one.
   *
   * @param step at least 0
   */
  Peers at(long step, ActiveTrial trial, List<EndedTrial> ended, List<ActiveTrial> active) {
    look(ended);
    var key = new Key(step, groups.of(trial.id().number()));
    Column column =
        columns.computeIfAbsent(
            key, unused -> new Column(step, key.group(), groups, reading, losses));
    column.grow(ended);
    Peers peers = column.peers(ended.size(), active);
    forget();
    return peers;
  }

  private void forget() {
    long weight = 0;
    for (Column column : columns.values()) {
      weight += column.weight();
    }
    Iterator<Column> oldest = columns.values().iterator();
    for (int left = columns.size(); weight > MOST_NUMBERS && left > 1; left--) {
      weight -= oldest.next().weight();
      oldest.remove();
    }
  }

  /** Returns the furthest step of a trial that ran to its end, if one did. */
  OptionalLong fullStep(List<EndedTrial> ended) {
    look(ended);
    long full = ended.isEmpty() ? -1 : fullSteps[ended.size() - 1];
    return full < 0 ? OptionalLong.empty() : OptionalLong.of(full);
  }

  private void look(List<EndedTrial> ended) {
    if (ended == last) {
      return;
    }
    last = ended;
    int shared = Math.min(seen.size(), ended.size());
    for (int i = 0; i < shared; i++) {
      if (seen.get(i) != ended.get(i)) {
        seen.clear();
        columns.clear();
        break;
      }
    }
    for (int i = seen.size(); i < ended.size(); i++) {
      take(ended.get(i));
    }
  }

  private void take(EndedTrial trial) {
    int place = seen.size();
    if (place == fullSteps.length) {
      fullSteps = Arrays.copyOf(fullSteps, 2 * place);
    }
    long before = place == 0 ? -1 : fullSteps[place - 1];
    fullSteps[place] = isFull(trial) ? Math.max(before, Curves.last(trial.measurements())) : before;
    seen.add(trial);
  }

  private static boolean isFull(EndedTrial trial) {
    return trial.outcome() instanceof Outcome.Completed
        && trial.suggestion() instanceof Suggestion.Evaluate evaluate
        && evaluate.fidelity().isFull();
  }
}
