package dev.troupe.monitoring;

import static java.util.Objects.requireNonNull;

import dev.troupe.study.StudyEvent;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns the events of studies into meters.
 *
 * <table>
 *   <caption>Meters; all but the last two have the tag {@code study}</caption>
 *   <tr><th>name</th><th>kind, unit</th><th>other tags</th></tr>
 *   <tr><td>troupe.trials</td><td>counter of ended trials</td><td>strategy, state</td></tr>
 *   <tr><td>troupe.trials.active</td><td>gauge of trials that have not ended</td><td>state</td></tr>
 *   <tr><td>troupe.trials.parallelism</td><td>gauge of trials wanted in flight</td><td></td></tr>
 *   <tr><td>troupe.trial.time</td><td>timer of device time</td><td>strategy, state</td></tr>
 *   <tr><td>troupe.best.value</td><td>gauge, the metric's own unit; of full
 *   evaluations, once there are any</td><td>metric</td></tr>
 *   <tr><td>troupe.device.time</td><td>counter, seconds</td><td>strategy, outcome</td></tr>
 *   <tr><td>troupe.device.time.saved</td><td>counter, seconds; an estimate</td><td>strategy, trick
 *   </td></tr>
 *   <tr><td>troupe.fidelity.ranking</td><td>gauge, -1 to 1</td><td>fidelity</td></tr>
 *   <tr><td>troupe.suggestion.latency</td><td>timer</td><td>strategy</td></tr>
 *   <tr><td>troupe.attempts.retried</td><td>counter</td><td>strategy</td></tr>
 *   <tr><td>troupe.measurements</td><td>counter</td><td>strategy, verdict</td></tr>
 *   <tr><td>troupe.studies.running</td><td>gauge</td><td></td></tr>
 *   <tr><td>troupe.studies.unmetered</td><td>counter of studies left out</td><td></td></tr>
 * </table>
 *
 * <p>The number of time series is bounded: no tag holds a trial, at most {@value #MOST_STUDIES}
 * studies have meters at a time, and those of a study that ended an hour ago are removed, with the
 * next event or by {@link #removeOld}. A study that finds no place takes that of the one which
 * ended first; if all still run, it has no meters.
 *
 * <p>Bind it before the first event: what is counted until then is lost. It may be subscribed to
 * several studies. Thread safe; an event never throws for what it holds.
 */
public final class SearchMeters implements MeterBinder, Flow.Subscriber<StudyEvent> {

  /** How many studies have meters at a time. */
  public static final int MOST_STUDIES = 100;

  /** How long the meters of a study stay after its end. */
  public static final Duration KEPT_AFTER_END = Duration.ofHours(1);

  private static final Logger LOG = LoggerFactory.getLogger(SearchMeters.class);

  private final InstantSource clock;
  private final CompositeMeterRegistry registry = new CompositeMeterRegistry();
  private final AtomicInteger running = new AtomicInteger();
  private final AtomicLong unmetered = new AtomicLong();
  private final Map<String, StudyMeters> studies = new LinkedHashMap<>();
  private Instant nextRemoval = Instant.MAX;

  /** Makes meters that belong to no registry yet; studies age by {@code clock}. */
  public SearchMeters(InstantSource clock) {
    this.clock = requireNonNull(clock, "clock");
  }

  /** Returns meters on the system's clock. */
  public static SearchMeters create() {
    return new SearchMeters(InstantSource.system());
  }

  /** Lets the meters appear in {@code newRegistry}; several registries may be bound. */
  @Override
  public void bindTo(MeterRegistry newRegistry) {
    Gauge.builder("troupe.studies.running", running::get)
        .description("Studies that have begun and not ended")
        .register(newRegistry);
    FunctionCounter.builder("troupe.studies.unmetered", unmetered, AtomicLong::doubleValue)
        .description("Studies without meters, since too many others were running")
        .register(newRegistry);
    registry.add(newRegistry);
  }

  /** Lets the meters of {@code oldRegistry} stand still from now on. */
  public void unbindFrom(MeterRegistry oldRegistry) {
    registry.remove(oldRegistry);
  }

  /** Takes notice of an event. */
  public synchronized void onEvent(StudyEvent event) {
    removeOld();
    StudyMeters meters =
        event instanceof StudyEvent.StudyStarted started
            ? started(started)
            : studies.computeIfAbsent(event.study(), this::joinedLate);
    if (meters != null) {
      meters.onEvent(event, clock.instant());
      count(meters);
    }
  }

  private @Nullable StudyMeters started(StudyEvent.StudyStarted event) {
    StudyMeters known = studies.get(event.study());
    if (known != null && known.strategy().equals(event.strategy())) {
      return known; // resumed: its counters go on
    }
    if (known != null) {
      remove(known);
    }
    if (!makePlace()) {
      unmetered.incrementAndGet();
      LOG.warn(
          "Study '{}' has no meters: {} others are running. Maybe run fewer studies at a time.",
          event.study(),
          MOST_STUDIES);
      return null;
    }
    var meters = new StudyMeters(registry, event.study(), event.strategy());
    studies.put(event.study(), meters);
    return meters;
  }

  /** A study whose begin was not heard of: it has meters if there is a free place. */
  private @Nullable StudyMeters joinedLate(String study) {
    return studies.size() < MOST_STUDIES ? new StudyMeters(registry, study, "unknown") : null;
  }

  private boolean makePlace() {
    if (studies.size() < MOST_STUDIES) {
      return true;
    }
    Optional<StudyMeters> oldest =
        studies.values().stream()
            .filter(meters -> meters.endedAt() != null)
            .min(Comparator.comparing(meters -> requireNonNull(meters.endedAt())));
    oldest.ifPresent(this::remove);
    return oldest.isPresent();
  }

  private void count(StudyMeters meters) {
    running.set((int) studies.values().stream().filter(m -> m.endedAt() == null).count());
    Instant endedAt = meters.endedAt();
    if (endedAt != null && endedAt.plus(KEPT_AFTER_END).isBefore(nextRemoval)) {
      nextRemoval = endedAt.plus(KEPT_AFTER_END);
    }
  }

  /** Removes the meters of studies that ended an hour ago or before. */
  public synchronized void removeOld() {
    Instant now = clock.instant();
    if (now.isBefore(nextRemoval)) {
      return;
    }
    nextRemoval = Instant.MAX;
    for (StudyMeters meters : List.copyOf(studies.values())) {
      Instant endedAt = meters.endedAt();
      if (endedAt == null) {
        continue;
      }
      if (now.isBefore(endedAt.plus(KEPT_AFTER_END))) {
        count(meters);
      } else {
        remove(meters);
      }
    }
  }

  private void remove(StudyMeters meters) {
    meters.remove();
    studies.remove(meters.study());
  }

  @Override
  public void onSubscribe(Flow.Subscription subscription) {
    subscription.request(Long.MAX_VALUE);
  }

  /** As {@link #onEvent}. */
  @Override
  public void onNext(StudyEvent event) {
    onEvent(event);
  }

  @Override
  public void onError(Throwable problem) {
    LOG.warn("The events of a study broke off; its meters stand still.", problem);
  }

  /** Does nothing: that a study has ended is an event of its own. */
  @Override
  public void onComplete() {}
}
