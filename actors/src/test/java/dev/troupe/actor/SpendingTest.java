package dev.troupe.actor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SpendingTest {

  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");

  private final Spending spending = new Spending();

  @Test
  void clockSetBackBetweenRuns_countsWhatEachRunLasted() {
    spending.begin(NOON, 2);
    spending.until(NOON.plusSeconds(600));
    spending.begin(NOON.minus(Duration.ofHours(1)), 2);
    spending.until(NOON.minus(Duration.ofHours(1)).plusSeconds(300));

    assertThat(spending.seconds()).isEqualTo(900);
    assertThat(spending.placeSeconds()).isEqualTo(1800);
  }

  @Test
  void clockSetBackWithinARun_countsNothingTwiceAndNothingBackwards() {
    spending.begin(NOON, 1);
    spending.until(NOON.plusSeconds(600));
    spending.until(NOON.minus(Duration.ofHours(1)));
    spending.until(NOON.plusSeconds(500));
    spending.until(NOON.plusSeconds(700));

    assertThat(spending.seconds()).isEqualTo(700);
  }

  @Test
  void clockSetForwardBetweenRuns_doesNotCountTheTimeBetween() {
    spending.begin(NOON, 1);
    spending.until(NOON.plusSeconds(60));
    spending.begin(NOON.plus(Duration.ofDays(365)), 1);
    spending.until(NOON.plus(Duration.ofDays(365)).plusSeconds(60));

    assertThat(spending.seconds()).isEqualTo(120);
  }
}
