package dev.troupe.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.space.Configuration;
import dev.troupe.study.Budget;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.Outcome;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProgressTest {

  private static final Instant AT = Instant.EPOCH;

  private final ByteArrayOutputStream screen = new ByteArrayOutputStream();

  private Progress progress(Budget budget) {
    var progress = new Progress(new PrintStream(screen, true, StandardCharsets.UTF_8));
    progress.accept(
        new StudyEvent.StudyStarted(
            "digits",
            AT,
            List.of(Objective.maximize("accuracy")),
            "random",
            1,
            2,
            budget,
            Map.of()));
    return progress;
  }

  private static StudyEvent ended(long trial, Outcome outcome) {
    Suggestion suggestion = Suggestion.evaluate(Configuration.of(Map.of("x", 1)));
    return new StudyEvent.TrialEnded(
        "digits", AT, new EndedTrial(TrialId.of(trial), suggestion, List.of(), outcome, 9));
  }

  @Test
  void line_tenOfFortyTrials_tellsAllOfThem() {
    try (Progress progress = progress(Budget.trials(40))) {
      Metrics metrics = Metrics.of("accuracy", 0.975);
      for (long trial = 1; trial <= 10; trial++) {
        progress.accept(ended(trial, new Outcome.Completed(metrics)));
      }
      progress.accept(new StudyEvent.IncumbentChanged("digits", TrialId.of(3), metrics));

      assertThat(progress.line(20))
          .isEqualTo(
              "digits [#####---------------] 10/40 trials  best accuracy 0.975  30/min"
                  + "  0.025 device-h  1:00 min left");
    }
  }

  @Test
  void line_withoutAnEnd_hasNoTimeLeft() {
    try (Progress progress = progress(Budget.unlimited())) {
      progress.accept(ended(1, new Outcome.Completed(Metrics.of("accuracy", 0.5))));

      assertThat(progress.line(60)).startsWith("digits 1 trial  1/min").doesNotContain("left");
    }
  }

  @Test
  void accept_failedTrial_explainsItOnALineOfItsOwn() {
    try (Progress progress = progress(Budget.trials(2))) {
      progress.accept(ended(1, new Outcome.Failed("Trial 1: loss was NaN.")));
    }

    assertThat(screen.toString(StandardCharsets.UTF_8))
        .contains("Trial 1 failed: loss was NaN." + System.lineSeparator());
  }
}
