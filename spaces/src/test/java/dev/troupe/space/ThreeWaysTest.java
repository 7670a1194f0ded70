package dev.troupe.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Spaces as code, as text and as records. */
class ThreeWaysTest {

  enum Activation {
    RE_LU,
    TANH
  }

  enum Size {
    SMALL,
    MEDIUM,
    LARGE
  }

  sealed interface Optimizer {}

  record Adam() implements Optimizer {}

  record Sgd(@Range(low = 0, high = 0.99) double momentum, Schedule schedule)
      implements Optimizer {}

  sealed interface Schedule {}

  record Constant() implements Schedule {}

  record Cosine(@Range(low = 1, high = 4) int restarts) implements Schedule {}

  record Head(@Range(low = 8, high = 64, step = 8) long width, boolean batchNorm) {}

  @Require("head-width * layers <= 128")
  record Network(
      @LogRange(low = 1e-4, high = 1e-1) double learningRate,
      @Range(low = 1, high = 3) int layers,
      Activation activation,
      @Ordered Size size,
      @Choices({"same", "valid"}) String padding,
      @Range(low = 0, high = 0.5, step = 0.1) float dropout,
      Head head,
      Optimizer optimizer) {}

  private static final String HOCON =
      """
      learning-rate { type = float, low = 1e-4, high = 1e-1, scale = log }
      layers        { type = int, low = 1, high = 3 }
      activation    { type = categorical, choices = [re-lu, tanh] }
      size          { type = categorical, choices = [small, medium, large], ordered = true }
      padding       { type = categorical, choices = [same, valid] }
      dropout       { type = float, low = 0, high = 0.5, step = 0.1 }
      head-width    { type = int, low = 8, high = 64, step = 8 }
      head-batch-norm { type = boolean }
      optimizer     { type = categorical, choices = [adam, sgd] }
      optimizer-sgd-momentum { type = float, low = 0.0, high = 0.99, when { optimizer = [sgd] } }
      optimizer-sgd-schedule {
        type = categorical
        choices = [constant, cosine]
        when { optimizer = sgd }
      }
      optimizer-sgd-schedule-cosine-restarts {
        type = int
        low = 1
        high = 4
        when { optimizer-sgd-schedule = [cosine] }
      }
      """;

  private static SearchSpace fluent() {
    return SearchSpace.builder()
        .add(FloatParameter.log("learning-rate", 1e-4, 1e-1))
        .add(IntParameter.linear("layers", 1, 3))
        .add(CategoricalParameter.of("activation", "re-lu", "tanh"))
        .add(CategoricalParameter.ordered("size", "small", "medium", "large"))
        .add(CategoricalParameter.of("padding", "same", "valid"))
        .add(FloatParameter.linear("dropout", 0, 0.5).withStep(0.1))
        .add(IntParameter.linear("head-width", 8, 64).withStep(8))
        .add(new BooleanParameter("head-batch-norm"))
        .add(CategoricalParameter.of("optimizer", "adam", "sgd"))
        .add(
            FloatParameter.linear("optimizer-sgd-momentum", 0, 0.99),
            Condition.oneOf("optimizer", "sgd"))
        .add(
            CategoricalParameter.of("optimizer-sgd-schedule", "constant", "cosine"),
            Condition.oneOf("optimizer", "sgd"))
        .add(
            IntParameter.linear("optimizer-sgd-schedule-cosine-restarts", 1, 4),
            Condition.oneOf("optimizer-sgd-schedule", "cosine"))
        .constraint("head-width * layers <= 128")
        .build();
  }

  @Test
  void spaces_inThreeWays_areEqual() {
    SearchSpace text =
        HoconSpace.parse(ConfigFactory.parseString(HOCON), List.of("head-width * layers <= 128"));
    SearchSpace record = RecordSpace.of(Network.class).searchSpace();
    assertThat(text).isEqualTo(fluent());
    assertThat(record).isEqualTo(fluent());
    assertThat(text.names()).isEqualTo(fluent().names()).isEqualTo(record.names());
  }

  @Test
  void records_ofRandomConfigurations_comeBack() {
    RecordSpace<Network> space = RecordSpace.of(Network.class);
    for (long seed = 0; seed < 500; seed++) {
      Configuration drawn = space.searchSpace().sample(new Random(seed));
      Network network = space.instance(drawn);
      assertThat(space.configuration(network)).as("seed %d", seed).isEqualTo(drawn);
      assertThat(network.optimizer() instanceof Sgd)
          .isEqualTo(drawn.get("optimizer").equals("sgd"));
    }
  }

  @Test
  void floats_atRoundedBounds_stayInside() {
    record Single(@Range(low = 0.1, high = 0.3333333333) float share) {}
    RecordSpace<Single> space = RecordSpace.of(Single.class);
    for (double bound : new double[] {0.1, 0.3333333333}) {
      Single single = space.instance(Configuration.of(Map.of("share", bound)));
      assertThat(space.configuration(single).getDouble("share")).isEqualTo(bound);
    }
    for (long seed = 0; seed < 100; seed++) {
      Single single = space.instance(space.searchSpace().sample(new Random(seed)));
      assertThat(space.instance(space.configuration(single))).isEqualTo(single);
    }
  }

  private record Picky(@Range(low = 0, high = 9) int units) {
    Picky {
      if (units > 4) {
        throw new IllegalStateException("too many units");
      }
    }
  }

  @Test
  void record_thatRefusesItsValues_isNamed() {
    RecordSpace<Picky> space = RecordSpace.of(Picky.class);
    assertThat(space.instance(Configuration.of(Map.of("units", 3)))).isEqualTo(new Picky(3));
    assertThatThrownBy(() -> space.instance(Configuration.of(Map.of("units", 7))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Record Picky refuses the configuration {units=7}")
        .hasMessageContaining("too many units")
        .hasMessageContaining("Maybe state its rule with @Require");
    assertThatThrownBy(() -> space.instance(Configuration.of(Map.of("units", 12))))
        .hasMessageContaining("but was 12");
  }

  record Recursive(boolean flag, Recursive inner) {}

  sealed interface Tree {}

  record Leaf() implements Tree {}

  record Fork(Tree left, Tree right) implements Tree {}

  record Planted(Tree tree) {}

  @Require("width > 3")
  record Part(@Range(low = 1, high = 9) int width) {}

  record Whole(Part part) {}

  @Test
  void record_thatIsNoSpace_isRefused() {
    record Bare(double x) {}
    record Both(@Range(low = 1, high = 2) @LogRange(low = 1, high = 2) double x) {}
    record Fraction(@Range(low = 0.5, high = 2) int n) {}
    record Text(String text) {}
    record Listed(List<String> texts) {}
    refuses(() -> RecordSpace.of(Bare.class), "Component 'x' of Bare", "has neither", "Maybe add");
    refuses(() -> RecordSpace.of(Both.class), "has both", "Maybe remove");
    refuses(() -> RecordSpace.of(Fraction.class), "'n'", "must be whole, but was 0.5", "Maybe");
    refuses(() -> RecordSpace.of(Text.class), "'text' of Text", "this is a String");
    refuses(() -> RecordSpace.of(Listed.class), "'texts' of Listed", "this is a List");
    refuses(() -> RecordSpace.of(Recursive.class), "Record Recursive", "must not contain itself");
    refuses(() -> RecordSpace.of(Planted.class), "Record Fork", "must not contain itself");
    refuses(() -> RecordSpace.of(Whole.class), "Record Part", "@Require belongs on the outermost");
  }

  private static void refuses(ThrowingCallable call, String... parts) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(parts);
  }
}
