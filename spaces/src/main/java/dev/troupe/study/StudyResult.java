package dev.troupe.study;

import static java.util.Objects.requireNonNull;

import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What came out of a study.
 *
 * @param study its name
 * @param state how it ended
 * @param reason why it ended, in a sentence
 * @param completed trials with a value
 * @param pruned trials ended early
 * @param failed trials without a value
 * @param stopped trials that the end of the study interrupted
 * @param paused trials that wait to be resumed by their strategy, which a larger budget allows
 * @param best the completed trial with the best value of the first objective, the earliest among
 *     equals; null if none completed. A value at full fidelity beats all that are not
 * @param test scores of the best trial on what was never shown to the search; empty where there is
 *     nothing of the kind
 * @param front the completed trials that no other one beats in every objective, in order of their
 *     numbers; with one objective the best trial alone
 * @param deviceHours hours for which devices were held
 * @param gpuHours hours for which GPUs were held
 * @param savedHours device-hours that tricks have saved, by trick: an estimate against full
 *     evaluations of the same candidates; without tricks that saved nothing
 * @param seconds time that it took on the machine's clock
 * @param virtualSeconds time that it took on the virtual clock; null if it ran on the machine's
 * @param utilisation share of its time for which the study's places were busy, from 0 to 1
 * @param utilisationWhileSuggesting the same until the last trial was handed out: after that places
 *     are idle for want of trials
 * @param seed the study's seed
 * @param fidelity what it found out about evaluations below full fidelity; null if it had none
 */
public record StudyResult(
    String study,
    StudyState state,
    String reason,
    long completed,
    long pruned,
    long failed,
    long stopped,
    long paused,
    @Nullable EndedTrial best,
    Metrics test,
    List<EndedTrial> front,
    double deviceHours,
    double gpuHours,
    Map<Trick, Double> savedHours,
    double seconds,
    @Nullable Double virtualSeconds,
    double utilisation,
    double utilisationWhileSuggesting,
    long seed,
    @Nullable FidelityReport fidelity) {

  /** Requires the texts and copies list and map. */
  public StudyResult {
    requireNonNull(study, "study");
    requireNonNull(state, "state");
    requireNonNull(reason, "reason");
    requireNonNull(test, "test");
    front = List.copyOf(front);
    var saved = new EnumMap<Trick, Double>(Trick.class); // in a fixed order
    saved.putAll(savedHours);
    savedHours = Collections.unmodifiableMap(saved);
  }

  /** Returns the device-hours that all tricks together have saved, as estimated. */
  public double savedDeviceHours() {
    return savedHours.values().stream().mapToDouble(Double::doubleValue).sum();
  }

  /** Returns the number of trials that ended, in whatever way. */
  public long trials() {
    return completed + pruned + failed + stopped;
  }
}
