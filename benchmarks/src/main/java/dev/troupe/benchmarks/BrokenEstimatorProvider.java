package dev.troupe.benchmarks;

import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.EstimatorProvider;
import dev.troupe.estimator.EstimatorRequest;
import dev.troupe.estimator.FunctionEstimator;
import dev.troupe.settings.Option;
import dev.troupe.study.Metrics;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** The estimator {@code broken}: does to its JVM what the parameter {@code act} says. */
public final class BrokenEstimatorProvider implements EstimatorProvider {

  private static final int MEBIBYTE = 1 << 20;

  /** Called by the service loader. */
  public BrokenEstimatorProvider() {}

  @Override
  public String name() {
    return "broken";
  }

  @Override
  public String description() {
    return "halts its JVM, leaks memory or never returns, as a candidate's act says";
  }

  @Override
  public List<Option> options() {
    return List.of(new Option("leak-mib", "2048", "where a leak ends if nobody ends it"));
  }

  @Override
  public Estimator create(EstimatorRequest request) {
    int most = request.settings().getInt("leak-mib", 2048, 1, 1 << 20);
    return FunctionEstimator.of(
        (suggestion, evaluation) -> {
          switch (suggestion.candidate().getString("act")) {
            case "halt" -> Runtime.getRuntime().halt(1);
            case "leak" -> leak(most);
            case "hang" -> hang();
            default -> Thread.sleep(100);
          }
          return Metrics.of("loss", 0);
        });
  }

  /** Takes memory outside of the heap, and writes to it, as a library does that frees nothing. */
  private static void leak(int most) {
    var held = new ArrayList<ByteBuffer>();
    for (int taken = 0; taken < most; taken += 16) {
      ByteBuffer buffer = ByteBuffer.allocateDirect(16 * MEBIBYTE);
      for (int i = 0; i < buffer.capacity(); i += 1024) {
        buffer.put(i, (byte) 1);
      }
      held.add(buffer);
    }
    System.err.println("Nobody minds that " + held.size() * 16 + " MiB are held.");
  }

  private static void hang() {
    var never = new CountDownLatch(1);
    while (true) {
      try {
        never.await();
      } catch (InterruptedException e) {
        System.err.println("Interrupted, and going on.");
      }
    }
  }
}
