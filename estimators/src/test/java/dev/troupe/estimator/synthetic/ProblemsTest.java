package dev.troupe.estimator.synthetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.typesafe.config.ConfigFactory;
import dev.troupe.random.RandomStreams;
import dev.troupe.settings.Settings;
import dev.troupe.space.Configuration;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

final class ProblemsTest {

  private static final List<String> SCALABLE =
      List.of(
          "ackley",
          "rosenbrock",
          "levy",
          "rastrigin",
          "griewank",
          "schwefel",
          "styblinski-tang",
          "ellipsoid");

  /** The values were computed by a program in Python with the same formulas. */
  @Test
  void value_fixedInstances_areTheReferenceValues() throws IOException {
    List<String> lines = lines();
    assertThat(lines).hasSize(21);
    for (String line : lines) {
      JsonNode reference = new ObjectMapper().readTree(line);
      Problem problem = problem("problem = " + reference.get("problem").asText());
      Map<String, Object> parameters =
          new ObjectMapper().convertValue(reference.get("params"), ParameterMap.class);

      double value = problem.value(Configuration.of(parameters));

      double expected = Double.parseDouble(reference.get("hex").asText());
      assertThat(value).as(line).isCloseTo(expected, within(1e-12 * Math.abs(expected)));
      assertThat(expected).isEqualTo(reference.get("value").asDouble());
    }
  }

  private static final class ParameterMap extends LinkedHashMap<String, Object> {}

  private static List<String> lines() throws IOException {
    try (var reader =
        new BufferedReader(
            new InputStreamReader(
                Objects.requireNonNull(
                    ProblemsTest.class.getResourceAsStream("reference-values.jsonl")),
                StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }

  private static Stream<String> all() {
    Stream<String> choices =
        Stream.concat(
            Problems.names().stream().map(name -> "problem = " + name),
            SCALABLE.stream()
                .flatMap(
                    name ->
                        Stream.of(2, 40)
                            .map(n -> "problem = %s, dimension = %d".formatted(name, n))));
    return choices.flatMap(
        choice -> Stream.of(0, 1, 77).map(i -> choice + ", instance = %d".formatted(i)));
  }

  @ParameterizedTest
  @MethodSource("all")
  void minimizers_everyProblem_areInTheSpaceAndHaveTheMinimum(String choice) {
    Problem problem = problem(choice);

    assertThat(problem.minimizers()).isNotEmpty();
    for (Configuration minimizer : problem.minimizers()) {
      problem.space().validate(minimizer);
      assertThat(problem.value(minimizer)).isCloseTo(problem.minimum(), within(1e-9));
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void value_randomCandidatesAndNeighboursOfTheBest_isNotBelowTheMinimum(String choice) {
    Problem problem = problem(choice);
    RandomGenerator random = RandomStreams.of(1).stream(RandomStreams.Kind.TRIAL, 1, choice);

    for (int i = 0; i < 100; i++) {
      assertThat(problem.value(problem.space().sample(random)))
          .satisfiesAnyOf(
              value -> assertThat(value).isNaN(),
              value -> assertThat(value).isGreaterThan(problem.minimum()));
    }
    for (Configuration near : problem.space().neighbours(problem.minimizers().get(0), random)) {
      double value = problem.value(near);
      assertThat(Double.isNaN(value) || value >= problem.minimum() - 1e-9)
          .as("%s: %s", near, value)
          .isTrue();
    }
  }

  @ParameterizedTest
  @MethodSource("all")
  void from_sameChoice_givesTheSameProblem(String choice) {
    Problem one = problem(choice);
    Problem other = problem(choice);
    RandomGenerator random = RandomStreams.of(2).stream(RandomStreams.Kind.TRIAL, 1, choice);

    Configuration sample = one.space().sample(random);

    assertThat(Double.compare(other.value(sample), one.value(sample))).isZero();
    assertThat(other.space()).isEqualTo(one.space());
  }

  @Test
  void from_otherInstances_haveTheirOptimaElsewhere() {
    for (String name : Problems.names()) {
      assertThat(
              Stream.of(0, 1, 2)
                  .map(i -> problem("problem = %s, instance = %d".formatted(name, i)))
                  .map(problem -> problem.minimizers().get(0)))
          .as(name)
          .doesNotHaveDuplicates();
    }
  }

  /** Values of the literature, to the digits that are printed there. */
  @ParameterizedTest
  @CsvSource({
    "hartmann3, -3.86278, 1e-5",
    "hartmann6, -3.32237, 1e-5",
    "branin, 0.397887, 1e-6",
  })
  void minimum_knownProblem_isThatOfTheLiterature(String name, double minimum, double tolerance) {
    assertThat(problem("problem = " + name).minimum()).isCloseTo(minimum, within(tolerance));
  }

  @Test
  void value_simplePoints_areAsComputedByHand() {
    assertThat(at("rastrigin", 1)).isCloseTo(2, within(1e-12));
    assertThat(at("griewank", 0)).isZero();
    assertThat(at("rosenbrock", 0)).isEqualTo(1);
    assertThat(at("styblinski-tang", 1)).isEqualTo(-10);
    assertThat(at("schwefel", 0)).isCloseTo(2 * 418.9829, within(1e-3));
    assertThat(at("levy", 1)).isCloseTo(0, within(1e-12));
  }

  private static double at(String name, double x) {
    return problem("problem = %s, dimension = 2".formatted(name))
        .value(Configuration.of(Map.of("x0", x, "x1", x)));
  }

  @Test
  void value_ellipsoid_isIllConditionedAndNotSeparable() {
    Problem problem = problem("problem = ellipsoid, dimension = 2");
    double right = problem.value(Configuration.of(Map.of("x0", 1.0, "x1", 1.0)));
    double wrong = problem.value(Configuration.of(Map.of("x0", 1.0, "x1", -1.0)));
    double first = problem.value(Configuration.of(Map.of("x0", 1.0, "x1", 0.0)));
    double second = problem.value(Configuration.of(Map.of("x0", 0.0, "x1", 1.0)));

    // The trace of a quadratic form does not depend on its rotation.
    assertThat(first + second).isCloseTo(1_000_001, within(1e-6));
    assertThat(right).isNotCloseTo(wrong, within(1.0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "dimension = 3 | estimator.problem must be set",
        "problem = branni | Maybe 'branin'",
        "problem = branin, dimension = 3 | 'branin' has a fixed one",
        "problem = ackley, dimension = 1 | from 2 to 40",
        "problem = ackley, dimension = 41 | from 2 to 40",
        "problem = ackley, instance = -1 | estimator.instance",
        "problem = ackley, epochs = 9 | curves alone",
        "problem = curves, epochs = 1 | estimator.epochs",
      })
  void from_badSettings_areRefused(String settings, String message) {
    assertThatThrownBy(() -> problem(settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static Problem problem(String settings) {
    return Problems.from(Settings.of("estimator", ConfigFactory.parseString(settings)));
  }
}
