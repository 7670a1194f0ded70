package dev.troupe.actor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.actor.Timers.Turn;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The clock itself, without actors. */
@Timeout(60)
class VirtualTimersTest {

  private final VirtualTimers timers = new VirtualTimers();
  private final List<String> course = new CopyOnWriteArrayList<>();

  @AfterEach
  void close() {
    timers.close();
  }

  private Runnable note(String what) {
    return () -> course.add(what + "@" + timers.nanos());
  }

  private Runnable noteAfter(long nanos, Turn turn, String what) {
    return timers.after(Duration.ofNanos(nanos), turn, note(what));
  }

  /** Waits until all that is due by then, in virtual time, has run. */
  private void passUntil(long nanos) throws InterruptedException {
    var done = new CountDownLatch(1);
    timers.after(Duration.ofNanos(nanos - timers.nanos()), done::countDown);
    await(done);
  }

  private static void await(CountDownLatch latch) throws InterruptedException {
    assertThat(latch.await(30, TimeUnit.SECONDS)).isTrue();
  }

  @Test
  void tasks_runInTheOrderOfTimeThenTurnThenMaking() throws InterruptedException {
    Runnable release = timers.hold();
    noteAfter(20, new Turn(1, 1, "a"), "late");
    noteAfter(10, Turn.LAST, "limit");
    noteAfter(10, new Turn(2, 1, "a"), "trial 2");
    noteAfter(10, new Turn(1, 2, "a"), "trial 1 step 2");
    noteAfter(10, new Turn(1, 1, "b"), "other study");
    noteAfter(10, new Turn(1, 1, "a"), "first made");
    noteAfter(10, new Turn(1, 1, "a"), "second made");
    release.run();
    passUntil(30);

    assertThat(course)
        .containsExactly(
            "first made@10",
            "second made@10",
            "other study@10",
            "trial 1 step 2@10",
            "trial 2@10",
            "limit@10",
            "late@20");
  }

  @Test
  void after_delayBelowZero_isDueNow() throws InterruptedException {
    passUntil(5);
    noteAfter(-3, Turn.LAST, "now");
    passUntil(6);

    assertThat(course).containsExactly("now@5");
  }

  @Test
  void cancelledTask_neverRuns_andTimeIsNotSpentOnIt() throws InterruptedException {
    Runnable release = timers.hold();
    Runnable cancel = noteAfter(10, Turn.LAST, "cancelled");
    noteAfter(20, Turn.LAST, "kept");
    cancel.run();
    release.run();
    passUntil(30);

    assertThat(course).containsExactly("kept@20");
  }

  @Test
  void cancel_afterTheTaskRan_doesNothing() throws InterruptedException {
    Runnable cancel = noteAfter(10, Turn.LAST, "ran");
    passUntil(10);
    cancel.run();
    passUntil(20);

    assertThat(course).containsExactly("ran@10");
  }

  @Test
  void execute_fromATask_runsBeforeTimePasses() throws InterruptedException {
    Runnable release = timers.hold();
    noteAfter(11, Turn.LAST, "next");
    timers.after(
        Duration.ofNanos(10),
        () -> {
          timers.execute(() -> timers.execute(note("inner")));
          timers.execute(note("outer"));
        });
    release.run();
    passUntil(20);

    assertThat(course).containsExactly("outer@10", "inner@10", "next@11");
  }

  @Test
  void execute_fromOtherThreads_runsEveryTaskOnTheClocksThread() throws InterruptedException {
    int each = 500;
    var done = new CountDownLatch(4 * each);
    List<Thread> ranOn = new CopyOnWriteArrayList<>();
    for (int i = 0; i < 4; i++) {
      new Thread(
              () -> {
                for (int task = 0; task < each; task++) {
                  timers.execute(
                      () -> {
                        ranOn.add(Thread.currentThread());
                        done.countDown();
                      });
                }
              })
          .start();
    }
    await(done);

    assertThat(ranOn).hasSize(4 * each);
    assertThat(ranOn.stream().distinct()).hasSize(1).doesNotContain(Thread.currentThread());
    assertThat(timers.nanos()).isZero();
  }

  @Test
  void hold_keepsTimeFromPassing_butNotTasksOfThisMoment() throws InterruptedException {
    Runnable first = timers.hold();
    Runnable second = timers.hold();
    noteAfter(10, Turn.LAST, "due");
    var ran = new CountDownLatch(1);
    timers.execute(ran::countDown);
    await(ran);
    first.run();
    first.run(); // works once: the second hold is another's
    var again = new CountDownLatch(1);
    timers.execute(again::countDown);
    await(again);
    assertThat(course).isEmpty();
    assertThat(timers.nanos()).isZero();

    second.run();
    passUntil(20);

    assertThat(course).containsExactly("due@10");
  }

  @Test
  void taskThatThrows_doesNotStopTheClock() throws InterruptedException {
    Runnable release = timers.hold();
    timers.after(
        Duration.ofNanos(1),
        () -> {
          throw new IllegalStateException("on purpose");
        });
    noteAfter(2, Turn.LAST, "after");
    release.run();
    passUntil(3);

    assertThat(course).containsExactly("after@2");
  }

  @Test
  void delayBeyondTheEnd_isDueAtTheEnd() throws InterruptedException {
    var done = new CountDownLatch(1);
    passUntil(1);
    assertThat(timers.isOver()).isFalse();
    timers.after(Duration.ofSeconds(Long.MAX_VALUE), done::countDown);
    await(done);

    assertThat(timers.isOver()).isTrue();
    assertThat(timers.now()).isEqualTo(Instant.EPOCH.plusNanos(Long.MAX_VALUE));
  }

  @Test
  void thread_shutDown_dropsWhatComesAfter() throws InterruptedException {
    ExecutorService ended = timers.thread("ended");
    ExecutorService other = timers.thread("other");
    ended.execute(note("before"));
    passUntil(1);
    ended.shutdownNow();
    ended.execute(note("after"));
    other.execute(note("other"));
    passUntil(2);

    assertThat(ended.isShutdown()).isTrue();
    assertThat(course).containsExactly("before@0", "other@1");
  }

  @Test
  void close_whatIsDue_neverRuns() throws InterruptedException {
    Runnable release = timers.hold();
    noteAfter(10, Turn.LAST, "due");
    timers.close();
    release.run();
    var elsewhere = new CountDownLatch(1);
    timers.execute(elsewhere::countDown);

    assertThat(elsewhere.await(50, TimeUnit.MILLISECONDS)).isFalse();
    assertThat(course).isEmpty();
    assertThat(timers.nanos()).isZero();
  }
}
