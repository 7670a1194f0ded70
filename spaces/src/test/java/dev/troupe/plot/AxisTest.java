package dev.troupe.plot;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class AxisTest {

  @Test
  void counting_fewTrials_marksWholeNumbersOnly() {
    assertThat(Axis.counting(2).ticks()).containsExactly(0.0, 1.0, 2.0);
    assertThat(Axis.counting(1).ticks()).containsExactly(0.0, 1.0);
  }

  @Test
  void whole_fewValues_marksEachOfThemWithinTheEnds() {
    Axis axis = Axis.whole(1, 3);

    assertThat(axis.ticks()).containsExactly(1.0, 2.0, 3.0);
    assertThat(axis.place(1)).isGreaterThan(0);
    assertThat(axis.place(3)).isLessThan(1);
  }

  @Test
  void logAround_shortRange_marksTwoAndFiveTimesPowers() {
    Axis axis = Axis.logAround(16, 256);

    assertThat(axis.ticks()).containsExactly(20.0, 50.0, 100.0, 200.0);
    assertThat(axis.low()).isLessThan(16);
    assertThat(axis.high()).isGreaterThan(256);
    assertThat(axis.place(64)).isEqualTo(0.5, within(1e-9));
  }

  @Test
  void logAround_longRange_marksPowersOfTen() {
    assertThat(Axis.logAround(1e-5, 1e-1).ticks().stream().map(Axis.exact(1)::label))
        .hasSize(5)
        .last()
        .isEqualTo("0.1");
  }

  @Test
  void label_smallOnLogScale_isShort() {
    Axis axis = Axis.logAround(1e-5, 1e-4);

    assertThat(axis.ticks().stream().map(axis::label))
        .containsExactly("1e-5", "2e-5", "5e-5", "1e-4");
  }

  @Test
  void create_boundsNotFiniteOrNotAboveZero_isRefused() {
    assertThatThrownBy(() -> Axis.linear(Double.NaN, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("finite");
    assertThatThrownBy(() -> new Axis(0, 1, true, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("above 0 if logarithmic");
  }
}
