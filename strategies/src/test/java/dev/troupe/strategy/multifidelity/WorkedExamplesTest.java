package dev.troupe.strategy.multifidelity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.troupe.study.TrialId;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Schedules and densities on examples that were worked out independently. */
class WorkedExamplesTest {

  /** The examples give ten digits. */
  private static final Offset<Double> TEN_DIGITS = within(1e-9);

  private static final Config EXAMPLES =
      ConfigFactory.parseResources(WorkedExamplesTest.class, "worked-examples.conf");

  private static Resource resource(double high) {
    return Resource.of("epochs", 1, high, 3, true, Resource.Grid.FROM_HIGH);
  }

  private static double epochs(Resource resource, int level) {
    return resource.fidelities().get(level).amount("epochs", -1);
  }

  @ParameterizedTest
  @CsvSource({"hb-1, CEIL", "hb-2, FLOOR", "hb-3, CEIL"})
  void table_hasTheBracketsOfTheExample(String example, BracketTable.Rounding rounding) {
    Config expected = EXAMPLES.getConfig(example);
    Resource resource = resource(expected.getDouble("high"));

    BracketTable table =
        BracketTable.hyperband(resource.levels(), expected.getDouble("eta"), rounding);

    assertThat(rungs(table, resource)).isEqualTo(expected.getAnyRefList("brackets"));
  }

  private static List<List<List<Integer>>> rungs(BracketTable table, Resource resource) {
    var brackets = new ArrayList<List<List<Integer>>>();
    for (List<Integer> sizes : table.brackets()) {
      var rungs = new ArrayList<List<Integer>>();
      for (int rung = 0; rung < sizes.size(); rung++) {
        int level = resource.levels() - sizes.size() + rung;
        rungs.add(List.of(sizes.get(rung), (int) epochs(resource, level)));
      }
      brackets.add(rungs);
    }
    return brackets;
  }

  @ParameterizedTest
  @CsvSource({"81, of-81", "9, of-9"})
  void table_withoutResuming_takesTheTotalOfTheExample(double high, String total) {
    Resource resource = resource(high);
    BracketTable table = BracketTable.hyperband(resource.levels(), 3, BracketTable.Rounding.CEIL);

    int sum = 0;
    for (List<List<Integer>> bracket : rungs(table, resource)) {
      sum += bracket.stream().mapToInt(rung -> rung.get(0) * rung.get(1)).sum();
    }

    assertThat(sum).isEqualTo(EXAMPLES.getInt("hb-4." + total));
  }

  @Test
  void asha_withOneWorker_doesTheJobsOfTheExample() {
    Config example = EXAMPLES.getConfig("asha-1");
    List<Double> losses = example.getDoubleList("losses");
    Resource resource = Resource.of("epochs", 1, 9, 3, true, Resource.Grid.FROM_LOW);
    assertThat(IntStream.range(0, resource.levels()).mapToDouble(level -> epochs(resource, level)))
        .containsExactly(1.0, 3.0, 9.0);
    var schedule = new AshaSchedule(resource);
    var jobs = new ArrayList<String>();
    var rungs = List.of(new ArrayList<Long>(), new ArrayList<Long>(), new ArrayList<Long>());
    long begun = 0;

    while (begun < losses.size()) {
      Slot slot = schedule.next(true);
      TrialId trial = slot.resumed() == null ? TrialId.of(++begun) : slot.resumed();
      if (slot.resumed() == null) {
        schedule.begun(slot, trial);
      }
      long candidate = trial.number() - 1;
      jobs.add("c%d@r%d".formatted(candidate, slot.level()));
      rungs.get(slot.level()).add(candidate);
      schedule.reached(trial, slot.level(), losses.get((int) candidate));
    }

    assertThat(String.join(" ", jobs)).isEqualTo(example.getString("jobs"));
    for (int level = 0; level < rungs.size(); level++) {
      List<?> expected = (List<?>) example.getAnyRefList("rungs").get(level);
      assertThat(rungs.get(level).stream().map(Long::intValue).toList().stream().sorted().toList())
          .isEqualTo(expected);
    }
  }

  @Test
  void split_hasTheNumbersOfTheExample() {
    Config example = EXAMPLES.getConfig("bohb-1");
    var split = new DensitySplit(example.getInt("dimensions"));

    assertThat(split.least()).isEqualTo(example.getInt("minimum-points"));
    assertThat(split.good(example.getInt("results"))).isEqualTo(example.getInt("good"));
    assertThat(split.bad(example.getInt("results"))).isEqualTo(example.getInt("bad"));
  }

  @Test
  void density_ofNumbers_isThatOfTheExample() {
    Config example = EXAMPLES.getConfig("bohb-1");
    List<double[]> points =
        example.getDoubleList("points").stream().map(x -> new double[] {x}).toList();

    var density = new KernelDensity(new Axes(List.of(0)), points);

    assertThat(density.bandwidth(0, 1)).isEqualTo(example.getDouble("bandwidth"), TEN_DIGITS);
    assertThat(density.at(new double[] {0.3})).isEqualTo(example.getDouble("density"), TEN_DIGITS);
  }

  @Test
  void kernel_ofChoices_isThatOfTheExample() {
    Config example = EXAMPLES.getConfig("bohb-2");
    int choices = example.getInt("choices");
    double bandwidth = example.getDouble("bandwidth");

    assertThat(KernelDensity.choiceKernel(true, bandwidth, choices))
        .isEqualTo(example.getDouble("same"), TEN_DIGITS);
    assertThat(KernelDensity.choiceKernel(false, bandwidth, choices))
        .isEqualTo(example.getDouble("different"), TEN_DIGITS);
  }
}
