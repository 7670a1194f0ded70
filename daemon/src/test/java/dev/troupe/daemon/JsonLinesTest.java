package dev.troupe.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.space.Configuration;
import dev.troupe.study.Attempt;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Fidelity;
import dev.troupe.study.Metrics;
import dev.troupe.study.Outcome;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.WeightSource;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class JsonLinesTest {

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
  private final JsonLines lines =
      new JsonLines(new PrintStream(bytes, true, StandardCharsets.UTF_8));

  private List<String> printed() {
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private static Suggestion.Evaluate suggestion(Fidelity fidelity, WeightSource weights) {
    return new Suggestion.Evaluate(Configuration.empty().with("x", 0.5), fidelity, weights);
  }

  private void suggest(long trial, Fidelity fidelity, WeightSource weights) {
    lines.accept(
        new StudyEvent.TrialSuggested("s", TrialId.of(trial), suggestion(fidelity, weights)));
  }

  private void pause(long trial) {
    lines.accept(
        new StudyEvent.TrialPaused(
            "s", Instant.EPOCH, Attempt.first(TrialId.of(trial)), Metrics.of("loss", 0.5), 1));
  }

  private void end(long trial, Suggestion suggestion) {
    lines.accept(
        new StudyEvent.TrialEnded(
            "s",
            Instant.EPOCH,
            new EndedTrial(
                TrialId.of(trial),
                suggestion,
                List.of(),
                new Outcome.Completed(Metrics.of("loss", 0.25)),
                1)));
  }

  /** What has paused holds up nothing, and comes at the end, with where it stands by then. */
  @Test
  void accept_trialsThatPause_printsThemAfterAllOthers() {
    Fidelity low = Fidelity.of("epochs", 3);
    suggest(1, low, WeightSource.fresh());
    suggest(2, low, WeightSource.fresh());
    suggest(3, Fidelity.full(), WeightSource.fresh());
    pause(1);
    end(3, suggestion(Fidelity.full(), WeightSource.fresh()));
    assertThat(printed()).as("trial 2 may still end").isEmpty();

    pause(2);
    assertThat(printed()).hasSize(1).first().asString().startsWith("{\"trial\":3,");
    WeightSource own = new WeightSource.Checkpoint(TrialId.of(1));
    suggest(1, Fidelity.full(), own);
    end(1, suggestion(Fidelity.full(), own));
    assertThat(printed()).hasSize(1);

    lines.printRest();

    assertThat(printed())
        .containsExactly(
            "{\"trial\":3,\"state\":\"completed\",\"configuration\":{\"x\":0.5},"
                + "\"metrics\":{\"loss\":0.25},\"fidelity\":{},\"parent\":null}",
            "{\"trial\":1,\"state\":\"completed\",\"configuration\":{\"x\":0.5},"
                + "\"metrics\":{\"loss\":0.25},\"fidelity\":{},\"parent\":null}",
            "{\"trial\":2,\"state\":\"paused\",\"configuration\":{\"x\":0.5},"
                + "\"metrics\":{\"loss\":0.5},\"fidelity\":{\"epochs\":3.0},\"parent\":null}");
  }
}
