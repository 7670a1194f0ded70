package dev.troupe;

import dev.troupe.study.StudyResult;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Waits for studies, but not for ever. */
final class Outcomes {

  private static final long PATIENCE_SECONDS = 30;

  private Outcomes() {}

  static StudyResult of(Study<?> study) {
    try {
      return study.outcome().toCompletableFuture().get(PATIENCE_SECONDS, TimeUnit.SECONDS);
    } catch (TimeoutException e) {
      throw new AssertionError("Study '%s' did not end.".formatted(study.name()), e);
    } catch (ExecutionException e) {
      throw new AssertionError("Study '%s' failed.".formatted(study.name()), e.getCause());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError("Interrupted while a study ran.", e);
    }
  }
}
