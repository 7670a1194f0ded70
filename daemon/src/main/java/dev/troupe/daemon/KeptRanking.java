package dev.troupe.daemon;

import dev.troupe.KeptStudies;
import dev.troupe.KeptSummary;
import dev.troupe.KeptTrial;
import dev.troupe.space.Configuration;
import dev.troupe.study.Fidelity;
import dev.troupe.study.Objective;
import dev.troupe.study.Outcome;
import dev.troupe.study.RankCorrelation;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.Suggestion;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How well a lower fidelity ranked the candidates of a study that is kept. Not thread safe. */
final class KeptRanking {

  private final Fidelity fidelity;
  private final Objective objective;
  private final Map<Configuration, Double> low = new LinkedHashMap<>();
  private final Map<Configuration, Double> full = new LinkedHashMap<>();

  private KeptRanking(Fidelity fidelity, Objective objective) {
    this.fidelity = fidelity;
    this.objective = objective;
  }

  /**
   * Reads how well the fidelity of a trial ranks; null if it is full, or nothing was evaluated both
   * at it and in full.
   */
  static @Nullable RankCorrelation of(KeptStudies studies, KeptSummary study, KeptTrial trial) {
    StudyEvent.StudyStarted start = study.start();
    if (start == null
        || !(trial.suggestion() instanceof Suggestion.Evaluate evaluate)
        || evaluate.fidelity().isFull()) {
      return null;
    }
    var ranking = new KeptRanking(evaluate.fidelity(), start.objectives().get(0));
    studies.forEachTrial(study, ranking::take);
    return RankCorrelation.overBoth(ranking.full, ranking.low);
  }

  /** What a candidate came to first counts. */
  private void take(KeptTrial trial) {
    double loss = objective.loss(trial.metrics());
    if (trial.end() == null
        || !(trial.end().outcome() instanceof Outcome.Completed)
        || !(trial.suggestion() instanceof Suggestion.Evaluate evaluate)
        || !Double.isFinite(loss)) {
      return;
    }
    if (evaluate.fidelity().isFull()) {
      full.putIfAbsent(evaluate.candidate(), loss);
    } else if (evaluate.fidelity().equals(fidelity)) {
      low.putIfAbsent(evaluate.candidate(), loss);
    }
  }
}
