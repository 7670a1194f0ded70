package dev.troupe.strategy.bayes.tpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WidthRuleTest {

  @Test
  void least_ofFewKernels_isAPowerOfTheirNumber() {
    assertThat(new WidthRule(1, 0.01).least(4)).isEqualTo(0.2, within(1e-15));
    assertThat(WidthRule.good(2).least(3)).isEqualTo(1.0 / 16, within(1e-15));
    assertThat(WidthRule.bad(4).least(3)).isEqualTo(0.25, within(1e-15));
  }

  @Test
  void least_ofManyKernels_isLimited() {
    assertThat(new WidthRule(1, 0.01).least(1000)).isEqualTo(0.01);
  }

  @Test
  void least_amongCells_isHalfACell() {
    WidthRule rule = new WidthRule(1, 0.01);
    assertThat(rule.withCells(5).least(1000)).isEqualTo(0.1);
    assertThat(rule.withCells(5).least(1)).isEqualTo(0.5);
    assertThat(rule.withCells(1L << 40).least(1000)).isEqualTo(0.01);
  }
}
