package dev.troupe;

import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.Budget;
import dev.troupe.study.Outcome;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.StudyResult;
import java.util.concurrent.CountDownLatch;

/** Trials that take most of a small heap, side by side; one of them takes more than there is. */
final class SmallHeapProcess {

  private static final int MEBIBYTE = 1 << 20;
  private static final CountDownLatch THREE = new CountDownLatch(3);

  private SmallHeapProcess() {}

  public static void main(String[] arguments) {
    try (Troupe troupe = Troupe.start(Troupe.cpuSlots(3))) {
      Study<Configuration> study =
          troupe
              .study("small", SearchSpace.builder().add(FloatParameter.linear("x", 0, 1)).build())
              .strategy(Strategies.random()) // a model takes memory, too
              .ledger("memory")
              .parallelism(3)
              .budget(Budget.trials(10))
              .listener(SmallHeapProcess::print)
              .start((candidate, trial) -> evaluate(trial));
      StudyResult result = Outcomes.of(study);
      System.out.printf("completed %d, failed %d%n", result.completed(), result.failed());
    }
  }

  private static double evaluate(TrialHandle trial) throws InterruptedException {
    THREE.countDown();
    THREE.await(); // the first three take their memory at once
    byte[] taken = new byte[(trial.id().number() == 3 ? 200 : 30) * MEBIBYTE];
    Thread.sleep(20);
    return taken[taken.length / 2];
  }

  private static void print(StudyEvent event) {
    if (event instanceof StudyEvent.TrialEnded ended
        && ended.trial().outcome() instanceof Outcome.Failed failed) {
      System.out.println(failed.reason());
    }
  }
}
