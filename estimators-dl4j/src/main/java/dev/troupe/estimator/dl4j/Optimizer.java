package dev.troupe.estimator.dl4j;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Gradient descent on plain arrays. One instance trains one network, on one thread. The rules are
 * those of ND4J's updaters, but a step is one loop that the JVM vectorises, where ND4J makes
 * several passes over all parameters.
 */
final class Optimizer {

  /** The rules by name. */
  enum Rule {
    /** Kingma, Ba 2015 (arXiv:1412.6980), decay rates 0.9 and 0.999. */
    ADAM,
    /** Hinton's RMSProp, decay rate 0.95. */
    RMSPROP,
    /** Duchi, Hazan, Singer 2011. */
    ADAGRAD,
    /** Gradient descent with Nesterov's momentum, plain where the momentum is 0. */
    SGD;

    /** Returns the names in kebab case. */
    static List<String> names() {
      return Arrays.stream(values()).map(rule -> rule.name().toLowerCase(Locale.ROOT)).toList();
    }

    static Rule of(String name) {
      return valueOf(name.toUpperCase(Locale.ROOT));
    }
  }

  static final double BETA1 = 0.9;
  static final double BETA2 = 0.999;
  static final double RMS_DECAY = 0.95;
  static final double ADAM_EPSILON = 1e-8;
  static final double RMS_EPSILON = 1e-8;
  static final double ADAGRAD_EPSILON = 1e-6;

  private final OptimizerRecipe recipe;
  private final float[] first;
  private final float[] second;
  private int steps;

  /**
   * Makes an optimiser without history.
   *
   * @param parameters how many numbers it trains
   */
  Optimizer(OptimizerRecipe recipe, int parameters) {
    this.recipe = recipe;
    boolean plain = recipe.rule() == Rule.SGD && recipe.momentum() == 0;
    first = new float[plain ? 0 : parameters];
    second = new float[recipe.rule() == Rule.ADAM ? parameters : 0];
  }

  /** Writes its history. */
  void save(DataOutput out) throws IOException {
    out.writeInt(steps);
    Numbers.write(out, first);
    Numbers.write(out, second);
  }

  /** Takes over the history of an optimiser made alike. */
  void load(DataInput in) throws IOException {
    steps = in.readInt();
    Numbers.read(in, first);
    Numbers.read(in, second);
  }

  /**
   * Changes {@code parameters} by one step along {@code gradient}; then shrinks the first {@code
   * decayed} of them by the factor 1 - learning rate x weight decay (Loshchilov, Hutter 2019,
   * arXiv:1711.05101).
   */
  void step(float[] parameters, float[] gradient, int decayed) {
    steps++;
    switch (recipe.rule()) {
      case ADAM -> adam(parameters, gradient);
      case RMSPROP -> rmsProp(parameters, gradient);
      case ADAGRAD -> adaGrad(parameters, gradient);
      case SGD -> sgd(parameters, gradient);
    }
    if (recipe.weightDecay() > 0) {
      scale(parameters, decayed, (float) recipe.shrinkage());
    }
  }

  private void adam(float[] parameters, float[] gradient) {
    double correction = Math.sqrt(1 - Math.pow(BETA2, steps)) / (1 - Math.pow(BETA1, steps));
    float rate = (float) (recipe.learningRate() * correction);
    float beta1 = (float) BETA1;
    float beta2 = (float) BETA2;
    float rest1 = 1 - beta1;
    float rest2 = 1 - beta2;
    float epsilon = (float) ADAM_EPSILON;
    float[] m = first;
    float[] v = second;
    for (int i = 0; i < parameters.length; i++) {
      float g = gradient[i];
      float mean = beta1 * m[i] + rest1 * g;
      float square = beta2 * v[i] + rest2 * g * g;
      m[i] = mean;
      v[i] = square;
      parameters[i] -= rate * mean / ((float) Math.sqrt(square) + epsilon);
    }
  }

  private void rmsProp(float[] parameters, float[] gradient) {
    float rate = (float) recipe.learningRate();
    float decay = (float) RMS_DECAY;
    float rest = 1 - decay;
    float epsilon = (float) RMS_EPSILON;
    float[] v = first;
    for (int i = 0; i < parameters.length; i++) {
      float g = gradient[i];
      float square = decay * v[i] + rest * g * g;
      v[i] = square;
      parameters[i] -= rate * g / (float) Math.sqrt(square + epsilon);
    }
  }

  private void adaGrad(float[] parameters, float[] gradient) {
    float rate = (float) recipe.learningRate();
    float epsilon = (float) ADAGRAD_EPSILON;
    float[] v = first;
    for (int i = 0; i < parameters.length; i++) {
      float g = gradient[i];
      float square = v[i] + g * g;
      v[i] = square;
      parameters[i] -= rate * g / ((float) Math.sqrt(square) + epsilon);
    }
  }

  private void sgd(float[] parameters, float[] gradient) {
    float rate = (float) recipe.learningRate();
    if (recipe.momentum() == 0) {
      for (int i = 0; i < parameters.length; i++) {
        parameters[i] -= rate * gradient[i];
      }
      return;
    }
    float momentum = (float) recipe.momentum();
    float[] v = first;
    for (int i = 0; i < parameters.length; i++) {
      float before = v[i];
      float velocity = momentum * before - rate * gradient[i];
      v[i] = velocity;
      parameters[i] -= momentum * before - (1 + momentum) * velocity;
    }
  }

  private static void scale(float[] values, int count, float factor) {
    for (int i = 0; i < count; i++) {
      values[i] *= factor;
    }
  }
}
