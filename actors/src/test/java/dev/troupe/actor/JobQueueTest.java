package dev.troupe.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.TestInbox;
import akka.actor.typed.ActorRef;
import dev.troupe.estimator.FunctionEstimator;
import dev.troupe.random.RandomStreams;
import dev.troupe.study.Attempt;
import dev.troupe.study.Metrics;
import dev.troupe.study.TrialId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
      queue.add(job(study, trial), 0);
    }
  }

  private static Job job(ActorRef<StudyActor.SlotMessage> study, long trial) {
    return Job.of(
        study,
        study.path().name(),
        Attempt.first(TrialId.of(trial)),
        new Job.Evaluate(Setups.suggestion(0.5)),
        FunctionEstimator.of((suggestion, evaluation) -> Metrics.none()),
        RandomStreams.of(1),
        null,
        false,
        null);
  }

  private List<String> poll(int count) {
    var polled = new ArrayList<String>();
    for (int i = 0; i < count; i++) {
      Job job = queue.poll(0, any -> true);
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
    assertThat(poll(4)).containsExactly("second 1", "first 2", "second 2", "first 3");

    add(first, 4);
    assertThat(poll(2)).containsExactly("first 4", "none");
  }

  @Test
  void withdraw_study_takesAllOfItsJobsOnly() {
    add(first, 1, 2);
    add(second, 1);

    assertThat(queue.withdraw(first))
        .extracting(job -> job.attempt().trial().number())
        .containsExactly(1L, 2L);
    assertThat(queue.withdraw(first)).isEmpty();
    assertThat(poll(2)).containsExactly("second 1", "none");
  }

  // Shares

  /** Runs jobs on some slots for a while; each study always has jobs waiting. */
  private Map<String, Double> hold(int slots, double until, double seconds) {
    record Running(double end, Job job) {}
    var random = new SplittableRandom(5);
    var held = new HashMap<String, Double>();
    var running = new PriorityQueue<Running>(Comparator.comparingDouble(Running::end));
    add(first, LongStream.rangeClosed(1, slots).toArray());
    add(second, LongStream.rangeClosed(1, slots).toArray());
    double now = 0;
    while (now < until) {
      while (running.size() < slots) {
        Job job = queue.poll(now, any -> true);
        boolean isFirst = job.study().equals(first);
        queue.add(job(isFirst ? first : second, 9), now);
        double lasts = (isFirst ? seconds : 1) * (0.5 + random.nextDouble());
        held.merge(job.studyName(), lasts, Double::sum);
        running.add(new Running(now + lasts, job));
      }
      Running next = running.remove();
      now = next.end();
      queue.released(next.job(), now);
    }
    return held;
  }

  @ParameterizedTest
  @CsvSource({"1, 1, 1", "1, 1, 7", "4, 3, 1", "7, 3, 20", "16, 0.5, 1"})
  void poll_overALongTime_sharesDeviceTimeByWeight(int slots, double weight, double seconds) {
    queue.join(first, new Share(weight, 0));

    Map<String, Double> held = hold(slots, 20_000 * seconds, seconds);

    assertThat(held.get("first") / held.get("second"))
        .isCloseTo(weight, Percentage.withPercentage(1));
  }

  @Test
  void poll_higherPriority_goesFirst() {
    queue.join(second, new Share(0.001, 1));
    add(first, 1);
    add(second, 1, 2);
    add(third, 1);

    assertThat(poll(4)).containsExactly("second 1", "second 2", "first 1", "third 1");
  }

  @Test
  void poll_studyThatWasIdle_isNotPaidForIt() {
    add(first, 1);
    add(second, 1);
    double now = 0;
    for (Job job = queue.poll(now, any -> true); job != null; job = queue.poll(now, any -> true)) {
      now++;
      queue.released(job, now);
    }
    for (int i = 0; i < 1000; i++) {
      add(first, 2);
      Job job = queue.poll(now, any -> true);
      now++;
      queue.released(job, now);
    }
    long[] numbers = LongStream.rangeClosed(1, 10).toArray();
    for (long number : numbers) {
      queue.add(job(first, number), now);
      queue.add(job(second, number), now);
    }

    var order = new ArrayList<String>();
    for (int i = 0; i < 10; i++) {
      Job job = queue.poll(now, any -> true);
      order.add(job.studyName());
      now++;
      queue.released(job, now);
    }
    assertThat(order).filteredOn("second"::equals).hasSizeBetween(5, 6);
  }

  @Test
  void share_withoutWeight_isRefused() {
    assertThatThrownBy(() -> new Share(0, 0)).hasMessageContaining("above 0, but was 0.0");
    assertThatThrownBy(() -> new Share(Double.NaN, 0)).hasMessageContaining("above 0");
  }
}
