package dev.troupe.example;

import dev.troupe.Incumbent;
import dev.troupe.Strategies;
import dev.troupe.Study;
import dev.troupe.TrialHandle;
import dev.troupe.Troupe;
import dev.troupe.space.LogRange;
import dev.troupe.space.Range;
import dev.troupe.space.RecordSpace;
import dev.troupe.study.Budget;
import dev.troupe.study.Verdict;

/** Tunes a small network written in plain Java. The record is the search space. */
public final class TuneNetwork {

  private static final int EPOCHS = 20;

  private TuneNetwork() {}

  // example: space
  record Mlp(
      @LogRange(low = 1e-3, high = 1) double learningRate,
      @Range(low = 2, high = 16) int units,
      Activation activation) {}

  enum Activation {
    TANH,
    RELU
  }

  // end

  /** Prints the best network that it finds. */
  public static void main(String[] arguments) {
    Incumbent<Mlp> best = search();
    System.out.println(best.value() + " reaches an accuracy of " + best.metrics().get("accuracy"));
  }

  static Incumbent<Mlp> search() {
    // example: study
    try (Troupe troupe = Troupe.start()) {
      Study<Mlp> study =
          troupe
              .study("moons", RecordSpace.of(Mlp.class))
              .maximize("accuracy")
              .strategy(Strategies.random())
              .budget(Budget.trials(40))
              .parallelism(2)
              .seed(42)
              .start((mlp, trial) -> train(mlp, trial));
      Incumbent<Mlp> best = study.result().toCompletableFuture().join();
      return best;
    }
    // end
  }

  // example: train
  static double train(Mlp mlp, TrialHandle trial) {
    var network = new Network(mlp.units(), mlp.activation() == Activation.TANH, trial.random());
    double accuracy = 0;
    for (int epoch = 1; epoch <= EPOCHS; epoch++) {
      network.train(Moons.TRAINING, mlp.learningRate());
      accuracy = network.accuracy(Moons.VALIDATION);
      if (trial.report(epoch, accuracy) != Verdict.CONTINUE) {
        break;
      }
    }
    return accuracy;
  }
  // end
}
