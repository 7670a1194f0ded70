package dev.troupe.study;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Which budgets allow more than others. */
class BudgetTest {

  private static boolean allowsMore(Budget budget, Budget than) {
    return budget.allowsMoreThan(than, Direction.MAXIMIZE);
  }

  @Test
  void allowsMoreThan_sameOrSmaller_isFalse() {
    assertThat(allowsMore(Budget.trials(10), Budget.trials(10))).isFalse();
    assertThat(allowsMore(Budget.trials(9), Budget.trials(10))).isFalse();
    assertThat(allowsMore(Budget.unlimited(), Budget.unlimited())).isFalse();
  }

  @Test
  void allowsMoreThan_oneLimitWiderOrGone_isTrue() {
    Budget hour = Budget.wallClock(Duration.ofHours(1)).withTrials(10);

    assertThat(allowsMore(Budget.trials(11), Budget.trials(10))).isTrue();
    assertThat(allowsMore(Budget.unlimited(), Budget.trials(10))).isTrue();
    assertThat(allowsMore(hour.withWallClock(Duration.ofHours(2)), hour)).isTrue();
    assertThat(allowsMore(hour.withTrials(5).withNoImprovement(3), hour)).isFalse();
  }

  @Test
  void allowsMoreThan_targetByDirection_isTrueIfHarder() {
    Budget easy = Budget.unlimited().withTarget(0.8);
    Budget hard = Budget.unlimited().withTarget(0.9);

    assertThat(hard.allowsMoreThan(easy, Direction.MAXIMIZE)).isTrue();
    assertThat(hard.allowsMoreThan(easy, Direction.MINIMIZE)).isFalse();
    assertThat(Budget.unlimited().allowsMoreThan(easy, Direction.MAXIMIZE)).isTrue();
    assertThat(easy.allowsMoreThan(Budget.unlimited(), Direction.MAXIMIZE)).isFalse();
  }

  @Test
  void extendedBy_limitsThatItNames_areAsWideAsTheWiderOfBoth() {
    Budget hour = Budget.wallClock(Duration.ofHours(1)).withTrials(10);

    assertThat(hour.extendedBy(Budget.trials(20), Direction.MAXIMIZE))
        .isEqualTo(hour.withTrials(20));
    assertThat(hour.extendedBy(Budget.trials(5), Direction.MAXIMIZE)).isEqualTo(hour);
    assertThat(hour.extendedBy(Budget.unlimited(), Direction.MAXIMIZE)).isEqualTo(hour);
    assertThat(hour.extendedBy(Budget.unlimited().withNoImprovement(3), Direction.MAXIMIZE))
        .isEqualTo(hour);
    assertThat(Budget.unlimited().extendedBy(hour, Direction.MAXIMIZE))
        .isEqualTo(Budget.unlimited());
  }

  @Test
  void extendedBy_target_isTheHarderOne() {
    Budget easy = Budget.unlimited().withTarget(0.8);
    Budget hard = Budget.unlimited().withTarget(0.9);

    assertThat(easy.extendedBy(hard, Direction.MAXIMIZE)).isEqualTo(hard);
    assertThat(hard.extendedBy(easy, Direction.MAXIMIZE)).isEqualTo(hard);
    assertThat(easy.extendedBy(hard, Direction.MINIMIZE)).isEqualTo(easy);
  }
}
