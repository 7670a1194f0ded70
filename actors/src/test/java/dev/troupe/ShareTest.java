package dev.troupe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.space.FloatParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.Budget;
import dev.troupe.study.Simulation;
import dev.troupe.study.StudyResult;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Studies that want the same devices at the same time, on the virtual clock. */
@Timeout(60)
class ShareTest {

  private static final SearchSpace SPACE =
      SearchSpace.builder().add(FloatParameter.linear("x", 0, 1)).build();

  private final CountDownLatch bothStarted = new CountDownLatch(1);

  private Study<?> start(Troupe troupe, String name, double weight, int priority, double seconds) {
    return troupe
        .study(name, SPACE)
        .strategy(Strategies.random())
        .weight(weight)
        .priority(priority)
        .parallelism(8)
        .budget(Budget.unlimited().withVirtualTime(Duration.ofSeconds(10_000)))
        .start(
            (candidate, trial) -> {
              bothStarted.await(); // the clock waits, too
              trial.spend(seconds * (0.5 + candidate.getDouble("x")));
              return 1;
            });
  }

  private double ratio(double weight, int priority, double seconds) {
    try (Troupe troupe = Troupe.simulated(Simulation.of(4))) {
      Study<?> first = start(troupe, "first", weight, priority, seconds);
      Study<?> second = start(troupe, "second", 1, 0, 10);
      bothStarted.countDown();
      StudyResult one = Outcomes.of(first);
      StudyResult other = Outcomes.of(second);
      assertThat(one.deviceHours() + other.deviceHours())
          .as("no device is idle")
          .isCloseTo(4 * 10_000 / 3600.0, Percentage.withPercentage(1));
      return one.deviceHours() / other.deviceHours();
    }
  }

  @Test
  void weight_threeToOne_isThreeTimesTheDeviceTime() {
    assertThat(ratio(3, 0, 10)).isCloseTo(3, Percentage.withPercentage(1));
  }

  @Test
  void weight_trialsThatTakeLonger_countsTimeAndNotTrials() {
    assertThat(ratio(1, 0, 40)).isCloseTo(1, Percentage.withPercentage(3));
  }

  @Test
  void priority_higher_leavesTheOthersWhatItDoesNotWant() {
    assertThat(ratio(1, 1, 10)).isGreaterThan(100);
  }
}
