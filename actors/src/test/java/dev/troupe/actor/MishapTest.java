package dev.troupe.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.troupe.estimator.device.Device;
import dev.troupe.random.RandomStreams;
import dev.troupe.study.Attempt;
import dev.troupe.study.Simulation;
import dev.troupe.study.TrialId;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** What a simulation's plan draws; bounds of statistics are five standard errors. */
class MishapTest {

  private static final int DRAWS = 20_000;
  private static final RandomStreams STREAMS = RandomStreams.of(5);

  private static List<Mishap> draws(Simulation plan) {
    return IntStream.rangeClosed(1, DRAWS)
        .mapToObj(trial -> Mishap.of(plan, STREAMS, Attempt.first(TrialId.of(trial))))
        .toList();
  }

  @Test
  void shares_overManyTrials_areThoseOfThePlan() {
    List<Mishap> draws = draws(Simulation.of(1).withStragglers(0.2, 7).withFailures(0.1));

    double straggling = draws.stream().filter(each -> each.slowdown() == 7).count();
    double failing = draws.stream().filter(each -> each.failsAfter() != null).count();
    double both =
        draws.stream().filter(each -> each.failsAfter() != null && each.slowdown() == 7).count();
    assertThat(straggling / DRAWS).isCloseTo(0.2, within(0.0142));
    assertThat(failing / DRAWS).isCloseTo(0.1, within(0.0107));
    assertThat(both / DRAWS).as("independent of each other").isCloseTo(0.02, within(0.005));
    assertThat(draws).allMatch(each -> each.slowdown() == 1 || each.slowdown() == 7);
    assertThat(draws.stream().filter(each -> each.failsAfter() != null))
        .allMatch(each -> each.failsAfter() >= 0 && each.failsAfter() < 1);
    double mean =
        draws.stream()
            .filter(each -> each.failsAfter() != null)
            .mapToDouble(Mishap::failsAfter)
            .average()
            .orElseThrow();
    assertThat(mean).as("uniform").isCloseTo(0.5, within(0.0323));
  }

  @Test
  void extremeShares_happenAlwaysOrNever() {
    assertThat(draws(Simulation.of(1).withStragglers(1, 2).withFailures(1)))
        .allMatch(each -> each.slowdown() == 2 && each.failsAfter() != null);
    assertThat(draws(Simulation.of(1))).containsOnly(Mishap.NONE);
    assertThat(Mishap.of(null, STREAMS, Attempt.first(TrialId.of(1)))).isEqualTo(Mishap.NONE);
  }

  @Test
  void sameAttempt_sameMishap_andTheNextAttemptHasItsOwn() {
    Simulation plan = Simulation.of(1).withStragglers(0.5, 2).withFailures(0.5);
    Attempt first = Attempt.first(TrialId.of(3));

    assertThat(Mishap.of(plan, STREAMS, first)).isEqualTo(Mishap.of(plan, STREAMS, first));
    long differing =
        IntStream.rangeClosed(1, 100)
            .mapToObj(trial -> Attempt.first(TrialId.of(trial)))
            .filter(
                attempt ->
                    !Mishap.of(plan, STREAMS, attempt)
                        .equals(Mishap.of(plan, STREAMS, attempt.next())))
            .count();
    assertThat(differing).isGreaterThan(50);
  }

  @Test
  void lifetimes_areExponential_withTheirMean_andEachWorkersOwn() {
    List<Device> workers = List.of(Device.simulated(0), Device.simulated(1));
    var lifetimes = new Lifetimes(Duration.ofHours(10), 4, workers);
    double[] hours =
        IntStream.range(0, DRAWS)
            .mapToDouble(i -> lifetimes.next(workers.get(0)).toNanos() / 3.6e12)
            .toArray();

    double mean = IntStream.range(0, DRAWS).mapToDouble(i -> hours[i]).average().orElseThrow();
    long shorter = IntStream.range(0, DRAWS).filter(i -> hours[i] < 10 * Math.log(2)).count();
    assertThat(mean).isCloseTo(10, within(0.354));
    assertThat((double) shorter / DRAWS).as("median").isCloseTo(0.5, within(0.0177));
    var same = new Lifetimes(Duration.ofHours(10), 4, workers);
    assertThat(same.next(workers.get(1))).as("whatever the other one drew").isNotNull();
    assertThat(same.next(workers.get(0)).toNanos() / 3.6e12).isEqualTo(hours[0]);
  }
}
