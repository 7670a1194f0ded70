package dev.troupe.estimator.dl4j;

import java.util.List;

/** The tunables that networks of any kind have. */
final class CommonTunables {

  static final Tunable ACTIVATION =
      new Tunable.Choice(
          "activation", "relu", ActivationKind.names(), "activation of hidden layers");
  static final Tunable BATCH_NORM =
      new Tunable.Flag("batch-norm", false, "whether hidden layers are normalised over the batch");

  /** How a network is trained. */
  static final List<Tunable> TRAINING =
      List.of(
          new Tunable.Choice(
              "optimizer", "adam", Optimizer.Rule.names(), "how parameters follow gradients"),
          new Tunable.Real("learning-rate", 1e-3, 1e-8, 10, "length of a step"),
          new Tunable.Real("momentum", 0.9, 0, 0.999, "momentum of sgd (Nesterov's); 0 for none"),
          new Tunable.Real(
              "weight-decay", 0, 0, 1, "shrinks weights by this times the learning rate a step"),
          new Tunable.Whole("batch-size", 128, 1, 65_536, "rows of a training step"));

  private CommonTunables() {}

  static Tunable dropout(String where) {
    return new Tunable.Real(
        "dropout", 0, 0, 0.95, "probability of leaving out an output of " + where);
  }
}
