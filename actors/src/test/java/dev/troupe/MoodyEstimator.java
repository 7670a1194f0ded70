package dev.troupe;

import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.Evaluation;
import dev.troupe.space.Configuration;
import dev.troupe.study.Metrics;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.Verdict;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.LockSupport;

/**
 * Has a value, fails and reports as the candidate wants, and takes its time as chance wants, on the
 * machine's clock and on the virtual one. Some trials fail at first, and no more: how many runs of
 * them were lost changes nothing. For one study of a space with {@code x} and {@code rate}.
 */
final class MoodyEstimator implements Estimator {

  private final Set<TrialId> failed = ConcurrentHashMap.newKeySet();

  @Override
  public Metrics evaluate(Suggestion suggestion, Evaluation evaluation) {
    Configuration candidate = ((Suggestion.Evaluate) suggestion).candidate();
    int mood = (int) Math.floorMod(candidate.fingerprint(), 1000L);
    double loss = Math.abs(candidate.getDouble("x") - 0.3) + candidate.getDouble("rate");
    for (int step = 1; step <= mood % 5; step++) {
      dawdle(evaluation);
      Verdict verdict = evaluation.report(step, Metrics.of("loss", loss + 1.0 / step));
      if (verdict != Verdict.CONTINUE) {
        return Metrics.none();
      }
    }
    dawdle(evaluation);
    boolean atFirst = mood % 7 == 1 && failed.add(evaluation.attempt().trial());
    if (atFirst || mood % 11 == 0) {
      throw new IllegalStateException("in a bad mood");
    }
    return Metrics.of("loss", mood % 13 == 0 ? Double.NaN : loss);
  }

  private static void dawdle(Evaluation evaluation) {
    ThreadLocalRandom random = ThreadLocalRandom.current();
    evaluation.spend(random.nextDouble()); // no time on the machine's clock
    int choice = random.nextInt(4);
    if (choice == 0) {
      LockSupport.parkNanos(random.nextLong(1_000_000));
    }
    if (choice == 1) {
      long end = System.nanoTime() + random.nextLong(100_000);
      while (System.nanoTime() < end) {
        Thread.onSpinWait();
      }
    }
  }
}
