package dev.troupe;

import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.EstimatorProvider;
import dev.troupe.estimator.EstimatorRequest;
import dev.troupe.estimator.Evaluation;
import dev.troupe.settings.Option;
import dev.troupe.study.Metrics;
import dev.troupe.study.Suggestion;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The estimator {@code fragile}: does to its JVM what a candidate's {@code act} says. */
public final class FragileProvider implements EstimatorProvider {

  /** Called by {@link java.util.ServiceLoader}. */
  public FragileProvider() {}

  @Override
  public String name() {
    return "fragile";
  }

  @Override
  public String description() {
    return "Ends its JVM";
  }

  @Override
  public List<Option> options() {
    return List.of(new Option("depth", "1", "nothing"));
  }

  @Override
  public boolean wantsOwnJvm() {
    return true;
  }

  @Override
  public Estimator create(EstimatorRequest request) {
    request.settings().getInt("depth", 1, 1, 9);
    return new Fragile();
  }

  private static final class Fragile implements Estimator {

    @Override
    public Metrics evaluate(Suggestion suggestion, Evaluation evaluation) throws Exception {
      evaluation.report(1, Metrics.of("loss", 1));
      switch (((Suggestion.Evaluate) suggestion).candidate().getString("act")) {
        case "halt" -> Runtime.getRuntime().halt(3);
        case "hang" -> hang();
        case "heap" -> throw new IllegalStateException(new OutOfMemoryError("Java heap space"));
        default -> evaluation.report(2, Metrics.of("loss", evaluation.random("loss").nextDouble()));
      }
      return Metrics.of("loss", 0.5, "pid", ProcessHandle.current().pid());
    }

    private static void hang() {
      var never = new CountDownLatch(1);
      while (true) {
        try {
          never.await();
        } catch (InterruptedException e) {
          System.err.println("I do not listen.");
        }
      }
    }
  }
}
