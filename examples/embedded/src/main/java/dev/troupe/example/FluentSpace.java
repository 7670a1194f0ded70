package dev.troupe.example;

import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.Condition;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.IntParameter;
import dev.troupe.space.SearchSpace;

/** A space without a record, for programs that know their parameters only when they run. */
final class FluentSpace {

  private FluentSpace() {}

  static SearchSpace space() {
    // example: fluent
    SearchSpace space =
        SearchSpace.builder()
            .add(CategoricalParameter.of("optimizer", "adam", "sgd"))
            .add(FloatParameter.log("learning-rate", 1e-4, 1e-1))
            .add(FloatParameter.linear("momentum", 0, 0.99), Condition.oneOf("optimizer", "sgd"))
            .add(IntParameter.linear("layers", 1, 3))
            .constraint("layers == 1 or learning-rate <= 0.05")
            .build();
    // end
    return space;
  }
}
