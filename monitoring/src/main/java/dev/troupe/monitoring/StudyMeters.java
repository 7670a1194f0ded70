package dev.troupe.monitoring;

import dev.troupe.study.Direction;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Fidelity;
import dev.troupe.study.Instruction;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.Outcome;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.TrialState;
import dev.troupe.study.Trick;
import dev.troupe.study.Verdict;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.DoubleAccumulator;
import org.jspecify.annotations.Nullable;

/**
 * The meters of one study. Its owner calls it from one thread at a time; gauges are read by any.
 */
final class StudyMeters {

  private static final String STUDY = "study";
  private static final String STRATEGY = "strategy";
  private static final String STATE = "state";
  private static final String LOST = "lost";

  /** What the definition of a study calls its low fidelity. */
  private static final String FIDELITY = "fidelity";

  private static final double NANOS_PER_SECOND = 1e9;

  private static final Duration[] TRIAL_BUCKETS = {
    Duration.ofMillis(100),
    Duration.ofSeconds(1),
    Duration.ofSeconds(10),
    Duration.ofMinutes(1),
    Duration.ofMinutes(10),
    Duration.ofHours(1),
    Duration.ofHours(10)
  };
  private static final Duration[] SUGGESTION_BUCKETS = {
    Duration.ofMillis(1),
    Duration.ofMillis(10),
    Duration.ofMillis(100),
    Duration.ofSeconds(1),
    Duration.ofSeconds(10)
  };

  private final MeterRegistry registry;
  private final String study;
  private final String strategy;
  private final List<Meter> meters = new ArrayList<>();
  private final Map<TrialState, AtomicInteger> active = new EnumMap<>(TrialState.class);
  private final AtomicInteger parallelism = new AtomicInteger();
  private final Map<String, Double> best = new ConcurrentHashMap<>();

  private final Map<TrialState, Counter> trials = new EnumMap<>(TrialState.class);
  private final Map<TrialState, Timer> trialTimes = new EnumMap<>(TrialState.class);
  private final Map<String, Counter> deviceTimes = new HashMap<>();
  private final Map<Trick, DoubleAccumulator> saved = new EnumMap<>(Trick.class);
  private final Map<Fidelity, AtomicLong> rankings = new HashMap<>();
  private final Map<Verdict, Counter> measurements = new EnumMap<>(Verdict.class);
  private final Timer suggestionLatency;
  private final Counter retried;

  private final Map<TrialId, TrialState> open = new HashMap<>();
  private final Map<TrialId, Double> earlierSeconds = new HashMap<>();
  private List<Objective> objectives = List.of();
  private boolean lowFidelity;
  private boolean bestInFull;
  private @Nullable Instant endedAt;

  StudyMeters(MeterRegistry registry, String study, String strategy) {
    this.registry = registry;
    this.study = study;
    this.strategy = strategy;
    for (TrialState state : List.of(TrialState.WAITING, TrialState.RUNNING, TrialState.PAUSED)) {
      active.put(state, activeGauge(state));
    }
    this.suggestionLatency = suggestionLatency();
    this.retried = retried();
    parallelismGauge();
  }

  String study() {
    return study;
  }

  String strategy() {
    return strategy;
  }

  /** Returns when it ended, or null while it runs. */
  @Nullable Instant endedAt() {
    return endedAt;
  }

  void onEvent(StudyEvent event, Instant now) {
    if (showsLife(event)) {
      endedAt = null;
    }
    if (event instanceof StudyEvent.StudyStarted started) {
      objectives = started.objectives();
      lowFidelity = started.definition().containsKey(FIDELITY);
      parallelism.set(started.parallelism());
    } else if (event instanceof StudyEvent.StudyResumed resumed) {
      parallelism.set(resumed.parallelism());
    } else if (event instanceof StudyEvent.StudyInstructed instructed
        && instructed.instruction() instanceof Instruction.Parallelism changed) {
      parallelism.set(changed.trials());
    } else if (event instanceof StudyEvent.StrategyAsked asked) {
      suggestionLatency.record(duration(asked.seconds()));
    } else if (event instanceof StudyEvent.TrialSuggested suggested) {
      move(suggested.trial(), TrialState.WAITING);
    } else if (event instanceof StudyEvent.AttemptStarted started) {
      move(started.attempt().trial(), TrialState.RUNNING);
    } else if (event instanceof StudyEvent.Measured measured) {
      onMeasured(measured);
    } else if (event instanceof StudyEvent.AttemptFailed failed) {
      onAttemptFailed(failed);
    } else if (event instanceof StudyEvent.TrialPaused paused) {
      onTrialPaused(paused);
    } else if (event instanceof StudyEvent.TrialEnded ended) {
      onTrialEnded(ended.trial());
    } else if (event instanceof StudyEvent.IncumbentChanged changed) {
      onIncumbentChanged(changed.metrics());
    } else if (event instanceof StudyEvent.DeviceTimeSaved saved) {
      onSaved(saved.trick(), saved.seconds());
    } else if (event instanceof StudyEvent.FidelityChecked checked) {
      rankings
          .computeIfAbsent(checked.fidelity(), this::ranking)
          .set(Double.doubleToLongBits(checked.kendall()));
    } else if (event instanceof StudyEvent.StudyEnded) {
      onStudyEnded(now);
    }
  }

  /** Not so a measurement or an outcome, which may be a straggler of a study that has ended. */
  private static boolean showsLife(StudyEvent event) {
    return event instanceof StudyEvent.StudyStarted
        || event instanceof StudyEvent.StrategyAsked
        || event instanceof StudyEvent.TrialSuggested;
  }

  private void onMeasured(StudyEvent.Measured event) {
    measurements.computeIfAbsent(event.verdict(), this::measurements).increment();
    if (event.verdict() == Verdict.PAUSE) {
      move(event.attempt().trial(), TrialState.PAUSED);
    }
  }

  private void onAttemptFailed(StudyEvent.AttemptFailed event) {
    TrialId trial = event.attempt().trial();
    retried.increment();
    book(LOST, event.deviceSeconds());
    earlierSeconds.merge(trial, event.deviceSeconds(), Double::sum);
    move(trial, TrialState.WAITING);
  }

  /** What it spent until then is part of its time when it ends, and booked as paused already. */
  private void onTrialPaused(StudyEvent.TrialPaused event) {
    TrialId trial = event.attempt().trial();
    book(tag(TrialState.PAUSED), event.deviceSeconds());
    earlierSeconds.merge(trial, event.deviceSeconds(), Double::sum);
    move(trial, TrialState.PAUSED);
  }

  private void onTrialEnded(EndedTrial trial) {
    TrialState state = trial.state();
    trials.computeIfAbsent(state, this::trials).increment();
    trialTimes.computeIfAbsent(state, this::trialTime).record(duration(trial.deviceSeconds()));
    // What its earlier attempts spent is part of its time, and booked already.
    Double lost = earlierSeconds.remove(trial.id());
    book(tag(state), trial.deviceSeconds() - (lost == null ? 0 : lost));
    if (trial.outcome() instanceof Outcome.Completed completed) {
      onCompleted(trial.suggestion(), completed.metrics());
    }
    move(trial.id(), null);
  }

  /** The trial has ended just before, and was told then at which fidelity. */
  private void onIncumbentChanged(Metrics metrics) {
    if (!lowFidelity) {
      improve(metrics);
    }
  }

  /** Values at a study's low fidelity are shown until there is one in full, and never again. */
  private void onCompleted(Suggestion suggestion, Metrics metrics) {
    if (lowFidelity) {
      boolean full =
          suggestion instanceof Suggestion.Evaluate evaluate && evaluate.fidelity().isFull();
      if (!full && bestInFull) {
        return;
      }
      if (full && !bestInFull) {
        bestInFull = true;
        best.replaceAll((metric, value) -> Double.NaN);
      }
    }
    improve(metrics);
  }

  private void onSaved(Trick trick, double seconds) {
    if (Double.isFinite(seconds)) {
      saved.computeIfAbsent(trick, this::deviceTimeSaved).accumulate(seconds);
    }
  }

  private void onStudyEnded(Instant now) {
    endedAt = now;
    open.clear();
    earlierSeconds.clear();
    active.values().forEach(count -> count.set(0));
  }

  private void move(TrialId trial, @Nullable TrialState state) {
    if (endedAt != null) {
      return;
    }
    TrialState before = state == null ? open.remove(trial) : open.put(trial, state);
    add(before, -1);
    add(state, 1);
  }

  private void add(@Nullable TrialState state, int change) {
    AtomicInteger count = state == null ? null : active.get(state);
    if (count != null) {
      count.addAndGet(change);
    }
  }

  private void book(String outcome, double seconds) {
    if (seconds > 0 && Double.isFinite(seconds)) {
      deviceTimes.computeIfAbsent(outcome, this::deviceTime).increment(seconds);
    }
  }

  private void improve(Metrics metrics) {
    for (Objective objective : objectives) {
      double value = metrics.getOrNaN(objective.metric());
      if (Double.isFinite(value)) {
        improve(objective.metric(), objective.direction(), value);
      }
    }
  }

  private void improve(String metric, Direction direction, double value) {
    Double before = best.get(metric);
    if (before == null) {
      best.put(metric, value);
      bestGauge(metric);
    } else if (before.isNaN() || direction.isBetter(value, before)) {
      best.put(metric, value);
    }
  }

  /** Takes all of it out of the registry. */
  void remove() {
    meters.forEach(registry::remove);
    meters.clear();
  }

  private static Duration duration(double seconds) {
    return seconds > 0 ? Duration.ofNanos((long) (seconds * NANOS_PER_SECOND)) : Duration.ZERO;
  }

  private static String tag(Enum<?> value) {
    return value.name().toLowerCase(Locale.ROOT);
  }

  private <M extends Meter> M own(M meter) {
    meters.add(meter);
    return meter;
  }

  private AtomicInteger activeGauge(TrialState state) {
    var count = new AtomicInteger();
    own(
        Gauge.builder("troupe.trials.active", count::get)
            .description("Trials on record that have not ended, by state")
            .tag(STUDY, study)
            .tag(STATE, tag(state))
            .register(registry));
    return count;
  }

  private void parallelismGauge() {
    own(
        Gauge.builder("troupe.trials.parallelism", parallelism::get)
            .description("Trials that the study keeps in flight if it can")
            .tag(STUDY, study)
            .register(registry));
  }

  private void bestGauge(String metric) {
    own(
        Gauge.builder("troupe.best.value", () -> best.getOrDefault(metric, Double.NaN))
            .description("Best value of an objective among completed trials, in its own unit")
            .tag(STUDY, study)
            .tag("metric", metric)
            .register(registry));
  }

  private Timer suggestionLatency() {
    return own(
        Timer.builder("troupe.suggestion.latency")
            .description("How long the strategy takes to learn of outcomes and make suggestions")
            .tag(STUDY, study)
            .tag(STRATEGY, strategy)
            .serviceLevelObjectives(SUGGESTION_BUCKETS)
            .register(registry));
  }

  private Counter retried() {
    return own(
        Counter.builder("troupe.attempts.retried")
            .description("Attempts that failed or were lost and whose trial was tried again")
            .tag(STUDY, study)
            .tag(STRATEGY, strategy)
            .register(registry));
  }

  private Counter trials(TrialState state) {
    return own(
        Counter.builder("troupe.trials")
            .description("Trials that have ended, by the state in which they did")
            .tag(STUDY, study)
            .tag(STRATEGY, strategy)
            .tag(STATE, tag(state))
            .register(registry));
  }

  private Timer trialTime(TrialState state) {
    return own(
        Timer.builder("troupe.trial.time")
            .description("Device time of ended trials, all attempts together")
            .tag(STUDY, study)
            .tag(STRATEGY, strategy)
            .tag(STATE, tag(state))
            .serviceLevelObjectives(TRIAL_BUCKETS)
            .register(registry));
  }

  private Counter deviceTime(String outcome) {
    return own(
        Counter.builder("troupe.device.time")
            .description(
                "Device time by outcome of the trial; lost is that of failed attempts, paused that of"
                    + " attempts whose trial may go on")
            .baseUnit("seconds")
            .tag(STUDY, study)
            .tag(STRATEGY, strategy)
            .tag("outcome", outcome)
            .register(registry));
  }

  private AtomicLong ranking(Fidelity fidelity) {
    var kendall = new AtomicLong();
    own(
        Gauge.builder("troupe.fidelity.ranking", () -> Double.longBitsToDouble(kendall.get()))
            .description("Rank correlation (Kendall) of a lower fidelity with full evaluations")
            .tag(STUDY, study)
            .tag("fidelity", fidelity.axes().toString())
            .register(registry));
    return kendall;
  }

  private DoubleAccumulator deviceTimeSaved(Trick trick) {
    var total = new DoubleAccumulator(Math::max, 0);
    own(
        FunctionCounter.builder("troupe.device.time.saved", total, DoubleAccumulator::get)
            .description("Device time saved against full evaluations, estimated, by trick")
            .baseUnit("seconds")
            .tag(STUDY, study)
            .tag(STRATEGY, strategy)
            .tag("trick", trick.label())
            .register(registry));
    return total;
  }

  private Counter measurements(Verdict verdict) {
    return own(
        Counter.builder("troupe.measurements")
            .description("Measurements that estimators reported, by the verdict on them")
            .tag(STUDY, study)
            .tag(STRATEGY, strategy)
            .tag("verdict", tag(verdict))
            .register(registry));
  }
}
