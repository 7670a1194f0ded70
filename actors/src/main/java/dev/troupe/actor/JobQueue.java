package dev.troupe.actor;

import akka.actor.typed.ActorRef;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Waiting jobs: each study's in their order, the studies taking turns. */
final class JobQueue {

  private final Map<ActorRef<? super StudyActor.SlotMessage>, ArrayDeque<Job>> byStudy =
      new LinkedHashMap<>();

  void add(Job job) {
    byStudy.computeIfAbsent(job.study(), study -> new ArrayDeque<>()).add(job);
  }

  /**
   * Returns the next job that can be done and moves its study to the end of the line; null if there
   * is none. A study's jobs can all be done or none of them.
   *
   * @param possible whether a job can be done now
   */
  @Nullable Job poll(Predicate<Job> possible) {
    var studies = byStudy.entrySet().iterator();
    while (studies.hasNext()) {
      Map.Entry<ActorRef<? super StudyActor.SlotMessage>, ArrayDeque<Job>> next = studies.next();
      if (possible.test(next.getValue().element())) {
        return take(next.getKey(), next.getValue());
      }
    }
    return null;
  }

  private Job take(ActorRef<? super StudyActor.SlotMessage> study, ArrayDeque<Job> jobs) {
    Job job = jobs.remove();
    if (byStudy.size() > 1 || jobs.isEmpty()) {
      byStudy.remove(study);
      if (!jobs.isEmpty()) {
        byStudy.put(study, jobs);
      }
    }
    return job;
  }

  /** Removes and returns all waiting jobs of a study. */
  List<Job> remove(ActorRef<? super StudyActor.SlotMessage> study) {
    ArrayDeque<Job> jobs = byStudy.remove(study);
    return jobs == null ? List.of() : List.copyOf(jobs);
  }
}
