package dev.troupe.actor;

import dev.troupe.study.EndedTrial;
import dev.troupe.study.StudyEvent;
import java.util.List;
import java.util.concurrent.Executor;
import java.util.concurrent.Flow;
import java.util.concurrent.SubmissionPublisher;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Hands events of a study to those who want them, in order, on one thread: listeners get all of
 * them; a subscriber that does not keep up misses some. Thread safe.
 */
public final class EventBus implements Flow.Publisher<StudyEvent> {

  private static final Logger log = LoggerFactory.getLogger(EventBus.class);

  private final List<Consumer<StudyEvent>> listeners;
  private final List<Consumer<EndedTrial>> earlierListeners;
  private final String study;
  private final Executor thread;
  private final SubmissionPublisher<StudyEvent> publisher;

  /**
   * Starts the thread of the study's events.
   *
   * @param study the study's name
   * @param listeners get all that happens
   * @param earlierListeners get the trials that ended in earlier runs, before all that happens
   */
  public EventBus(
      String study,
      List<Consumer<StudyEvent>> listeners,
      List<Consumer<EndedTrial>> earlierListeners) {
    this.study = study;
    this.listeners = List.copyOf(listeners);
    this.earlierListeners = List.copyOf(earlierListeners);
    this.thread = Threads.transientSingle("troupe-events-" + study);
    this.publisher = new SubmissionPublisher<>(thread, Flow.defaultBufferSize());
  }

  @Override
  public void subscribe(Flow.Subscriber<? super StudyEvent> subscriber) {
    publisher.subscribe(subscriber);
  }

  /** Returns whether anybody would notice an event. */
  boolean isWanted() {
    return !listeners.isEmpty() || publisher.hasSubscribers();
  }

  void publish(StudyEvent event) {
    if (!listeners.isEmpty()) {
      thread.execute(() -> tell(listeners, event, study));
    }
    if (publisher.hasSubscribers()) {
      publisher.offer(event, (subscriber, dropped) -> false);
    }
  }

  /** Tells of the trials that ended in earlier runs, which are read meanwhile. */
  void publishEarlier(LedgerActor.EarlierTrials trials) {
    if (!earlierListeners.isEmpty()) {
      thread.execute(() -> tellEarlier(trials));
    }
  }

  private void tellEarlier(LedgerActor.EarlierTrials trials) {
    try {
      trials.forEach(trial -> tell(earlierListeners, trial, study));
    } catch (RuntimeException e) {
      log.warn("Study '{}': its earlier trials could not be read.", study, e);
    }
  }

  private static <E> void tell(List<Consumer<E>> listeners, E news, String study) {
    for (Consumer<E> listener : listeners) {
      try {
        listener.accept(news);
      } catch (Throwable e) { // the user's code may throw anything
        log.warn("A listener of study '{}' failed on {}.", study, news, e);
      }
    }
  }

  /**
   * Lets everything published so far arrive, then runs {@code last}. Who subscribes or falls behind
   * is still served; the thread ends when it has had nothing to do for a while.
   */
  void close(Runnable last) {
    publisher.close();
    thread.execute(last);
  }
}
