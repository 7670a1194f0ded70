package dev.troupe.strategy.bayes.tpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.troupe.random.RandomStreams;
import dev.troupe.random.RandomStreams.Kind;
import dev.troupe.random.StreamGenerator;
import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.Condition;
import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.IntParameter;
import dev.troupe.space.RandomSpaces;
import dev.troupe.space.SearchSpace;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ParzenTest {

  /** The examples give ten digits. */
  private static final Offset<Double> TEN_DIGITS = within(1e-9);

  private static final WidthRule HYPEROPT = new WidthRule(1, 0.01);
  private static final Config EXAMPLES =
      ConfigFactory.parseResources(ParzenTest.class, "worked-examples.conf");

  private static final SearchSpace LINE =
      SearchSpace.builder().add(FloatParameter.linear("x", 0, 1)).build();

  /** Every kind of parameter that can be counted, and a group that not all have. */
  private static final SearchSpace TREE =
      SearchSpace.builder()
          .add(CategoricalParameter.of("kind", "a", "b", "c"))
          .add(IntParameter.log("units", 1, 6))
          .add(CategoricalParameter.ordered("size", "s", "m", "l"), Condition.oneOf("kind", "b"))
          .add(
              FloatParameter.linear("rate", 0, 1).withStep(0.25), Condition.oneOf("kind", "b", "c"))
          .add(CategoricalParameter.of("one", "only"))
          .build();

  private static Observations observations(SearchSpace space, List<Configuration> configurations) {
    Layout layout = Layout.of(space);
    var observations = new Observations(layout);
    configurations.forEach(each -> observations.addEnded(Place.of(each, space, layout)));
    return observations;
  }

  private static Parzen parzen(SearchSpace space, List<Configuration> configurations) {
    Observations observations = observations(space, configurations);
    var parzen = new Parzen(Layout.of(space), observations, HYPEROPT);
    parzen.members().clear(1);
    for (int row = 0; row < observations.size(); row++) {
      parzen.members().add(row, 1);
    }
    parzen.place();
    return parzen;
  }

  private static List<Configuration> line(List<Double> xs) {
    return xs.stream().map(x -> LINE.configuration(Map.of("x", x))).toList();
  }

  private static List<Configuration> sample(SearchSpace space, int count, long seed) {
    StreamGenerator random = RandomStreams.of(seed).stream(Kind.SIMULATION, 1, "sample");
    var drawn = new ArrayList<Configuration>();
    for (int i = 0; i < count; i++) {
      drawn.add(space.sample(random));
    }
    return drawn;
  }

  private static double logDensity(Parzen parzen, SearchSpace space, Configuration configuration) {
    Layout layout = Layout.of(space);
    var candidates = new Candidates(layout, 1);
    candidates.add(space.encode(configuration).point(), layout.present(configuration));
    var densities = new double[1];
    parzen.logDensities(candidates, densities);
    return densities[0];
  }

  private static Gaussians gaussians(Members members) {
    var gaussians = new Gaussians(0, 0, HYPEROPT);
    gaussians.place(members);
    return gaussians;
  }

  private static Members members(List<Double> observed) {
    var members = new Members(observations(LINE, line(observed)));
    members.clear(1);
    for (int row = 0; row < observed.size(); row++) {
      members.add(row, 1);
    }
    return members;
  }

  /**
   * The examples cut off the mixture as a whole, we each kernel by itself: the same but for the
   * weights, which are those of what lies within.
   */
  private static double density(List<Double> observed, double x) {
    Gaussians gaussians = gaussians(members(observed));
    var parzen = new Parzen(Layout.of(LINE), observations(LINE, line(observed)), HYPEROPT);
    parzen.members().clear(Math.exp(gaussians.logMass(observed.size())));
    for (int row = 0; row < observed.size(); row++) {
      parzen.members().add(row, Math.exp(gaussians.logMass(row)));
    }
    parzen.place();
    return Math.exp(logDensity(parzen, LINE, LINE.configuration(Map.of("x", x))));
  }

  @Test
  void density_ofWorkedExample_isTheSame() {
    Config example = EXAMPLES.getConfig("tpe-1");
    List<Double> good = example.getDoubleList("good");
    List<Double> bad = example.getDoubleList("bad");
    assertThat(density(good, 0.3)).isEqualTo(example.getDouble("good-density-at-0-3"), TEN_DIGITS);
    assertThat(density(bad, 0.3)).isEqualTo(example.getDouble("bad-density-at-0-3"), TEN_DIGITS);
    for (String at : List.of("0-3", "0-8")) {
      double x = Double.parseDouble(at.replace('-', '.'));
      assertThat(Math.log(density(good, x) / density(bad, x)))
          .isEqualTo(example.getDouble("log-ratio-at-" + at), TEN_DIGITS);
    }
  }

  @Test
  void widths_ofWorkedExample_areTheSame() {
    Config example = EXAMPLES.getConfig("tpe-1");
    for (String side : List.of("good", "bad")) {
      Members members = members(example.getDoubleList(side));
      Gaussians gaussians = gaussians(members);
      var found = new ArrayList<List<Double>>();
      for (int kernel = 0; kernel < members.kernels(); kernel++) {
        found.add(List.of(gaussians.centre(kernel), gaussians.width(kernel)));
      }
      List<Double> centres = example.getDoubleList(side + "-centres");
      List<Double> widths = example.getDoubleList(side + "-widths");
      assertThat(found).hasSameSizeAs(centres);
      for (int i = 0; i < centres.size(); i++) {
        double centre = centres.get(i);
        double width = widths.get(i);
        assertThat(found)
            .as("%s kernel at %s", side, centre)
            .anySatisfy(
                each -> {
                  assertThat(each.get(0)).isEqualTo(centre, TEN_DIGITS);
                  assertThat(each.get(1)).isEqualTo(width, TEN_DIGITS);
                });
      }
    }
  }

  @Test
  void width_ofASingleObservation_isHalfTheRange() {
    assertThat(gaussians(members(List.of(0.25))).width(0)).isEqualTo(0.5);
  }

  @Test
  void density_overALine_integratesToOne() {
    Parzen parzen = parzen(LINE, line(List.of(0.0, 0.01, 0.4, 0.4, 0.97, 1.0)));
    int steps = 20_000;
    double sum = 0;
    for (int i = 0; i < steps; i++) {
      double x = (i + 0.5) / steps;
      sum += Math.exp(logDensity(parzen, LINE, LINE.configuration(Map.of("x", x)))) / steps;
    }
    assertThat(sum).isEqualTo(1, within(1e-6));
  }

  @Test
  void density_overAllConfigurations_sumsToOne() {
    for (int count = 0; count < 12; count++) {
      Parzen parzen = parzen(TREE, sample(TREE, count, count));
      double[] sum = {0};
      TREE.enumerate().forEachRemaining(each -> sum[0] += Math.exp(logDensity(parzen, TREE, each)));
      assertThat(sum[0]).as("%d observations", count).isEqualTo(1, within(1e-9));
    }
  }

  @Test
  void density_overRandomFiniteSpaces_sumsToOne() {
    for (long seed = 1; seed <= 60; seed++) {
      SearchSpace.Builder free = SearchSpace.builder();
      SearchSpace constrained = RandomSpaces.finite(seed);
      constrained.parameters().forEach(each -> free.add(each, constrained.conditions(each.name())));
      SearchSpace space = free.build();
      Parzen parzen = parzen(space, sample(space, 7, seed));
      double[] sum = {0};
      space
          .enumerate()
          .forEachRemaining(each -> sum[0] += Math.exp(logDensity(parzen, space, each)));
      assertThat(sum[0]).as("seed %d", seed).isEqualTo(1, within(1e-9));
    }
  }

  /** Draws come as often as the density says: chi-squared over all configurations. */
  @Test
  void draw_often_followsTheDensity() {
    Parzen parzen = parzen(TREE, sample(TREE, 6, 3));
    StreamGenerator random = RandomStreams.of(5).stream(Kind.SIMULATION, 2, "draw");
    int draws = 100_000;
    var counts = new HashMap<Configuration, Integer>();
    var point = new double[TREE.dimensions()];
    for (int i = 0; i < draws; i++) {
      parzen.draw(point, random);
      counts.merge(TREE.decode(point), 1, Integer::sum);
    }
    double[] statistic = {0};
    int[] cells = {0};
    TREE.enumerate()
        .forEachRemaining(
            each -> {
              double expected = draws * Math.exp(logDensity(parzen, TREE, each));
              double difference = counts.getOrDefault(each, 0) - expected;
              statistic[0] += difference * difference / expected;
              cells[0]++;
            });
    // Of 138 configurations chi-squared has mean 137 and deviation 16.6: five of these above.
    assertThat(cells[0]).isEqualTo(6 + 6 * 3 * 5 + 6 * 5);
    assertThat(statistic[0]).isLessThan(cells[0] - 1 + 5 * Math.sqrt(2.0 * (cells[0] - 1)));
  }

  @Test
  void place_afterOtherMembers_isAsIfPlacedAtOnce() {
    List<Configuration> observed = sample(TREE, 40, 9);
    Observations observations = observations(TREE, observed);
    Layout layout = Layout.of(TREE);
    var used = new Parzen(layout, observations, HYPEROPT);
    for (int from = 0; from <= 20; from += 5) {
      var fresh = new Parzen(layout, observations, HYPEROPT);
      for (Parzen each : List.of(used, fresh)) {
        each.members().clear(1);
        for (int row = from; row < from + 20; row++) {
          each.members().add(row, 1 + row);
        }
        each.place();
      }
      for (Configuration configuration : observed) {
        assertThat(logDensity(used, TREE, configuration))
            .isEqualTo(logDensity(fresh, TREE, configuration));
      }
    }
  }
}
