package dev.troupe.daemon;

import dev.troupe.study.Budget;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Instruction;
import dev.troupe.study.Objective;
import dev.troupe.study.Outcome;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.TrialId;
import java.io.PrintStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A line on a terminal that is redrawn in place: done of total, best, trials per minute,
 * device-hours, time left. Failures get lines of their own above it. Thread safe.
 */
final class Progress implements Consumer<StudyEvent>, AutoCloseable {

  private static final String CLEAR_LINE = "\r\u001b[K";
  private static final int BAR = 20;
  private static final long REDRAW_MILLIS = 250;

  private final PrintStream err;
  private final ScheduledExecutorService clock;
  private final long start = System.nanoTime();
  private List<Objective> objectives = List.of();
  private Budget budget = Budget.unlimited();
  private String study = "";
  private @Nullable String best;
  private long ended;
  private long endedEarlier;
  private double deviceSeconds;
  private final Set<TrialId> rested = new HashSet<>();
  private boolean paused;
  private boolean closed;

  Progress(PrintStream err) {
    this.err = err;
    clock =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              var thread = new Thread(task, "troupe-progress");
              thread.setDaemon(true);
              return thread;
            });
    var unused =
        clock.scheduleAtFixedRate(this::draw, REDRAW_MILLIS, REDRAW_MILLIS, TimeUnit.MILLISECONDS);
  }

  /** Takes a trial that ended in an earlier run. */
  synchronized void earlier(EndedTrial trial) {
    ended++;
    endedEarlier++;
    deviceSeconds += trial.deviceSeconds();
  }

  @Override
  public synchronized void accept(StudyEvent event) {
    if (event instanceof StudyEvent.StudyStarted started) {
      study = started.study();
      objectives = started.objectives();
      budget = started.budget();
    } else if (event instanceof StudyEvent.StudyResumed resumed) {
      budget = resumed.budget();
    } else if (event instanceof StudyEvent.StudyInstructed instructed) {
      follow(instructed.instruction());
    } else if (event instanceof StudyEvent.TrialSuggested suggested) {
      rested.remove(suggested.trial());
    } else if (event instanceof StudyEvent.TrialPaused rest) {
      rested.add(rest.attempt().trial());
    } else if (event instanceof StudyEvent.TrialEnded end) {
      rested.remove(end.trial().id());
      ended++;
      deviceSeconds += end.trial().deviceSeconds();
      explainFailure(end.trial());
    } else if (event instanceof StudyEvent.IncumbentChanged incumbent) {
      Objective main = objectives.get(0);
      best = main.metric() + " " + Text.number(incumbent.metrics().get(main.metric()));
    }
  }

  private void follow(Instruction instruction) {
    if (instruction instanceof Instruction.Extend extend) {
      budget = budget.extendedBy(extend.limits(), objectives.get(0).direction());
    } else if (instruction instanceof Instruction.Pause) {
      paused = true;
    } else if (instruction instanceof Instruction.Resume) {
      paused = false;
    }
  }

  private void explainFailure(EndedTrial trial) {
    if (trial.outcome() instanceof Outcome.Failed failed) {
      String reason = EventLines.withoutPrefix(trial, failed.reason());
      err.print(CLEAR_LINE);
      err.println("Trial %s failed: %s".formatted(trial.id(), reason));
      draw();
    }
  }

  private synchronized void draw() {
    if (!closed) {
      err.print(CLEAR_LINE + line(elapsed()));
      err.flush();
    }
  }

  /** Returns the line after so many seconds. */
  synchronized String line(double seconds) {
    var parts = new ArrayList<String>();
    Long total = budget.trials();
    parts.add(
        total == null
            ? Text.count(ended, "trial")
            : "%s %d/%d trials"
                .formatted(bar((double) (ended + rested.size()) / total), ended, total));
    if (!rested.isEmpty()) {
      parts.add(rested.size() + " paused");
    }
    if (best != null) {
      parts.add("best " + best);
    }
    long endedNow = ended - endedEarlier;
    if (endedNow > 0 && seconds > 0) {
      parts.add(Text.number((double) Math.round(60 * endedNow / seconds)) + "/min");
    }
    parts.add(Text.number(deviceSeconds / 3600) + " device-h");
    String left = timeLeft(seconds);
    if (paused) {
      parts.add("paused");
    } else if (left != null) {
      parts.add(left + " left");
    }
    return study + " " + String.join("  ", parts);
  }

  private @Nullable String timeLeft(double seconds) {
    double left = Double.POSITIVE_INFINITY;
    Long total = budget.trials();
    long endedNow = ended - endedEarlier;
    if (total != null && endedNow > 0) {
      left = seconds / endedNow * (total - ended);
    }
    Duration limit = budget.wallClock();
    if (limit != null) {
      left = Math.min(left, limit.toMillis() / 1e3 - seconds);
    }
    return Double.isInfinite(left) ? null : Text.duration(Math.max(0, left));
  }

  private static String bar(double share) {
    int full = (int) Math.floor(Math.min(1, share) * BAR);
    return "[" + "#".repeat(full) + "-".repeat(BAR - full) + "]";
  }

  private double elapsed() {
    return (System.nanoTime() - start) / 1e9;
  }

  /** Takes the line away for good. */
  synchronized void clear() {
    if (!closed) {
      closed = true;
      err.print(CLEAR_LINE);
      err.flush();
    }
  }

  @Override
  public void close() {
    clock.shutdownNow();
    clear();
  }
}
