package dev.troupe.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.troupe.random.RandomStreams;
import dev.troupe.random.RandomStreams.Kind;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ParameterTest {

  static Stream<Parameter> countable() {
    return Stream.of(
        new BooleanParameter("b"),
        CategoricalParameter.of("c", "x"),
        CategoricalParameter.of("c", "x", "y", "z"),
        CategoricalParameter.of("c", 1, 2.5, true, "text"),
        CategoricalParameter.ordered("c", "small", "medium", "large"),
        IntParameter.linear("n", 0, 0),
        IntParameter.linear("n", -7, 9),
        IntParameter.linear("n", 8, 64).withStep(8),
        IntParameter.linear("n", 0, 100_000),
        IntParameter.log("n", 1, 1),
        IntParameter.log("n", 1, 2),
        IntParameter.log("n", 1, 1000),
        IntParameter.log("n", 16, 1024).withStep(16),
        IntParameter.log("n", 1, 100_001).withStep(1000),
        FloatParameter.linear("x", 2.5, 2.5),
        FloatParameter.log("x", 2.5, 2.5),
        FloatParameter.linear("x", 2.5, 2.5).withStep(1),
        FloatParameter.linear("x", -0.3, 0.3).withStep(0.1),
        FloatParameter.linear("x", 0, 1).withStep(1e-4),
        FloatParameter.linear("x", 0, 1).withStep(0.333333333),
        FloatParameter.log("x", 0.1, 0.9).withStep(0.1),
        FloatParameter.log("x", 1e-3, 1).withStep(1e-3),
        FloatParameter.linear("x", 1e6, 1e6 + 1).withStep(1e-4));
  }

  @ParameterizedTest
  @MethodSource("countable")
  void decode_ofEncodedValue_isTheValue(Parameter parameter) {
    long count = parameter.cardinality().orElseThrow();
    double last = -1;
    for (long i = 0; i < count; i++) {
      Object value = parameter.value(i);
      assertThat(parameter.contains(value)).as("%s contains %s", parameter, value).isTrue();
      double unit = parameter.encode(value);
      assertThat(unit).as("%s", value).isBetween(0.0, 1.0).isGreaterThan(last);
      assertThat(parameter.decode(unit)).isEqualTo(value);
      last = unit;
    }
  }

  @ParameterizedTest
  @MethodSource("countable")
  void decode_atAndBeyondTheEnds_isFirstAndLastValue(Parameter parameter) {
    Object first = parameter.value(0);
    Object last = parameter.value(parameter.cardinality().orElseThrow() - 1);
    assertThat(List.of(parameter.decode(0), parameter.decode(-3))).containsOnly(first);
    assertThat(List.of(parameter.decode(1), parameter.decode(4))).containsOnly(last);
    assertThat(parameter.decode(Math.nextDown(1.0))).isEqualTo(last);
  }

  @Test
  void decode_ofEncodedReal_isTheRealUpToRounding() {
    var random = new Random(5);
    List<FloatParameter> reals =
        List.of(
            FloatParameter.linear("x", -1e9, 1e-9),
            FloatParameter.linear("x", 1, Math.nextUp(1.0)),
            FloatParameter.log("x", 1e-300, 1e300),
            FloatParameter.log("x", 0.1, 0.2));
    for (FloatParameter parameter : reals) {
      for (int i = 0; i < 1000; i++) {
        double value = (Double) parameter.decode(random.nextDouble());
        assertThat(parameter.contains(value)).as("%s: %s", parameter, value).isTrue();
        double again = (Double) parameter.decode(parameter.encode(value));
        double scale = parameter.scale() == Scale.LOG ? value : parameter.high() - parameter.low();
        assertThat(again).isCloseTo(value, within(1e-12 * scale + Math.ulp(value)));
      }
      assertThat(parameter.decode(0)).isEqualTo(parameter.low());
      assertThat((Double) parameter.decode(1))
          .isCloseTo(parameter.high(), within(1e-12 * parameter.high()));
    }
  }

  /** The widest range of whole numbers: every one still has a cell that leads back to it. */
  @Test
  void decode_ofWidestIntegers_isTheValue() {
    long most = 1L << 52;
    var random = new Random(5);
    for (IntParameter parameter :
        List.of(
            IntParameter.linear("n", 0, most),
            IntParameter.linear("n", -most / 2, most / 2),
            IntParameter.log("n", 1, 1L << 40))) {
      for (int i = 0; i < 2000; i++) {
        long value = parameter.low() + random.nextLong(parameter.high() - parameter.low() + 1);
        Object decoded = parameter.decode(parameter.encode(value));
        if (parameter.scale() == Scale.LINEAR) {
          assertThat(decoded).isEqualTo(value);
        } else {
          // Cells of large values are narrower than the spacing of doubles: the last places round.
          assertThat(((Long) decoded).doubleValue())
              .isCloseTo((double) value, within(1e-13 * value + 0.5));
        }
      }
      assertThat(parameter.decode(0)).isEqualTo(parameter.low());
      assertThat(parameter.decode(1)).isEqualTo(parameter.high());
    }
  }

  @Test
  void zero_negativeAndPositive_areOneValue() {
    FloatParameter parameter = FloatParameter.linear("x", -0.0, 1);
    assertThat(parameter.low()).isEqualTo(0.0);
    assertThat(1 / (Double) parameter.decode(0)).isPositive();
    assertThat(FloatParameter.linear("x", -1, 1).withStep(1).value(1)).isEqualTo(0.0);
  }

  /**
   * Pearson's statistic against the law of the cells that the parameter documents, recomputed here.
   * The threshold is the 0.999 quantile of chi-squared (Wilson and Hilferty's approximation).
   */
  @ParameterizedTest
  @MethodSource("laws")
  void decode_ofUniformDraws_followsTheStatedLaw(Law law) {
    RandomGenerator random = RandomStreams.of(11).stream(Kind.STRATEGY, 1, law.toString());
    int draws = 200_000;
    var counts = new long[law.probabilities().length];
    for (int i = 0; i < draws; i++) {
      Object value = law.parameter().decode(random.nextDouble());
      for (int j = 0; j < counts.length; j++) {
        counts[j] += law.parameter().value(j).equals(value) ? 1 : 0;
      }
    }
    double statistic = 0;
    double total = 0;
    for (int j = 0; j < counts.length; j++) {
      double expected = draws * law.probabilities()[j];
      statistic += (counts[j] - expected) * (counts[j] - expected) / expected;
      total += law.probabilities()[j];
    }
    assertThat(total).isCloseTo(1, within(1e-12));
    int degrees = counts.length - 1;
    double cube = 1 - 2.0 / (9 * degrees) + 3.09 * Math.sqrt(2.0 / (9 * degrees));
    assertThat(statistic).as("%s", law.parameter()).isLessThan(degrees * cube * cube * cube);
  }

  @SuppressWarnings("ArrayRecordComponent") // never compared
  record Law(Parameter parameter, double[] probabilities) {
    @Override
    public String toString() {
      return parameter.toString();
    }
  }

  static Stream<Law> laws() {
    return Stream.of(
        new Law(new BooleanParameter("b"), even(2)),
        new Law(CategoricalParameter.of("c", "x", "y", "z"), even(3)),
        new Law(IntParameter.linear("n", 1, 8), even(8)),
        new Law(FloatParameter.linear("x", 0, 1).withStep(0.25), even(5)),
        new Law(IntParameter.log("n", 1, 10), logarithmic(1, 1, 10)),
        new Law(IntParameter.log("n", 16, 128).withStep(16), logarithmic(16, 16, 8)),
        new Law(FloatParameter.log("x", 0.5, 4).withStep(0.5), logarithmic(0.5, 0.5, 8)),
        // The first cell may not reach zero: it begins at half of low.
        new Law(IntParameter.log("n", 1, 41).withStep(10), logarithmic(1, 10, 5)));
  }

  private static double[] even(int count) {
    var probabilities = new double[count];
    Arrays.fill(probabilities, 1.0 / count);
    return probabilities;
  }

  private static double[] logarithmic(double low, double step, int count) {
    var probabilities = new double[count];
    double bottom = Math.log(Math.max(low - step / 2, low / 2));
    double top = Math.log(low + (count - 0.5) * step);
    for (int i = 0; i < count; i++) {
      double lower = i == 0 ? bottom : Math.log(low + (i - 0.5) * step);
      probabilities[i] = (Math.log(low + (i + 0.5) * step) - lower) / (top - bottom);
    }
    return probabilities;
  }

  @Test
  void contains_ofOtherKinds_isFalse() {
    assertThat(FloatParameter.linear("x", 0, 1).contains(1L)).isFalse();
    assertThat(FloatParameter.linear("x", 0, 1).contains(Double.NaN)).isFalse();
    assertThat(IntParameter.linear("n", 0, 4).withStep(2).contains(3L)).isFalse();
    assertThat(IntParameter.linear("n", 0, 1).contains(1.0)).isFalse();
    assertThat(new BooleanParameter("b").contains("true")).isFalse();
    assertThat(CategoricalParameter.of("c", 1, 2).contains("1")).isFalse();
  }

  @Test
  void create_withWrongRange_namesParameterRuleValueAndRemedy() {
    refuses(() -> FloatParameter.linear("x", 2, 1), "'x'", "low was 2.0", "Maybe");
    refuses(() -> FloatParameter.linear("x", Double.NaN, 1), "'x'", "finite", "NaN", "Maybe");
    refuses(() -> FloatParameter.linear("x", -1e308, 1e308), "'x'", "finite", "1.0E308", "Maybe");
    refuses(() -> FloatParameter.log("x", 0, 1), "'x'", "low > 0", "0.0", "Maybe");
    refuses(() -> FloatParameter.linear("x", 0, 1).withStep(0), "'x'", "above 0", "0.0", "Maybe");
    refuses(
        () -> FloatParameter.linear("x", 0, 1).withStep(0.3),
        "'x'",
        "whole number",
        "0.3",
        "high = 0\\.8999|0\\.9");
    refuses(() -> FloatParameter.linear("x", 0, 1).withStep(1e12), "'x'", "whole number of steps");
    refuses(() -> FloatParameter.linear("x", 0, 1).withStep(1e-20), "'x'", "2\\^-52", "Maybe");
    refuses(() -> IntParameter.linear("n", 2, 1), "'n'", "low was 2", "Maybe");
    refuses(() -> IntParameter.linear("n", 0, Long.MAX_VALUE), "'n'", "2\\^52", "Maybe");
    refuses(() -> IntParameter.log("n", 0, 1), "'n'", "low > 0", "Maybe");
    refuses(() -> IntParameter.linear("n", 0, 10).withStep(0), "'n'", "at least 1", "0", "Maybe");
    refuses(() -> IntParameter.linear("n", 0, 10).withStep(3), "'n'", "step 3", "high = 9");
    refuses(() -> CategoricalParameter.of("c"), "'c'", "empty", "Maybe");
    refuses(() -> CategoricalParameter.of("c", "x", "x"), "'c'", "'x' occurs again", "Maybe");
    refuses(() -> CategoricalParameter.of("c", Double.NaN), "'c'", "finite", "NaN");
    refuses(() -> CategoricalParameter.of("c", new Object()), "'c'", "number, a boolean or a text");
  }

  @Test
  void create_withWrongName_suggestsOne() {
    refuses(() -> new BooleanParameter("learningRate"), "'learningRate'", "Maybe 'learning-rate'");
    refuses(() -> new BooleanParameter("Learning Rate"), "Maybe 'learning-rate'");
    refuses(() -> new BooleanParameter("2x"), "Maybe 'x'");
    refuses(() -> new BooleanParameter(""), "Maybe 'x'");
  }

  private static void refuses(ThrowingCallable call, String... patterns) {
    var expected = assertThatThrownBy(call).isInstanceOf(IllegalArgumentException.class);
    for (String pattern : patterns) {
      expected.message().containsPattern(pattern);
    }
  }
}
