package dev.troupe.actor;

import akka.actor.typed.ActorRef;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Waiting jobs: each study's in their order. Studies of a higher priority go first; those of one
 * priority share the time of the devices by weight.
 *
 * <p>Each study has a clock that goes on by the time for which it holds devices, divided by its
 * weight; the one whose clock is behind is next, among equals the one that was served least
 * recently. A job that runs counts as long as jobs of its study have taken so far, until it takes
 * longer. Who had nothing to do meanwhile is not paid for it: a study that gets waiting jobs again
 * is at most one of its jobs behind the one that was served last (as in start-time fair queueing,
 * Goyal et al. 1996, doi:10.1145/248156.248171).
 */
final class JobQueue {

  /** The jobs of one study. */
  private static final class Queue {
    final ArrayDeque<Job> waiting = new ArrayDeque<>();
    Share share = Share.DEFAULT;

    /** Time that ended jobs have held devices, divided by the weight, or what stands for it. */
    double paid;

    int running;

    /** The sum of the readings of the clock at which running jobs began. */
    double begun;

    long ended;
    double endedSeconds;
    long served;

    double clock(double now) {
      double held = Math.max(running * now - begun, running * usual());
      return paid + held / share.weight();
    }

    /** Returns how long a job of this study takes, as far as is known. */
    double usual() {
      return ended == 0 ? 0 : endedSeconds / ended;
    }
  }

  private final Map<ActorRef<? super StudyActor.SlotMessage>, Queue> byStudy =
      new LinkedHashMap<>();

  /** When each running job began. */
  private final Map<Job, Double> running = new IdentityHashMap<>();

  /** For each priority, how far the clock was of the study that was served last. */
  private final Map<Integer, Double> reached = new LinkedHashMap<>();

  private long served;

  /** Says what part a study gets. */
  void join(ActorRef<? super StudyActor.SlotMessage> study, Share share) {
    queue(study).share = share;
  }

  private Queue queue(ActorRef<? super StudyActor.SlotMessage> study) {
    return byStudy.computeIfAbsent(study, unused -> new Queue());
  }

  /**
   * Takes a job in.
   *
   * @param now the time in seconds
   */
  void add(Job job, double now) {
    Queue queue = queue(job.study());
    if (queue.waiting.isEmpty()) {
      double least =
          reached.getOrDefault(queue.share.priority(), 0.0) - queue.usual() / queue.share.weight();
      queue.paid += Math.max(0, least - queue.clock(now));
    }
    queue.waiting.add(job);
  }

  /**
   * Returns the next job that can be done, which runs from now on; null if there is none. A study's
   * jobs can all be done or none of them.
   *
   * @param now the time in seconds
   * @param possible whether a job can be done now
   */
  @Nullable Job poll(double now, Predicate<Job> possible) {
    Queue next =
        byStudy.values().stream()
            .filter(queue -> !queue.waiting.isEmpty() && possible.test(queue.waiting.element()))
            .min(
                Comparator.<Queue>comparingInt(queue -> -queue.share.priority())
                    .thenComparingDouble(queue -> queue.clock(now))
                    .thenComparingDouble(queue -> queue.running / queue.share.weight())
                    .thenComparingLong(queue -> queue.served))
            .orElse(null);
    if (next == null) {
      return null;
    }
    reached.merge(next.share.priority(), next.clock(now), Math::max);
    served++;
    next.served = served;
    next.running++;
    next.begun += now;
    Job job = next.waiting.remove();
    running.put(job, now);
    return job;
  }

  /**
   * A job holds no device any more.
   *
   * @param now the time in seconds
   */
  void released(Job job, double now) {
    Double begun = running.remove(job);
    Queue queue = byStudy.get(job.study());
    if (begun != null && queue != null) {
      queue.running--;
      queue.begun -= begun;
      queue.ended++;
      queue.endedSeconds += now - begun;
      queue.paid += (now - begun) / queue.share.weight();
    }
  }

  /** Removes and returns all waiting jobs of a study. */
  List<Job> withdraw(ActorRef<? super StudyActor.SlotMessage> study) {
    Queue queue = byStudy.get(study);
    if (queue == null) {
      return List.of();
    }
    List<Job> jobs = List.copyOf(queue.waiting);
    queue.waiting.clear();
    return jobs;
  }

  /** Forgets a study and its waiting jobs. */
  void forget(ActorRef<? super StudyActor.SlotMessage> study) {
    byStudy.remove(study);
  }
}
