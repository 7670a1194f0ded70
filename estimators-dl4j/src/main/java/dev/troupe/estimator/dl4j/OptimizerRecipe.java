package dev.troupe.estimator.dl4j;

import dev.troupe.space.Configuration;
import org.nd4j.linalg.learning.config.AdaGrad;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Nesterovs;
import org.nd4j.linalg.learning.config.RmsProp;
import org.nd4j.linalg.learning.config.Sgd;

/**
 * How parameters follow gradients.
 *
 * @param rule the optimiser
 * @param learningRate above 0
 * @param momentum in [0, 1); only {@code sgd} has one
 * @param weightDecay at least 0; decoupled from the gradient
 */
record OptimizerRecipe(
    Optimizer.Rule rule, double learningRate, double momentum, double weightDecay) {

  static OptimizerRecipe of(Configuration values) {
    return new OptimizerRecipe(
        Optimizer.Rule.of(values.getString("optimizer")),
        values.getDouble("learning-rate"),
        values.getDouble("momentum"),
        values.getDouble("weight-decay"));
  }

  /** Returns by what each step multiplies the weights on account of weight decay. */
  double shrinkage() {
    return shrinkage(learningRate);
  }

  /** Returns the same while the learning rate is another one. */
  double shrinkage(double currentRate) {
    return 1 - currentRate * weightDecay;
  }

  /** Returns the same rule for Deeplearning4j's layers, with a learning rate that changes. */
  IUpdater updater(LearningRate schedule) {
    IUpdater updater = updater();
    updater.setLrAndSchedule(learningRate, schedule);
    return updater;
  }

  /** Returns the same rule for Deeplearning4j's layers, without the weight decay. */
  IUpdater updater() {
    return switch (rule) {
      case ADAM -> new Adam(learningRate, Optimizer.BETA1, Optimizer.BETA2, Optimizer.ADAM_EPSILON);
      case RMSPROP -> new RmsProp(learningRate, Optimizer.RMS_DECAY, Optimizer.RMS_EPSILON);
      case ADAGRAD -> new AdaGrad(learningRate, Optimizer.ADAGRAD_EPSILON);
      case SGD -> momentum == 0 ? new Sgd(learningRate) : new Nesterovs(learningRate, momentum);
    };
  }
}
