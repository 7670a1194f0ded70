package dev.troupe.estimator.isolation;

import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.Evaluation;
import dev.troupe.estimator.weights.Checkpoint;
import dev.troupe.study.FidelityRange;
import dev.troupe.study.Metrics;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.Verdict;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/** Makes an estimator that does what its candidate says, most of which is bad. */
public final class Specimens implements EstimatorRecipe.Maker {

  /** What a broken recipe is told apart by. */
  static final String REFUSE = "refuse";

  static final String DIE = "die";

  /** Called in the child. */
  public Specimens() {}

  @Override
  public Estimator make(List<String> ingredients) {
    if (ingredients.contains(REFUSE)) {
      throw new IllegalArgumentException("estimator.data must exist, but did not.");
    }
    if (ingredients.contains(DIE)) {
      System.err.println("I shall not begin.");
      Runtime.getRuntime().halt(9);
    }
    return new Specimen();
  }

  private static final class Specimen implements Estimator {

    private int evaluated;

    @Override
    public List<FidelityRange> fidelities() {
      return List.of(new FidelityRange("epochs", 1, 20));
    }

    @Override
    public Metrics evaluate(Suggestion suggestion, Evaluation evaluation) throws Exception {
      evaluated++;
      String act = ((Suggestion.Evaluate) suggestion).candidate().getString("act");
      return switch (act) {
        case "halt" -> halt(evaluation);
        case "signal" -> signal();
        case "hang" -> hang(evaluation);
        case "refuse" -> throw new IllegalArgumentException("Trial 1: 'act' is not to my taste.");
        case "throw" -> throw new Exception("on purpose", new RuntimeException("the root of it"));
        case "heap" -> Metrics.of("loss", fill());
        case "chat" -> chat();
        case "backwards" -> backwards(evaluation);
        case "count" -> Metrics.of("loss", evaluated, "pid", ProcessHandle.current().pid());
        case "train" -> train(evaluation);
        case "heir" -> inherit(evaluation);
        case "vector" -> Metrics.of("loss", Double.NaN).withVector("gradient", 1, 2, 3);
        default -> throw new IllegalArgumentException(act);
      };
    }

    private static Metrics halt(Evaluation evaluation) {
      evaluation.report(1, Metrics.of("loss", 1));
      evaluation.report(2, Metrics.of("loss", 0.5));
      System.err.println("It is a far, far better thing that I do.");
      Runtime.getRuntime().halt(3);
      return Metrics.none();
    }

    private static Metrics signal() throws Exception {
      String self = Long.toString(ProcessHandle.current().pid());
      new ProcessBuilder("kill", "-9", self).start().waitFor();
      return Metrics.none();
    }

    private static Metrics hang(Evaluation evaluation) {
      evaluation.report(1, Metrics.of("loss", 1));
      var never = new CountDownLatch(1);
      while (true) {
        try {
          never.await();
        } catch (InterruptedException e) {
          System.err.println("I do not listen.");
        }
      }
    }

    private static double fill() {
      var all = new ArrayList<long[]>();
      while (true) {
        all.add(new long[1 << 22]);
      }
    }

    /** Through Java's standard output, and through the file behind it, as native code does. */
    private static Metrics chat() throws Exception {
      System.out.println("Hello from Java.");
      var raw = new FileOutputStream(FileDescriptor.out); // closing it would close the file
      raw.write("Hello from native code.\n".getBytes(StandardCharsets.UTF_8));
      raw.write(ByteBuffer.allocate(4).putInt(0xFFFE_FFFE).array());
      return Metrics.of("loss", 7);
    }

    private static Metrics backwards(Evaluation evaluation) {
      evaluation.report(2, Metrics.of("loss", 1));
      evaluation.report(1, Metrics.of("loss", 1));
      return Metrics.none();
    }

    private static Metrics train(Evaluation evaluation) throws Exception {
      Optional<Checkpoint> restored = evaluation.restored();
      double loss = restored.isPresent() ? ByteBuffer.wrap(restored.get().bytes()).getDouble() : 1;
      long first = restored.map(Checkpoint::step).orElse(0L);
      for (long step = first + 1; step <= 10; step++) {
        loss *= 0.5 + 0.1 * evaluation.random("step-" + step).nextDouble();
        if (evaluation.report(step, Metrics.of("loss", loss)) != Verdict.CONTINUE) {
          return Metrics.none();
        }
        double now = loss;
        evaluation.save(step, out -> out.write(ByteBuffer.allocate(8).putDouble(now).array()));
      }
      evaluation.leave(out -> out.write(new byte[] {1, 2, 3}));
      return Metrics.of("loss", loss);
    }

    private static Metrics inherit(Evaluation evaluation) {
      int length = evaluation.left(TrialId.of(1)).map(bytes -> bytes.length).orElse(0);
      return Metrics.of(
          "loss", length, "stranger", evaluation.left(TrialId.of(99)).isPresent() ? 1 : 0);
    }
  }
}
