package dev.troupe.actor;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.TestInbox;
import akka.actor.typed.ActorRef;
import dev.troupe.estimator.FunctionEstimator;
import dev.troupe.random.RandomStreams;
import dev.troupe.study.Attempt;
import dev.troupe.study.Metrics;
import dev.troupe.study.TrialId;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whose turn it is. */
class JobQueueTest {

  private final ActorRef<StudyActor.SlotMessage> first =
      TestInbox.<StudyActor.SlotMessage>create("first").getRef();
  private final ActorRef<StudyActor.SlotMessage> second =
      TestInbox.<StudyActor.SlotMessage>create("second").getRef();
  private final ActorRef<StudyActor.SlotMessage> third =
      TestInbox.<StudyActor.SlotMessage>create("third").getRef();
  private final JobQueue queue = new JobQueue();

  private void add(ActorRef<StudyActor.SlotMessage> study, long... trials) {
    for (long trial : trials) {
      queue.add(
          new Job(
              study,
              study.path().name(),
              Attempt.first(TrialId.of(trial)),
              new Job.Evaluate(Setups.suggestion(0.5)),
              FunctionEstimator.of((suggestion, evaluation) -> Metrics.none()),
              RandomStreams.of(1),
              null,
              false,
              null));
    }
  }

  private List<String> poll(int count) {
    var polled = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      Job job = queue.poll(any -> true);
      polled.add(job == null ? "none" : job.studyName() + " " + job.attempt().trial().number());
    }
    return polled;
  }

  @Test
  void poll_severalStudies_takeTurnsEachInItsOrder() {
    add(first, 1, 2, 3);
    add(second, 1);
    add(third, 1, 2);

    assertThat(poll(7))
        .containsExactly("first 1", "second 1", "third 1", "first 2", "third 2", "first 3", "none");
  }

  @Test
  void poll_oneStudy_keepsItsOrderAndLetsANewcomerIn() {
    add(first, 1, 2, 3);
    assertThat(poll(1)).containsExactly("first 1");
    add(second, 1, 2);
    assertThat(poll(4)).containsExactly("first 2", "second 1", "first 3", "second 2");

    add(first, 4);
    assertThat(poll(2)).containsExactly("first 4", "none");
  }

  @Test
  void remove_study_takesAllOfItsJobsOnly() {
    add(first, 1, 2);
    add(second, 1);

    assertThat(queue.remove(first))
        .extracting(job -> job.attempt().trial().number())
        .containsExactly(1L, 2L);
    assertThat(queue.remove(first)).isEmpty();
    assertThat(poll(2)).containsExactly("second 1", "none");
  }
}
