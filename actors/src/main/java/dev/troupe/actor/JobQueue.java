package dev.troupe.actor;

import akka.actor.typed.ActorRef;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Waiting jobs: each study's in their order, the studies taking turns. */
final class JobQueue {

  private final Map<ActorRef<? super StudyActor.SlotMessage>, ArrayDeque<Job>> byStudy =
      new LinkedHashMap<>();

  void add(Job job) {
    byStudy.computeIfAbsent(job.study(), study -> new ArrayDeque<>()).add(job);
  }

  /** Returns the next job and moves its study to the end of the line; null if there is none. */
  @Nullable Job poll() {
    var studies = byStudy.entrySet().iterator();
    if (!studies.hasNext()) {
      return null;
    }
    Map.Entry<ActorRef<? super StudyActor.SlotMessage>, ArrayDeque<Job>> first = studies.next();
    Job job = first.getValue().poll();
    if (byStudy.size() > 1 || first.getValue().isEmpty()) {
      studies.remove();
      if (!first.getValue().isEmpty()) {
        byStudy.put(first.getKey(), first.getValue());
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
