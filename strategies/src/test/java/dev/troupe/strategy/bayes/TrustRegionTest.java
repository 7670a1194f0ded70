package dev.troupe.strategy.bayes;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.study.TrialId;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class TrustRegionTest {

  private static final int PATIENCE = 5;

  private final Observations observations = new Observations();
  private final TrustRegion region = new TrustRegion(PATIENCE, 2);

  private void observe(double... losses) {
    observe(region, losses);
  }

  private void observe(TrustRegion each, double... losses) {
    for (double loss : losses) {
      int number = observations.size() + 1;
      observations.add(TrialId.of(number), new double[] {0.5}, new double[] {loss});
      each.update(observations, observations.losses(0), number);
    }
  }

  private void fail(int trials) {
    for (int i = 0; i < trials; i++) {
      observe(1000);
    }
  }

  @Test
  void update_ofThreeImprovementsInARow_doublesTheSides() {
    observe(10, 9); // the design
    assertThat(region.length()).isEqualTo(0.8);
    observe(8, 7, 7.5, 6, 5);
    assertThat(region.length()).isEqualTo(0.8);
    observe(4);
    assertThat(region.length()).isEqualTo(1.6);
    observe(3, 2, 1);
    assertThat(region.length()).as("at most").isEqualTo(1.6);
  }

  @Test
  void update_ofTrialsWithoutImprovement_halvesTheSides() {
    observe(10, 9);
    fail(PATIENCE - 1);
    observe(8);
    fail(PATIENCE - 1);
    assertThat(region.length()).isEqualTo(0.8);
    observe(7.9999); // hardly a gain
    assertThat(region.length()).isEqualTo(0.4);
  }

  @Test
  void update_ofATinyRegion_beginsAnother() {
    observe(1, 1);
    fail(6 * PATIENCE);
    assertThat(region.length()).isEqualTo(0.8 / 64);
    assertThat(region.needsDesign()).isFalse();
    fail(PATIENCE);
    assertThat(region.length()).isEqualTo(0.8);
    assertThat(region.after()).isEqualTo(observations.size());
    assertThat(region.needsDesign()).isTrue();
    region.designed();
    region.designed();
    assertThat(region.needsDesign()).isFalse();
    observe(500, 400); // worse than what the first region found, but better than nothing
    observe(300, 200, 100);
    assertThat(region.length()).isEqualTo(1.6);
  }

  @Test
  void around_always_isLongWhereLossesChangeSlowly() {
    double[] center = {0.5, 0.5, 0.9, 0.5};
    Region box = region.around(center, new double[] {0.1, 0.4, 0.4, 0});
    double mean = Math.cbrt(0.1 * 0.4 * 0.4);
    assertThat(box.high(0) - box.low(0)).isEqualTo(0.8 * 0.1 / mean, Offset.offset(1e-12));
    assertThat(box.low(1)).isEqualTo(0);
    assertThat(box.high(2)).isEqualTo(1);
    assertThat(box.high(3) - box.low(3)).isEqualTo(0.8, Offset.offset(1e-12));
  }

  @Test
  void read_always_goesOnAsWritten() throws IOException {
    observe(10, 9, 8);
    fail(3);
    var bytes = new ByteArrayOutputStream();
    region.write(new DataOutputStream(bytes));
    TrustRegion copy =
        new TrustRegion(PATIENCE, 2)
            .read(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
    fail(2);
    assertThat(region.length()).isEqualTo(0.4);
    copy.update(observations, observations.losses(0), observations.size());
    assertThat(copy.length()).isEqualTo(0.4);
  }
}
