package dev.troupe.actor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.study.EndedTrial;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.Outcome;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IncumbentsTest {

  private static final List<Objective> TWO =
      List.of(Objective.maximize("accuracy"), Objective.minimize("size"));

  private static EndedTrial trial(long number, double accuracy, double size) {
    return new EndedTrial(
        TrialId.of(number),
        Setups.suggestion(0.5),
        List.of(),
        new Outcome.Completed(Metrics.of("accuracy", accuracy, "size", size)),
        0);
  }

  private static boolean dominates(EndedTrial a, EndedTrial b) {
    double accuracy = a.metrics().get("accuracy") - b.metrics().get("accuracy");
    double size = b.metrics().get("size") - a.metrics().get("size");
    return accuracy >= 0 && size >= 0 && accuracy + size > 0;
  }

  @Test
  void front_anyOrder_isWhatNobodyDominates() {
    for (int seed = 0; seed < 50; seed++) {
      var random = new Random(seed);
      var trials = new ArrayList<EndedTrial>();
      for (int i = 1; i <= 40; i++) {
        trials.add(trial(i, random.nextInt(8), random.nextInt(8)));
      }
      List<EndedTrial> expected =
          trials.stream()
              .filter(trial -> trials.stream().noneMatch(other -> dominates(other, trial)))
              .toList();
      Collections.shuffle(trials, random);
      var incumbents = new Incumbents(TWO, suggestion -> true);
      trials.forEach(incumbents::offer);

      assertThat(incumbents.front()).as("seed %d", seed).isEqualTo(expected);
    }
  }

  @Test
  void best_tie_isTheSmallerNumberInAnyOrder() {
    var forwards = new Incumbents(TWO, suggestion -> true);
    var backwards = new Incumbents(TWO, suggestion -> true);
    EndedTrial first = trial(1, 5, 9);
    EndedTrial second = trial(2, 5, 1);
    forwards.offer(first);
    assertThat(forwards.offer(second)).isFalse();
    backwards.offer(second);
    assertThat(backwards.offer(first)).isTrue();

    assertThat(forwards.best()).isEqualTo(first);
    assertThat(backwards.best()).isEqualTo(first);
  }

  @Test
  void offer_supernetTraining_isNoCandidate() {
    var incumbents = new Incumbents(TWO, suggestion -> true);
    var training =
        new EndedTrial(
            TrialId.of(1),
            new Suggestion.ArchitectureGradient(List.of(), 0),
            List.of(),
            new Outcome.Completed(Metrics.none()),
            0);

    assertThat(incumbents.offer(training)).isFalse();
    assertThat(incumbents.best()).isNull();
    assertThat(incumbents.front()).isEmpty();
  }
}
