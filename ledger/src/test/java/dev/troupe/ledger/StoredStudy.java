package dev.troupe.ledger;

import dev.troupe.Pruners;
import dev.troupe.Strategies;
import dev.troupe.Study;
import dev.troupe.StudyBuilder;
import dev.troupe.TrialHandle;
import dev.troupe.Troupe;
import dev.troupe.space.BooleanParameter;
import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.IntParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.Budget;
import dev.troupe.study.Metrics;
import dev.troupe.study.Verdict;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;

/**
 * A study with values of all kinds, failures, retries, trials that a pruner stops, and processes
 * that end before it does. What it left on the disk in each version of the schema is kept among the
 * resources: run this class to write the file of the newest one.
 */
final class StoredStudy {

  static final String NAME = "stored study";

  private static final int FIRST_RUN_ENDS_AT = 12;
  private static final int SECOND_RUN_ENDS_AT = 26;

  private static final SearchSpace SPACE =
      SearchSpace.builder()
          .add(FloatParameter.log("rate", 1e-4, 1))
          .add(IntParameter.linear("layers", 1, 9))
          .add(CategoricalParameter.of("activation", "relu", "tanh", "ünïcode"))
          .add(CategoricalParameter.ordered("width", 16L, 32L, 64L))
          .add(new BooleanParameter("bias"))
          .build();

  private StoredStudy() {}

  /**
   * Writes the database.
   *
   * @param arguments the home folder to write to
   */
  public static void main(String[] arguments) throws InterruptedException, SQLException {
    Path home = Path.of(arguments[0]);
    leaveAt(FIRST_RUN_ENDS_AT, home);
    leaveAt(SECOND_RUN_ENDS_AT, home);
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + home.resolve("troupe.db"));
        Statement statement = connection.createStatement()) {
      statement.execute("PRAGMA wal_checkpoint(TRUNCATE)");
    }
  }

  /** Runs it until a trial is underway, and ends the process as far as the study can tell. */
  private static void leaveAt(int trial, Path home) throws InterruptedException {
    var reached = new CountDownLatch(1);
    try (Troupe troupe = Troupe.start(Troupe.cpuSlots(2))) {
      start(troupe, "file", home, Budget.trials(SECOND_RUN_ENDS_AT + 10), trial, reached);
      reached.await();
    }
  }

  /** Goes on with it until its budget is spent. */
  static Study<Configuration> start(Troupe troupe, Path home, Budget budget) {
    return start(troupe, "file", home, budget);
  }

  /** Goes on with it in another ledger. */
  static Study<Configuration> start(Troupe troupe, String ledger, Path home, Budget budget) {
    return start(troupe, ledger, home, budget, Integer.MAX_VALUE, new CountDownLatch(1));
  }

  private static Study<Configuration> start(
      Troupe troupe, String ledger, Path home, Budget budget, int hangAt, CountDownLatch hanging) {
    Set<Long> failed = ConcurrentHashMap.newKeySet();
    return describe(troupe, ledger, home, budget)
        .start(
            (candidate, trial) -> {
              long number = trial.id().number();
              if (number == hangAt) {
                trial.report(1, 1);
                hanging.countDown();
                new CountDownLatch(1).await();
              }
              if (number % 5 == 0 && failed.add(number)) {
                throw new IllegalStateException("fails at first");
              }
              if (number % 7 == 0) {
                throw new IllegalStateException("fails always\nfor a reason of two lines");
              }
              return evaluate(candidate, trial);
            });
  }

  private static StudyBuilder<Configuration> describe(
      Troupe troupe, String ledger, Path home, Budget budget) {
    return troupe
        .study(NAME, SPACE)
        .maximize("score")
        .minimize("size")
        .strategy(Strategies.sobol())
        .pruner(
            Pruners.of(
                "second-step",
                request ->
                    (trial, ended, active) ->
                        trial.id().number() % 4 == 0 && trial.measurements().size() == 2
                            ? Verdict.STOP
                            : Verdict.CONTINUE))
        .budget(budget)
        .seed(17)
        .parallelism(2)
        .retries(1)
        .ledger(ledger)
        .home(home);
  }

  private static double evaluate(Configuration candidate, TrialHandle trial) {
    double score = candidate.getDouble("rate") + (candidate.getBoolean("bias") ? 1 : 0);
    for (int step = 1; step <= 3; step++) {
      Metrics metrics =
          Metrics.of("score", score - 1.0 / step).withVector("gradient", step, -0.0, 1e300);
      if (trial.report(step, metrics) != Verdict.CONTINUE) {
        return score;
      }
    }
    trial.record("size", candidate.getLong("layers") * candidate.getLong("width"));
    return trial.id().number() % 11 == 0 ? Double.NaN : score;
  }
}
