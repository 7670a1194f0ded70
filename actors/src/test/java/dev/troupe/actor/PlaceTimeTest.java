package dev.troupe.actor;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PlaceTimeTest {

  @Test
  void seconds_restAndOtherPlaces_countAsTheyAre() {
    var timers = new ManualTimers();
    var time = new PlaceTime(timers, 2);
    timers.advance(Duration.ofSeconds(3));
    time.places(5);
    timers.advance(Duration.ofSeconds(1));
    time.rest();
    timers.advance(Duration.ofSeconds(100));
    assertThat(time.seconds()).isEqualTo(4);
    time.goOn();
    timers.advance(Duration.ofSeconds(2));

    assertThat(time.seconds()).isEqualTo(6);
    assertThat(time.placeSeconds()).isEqualTo(3 * 2 + 1 * 5 + 2 * 5);
  }
}
