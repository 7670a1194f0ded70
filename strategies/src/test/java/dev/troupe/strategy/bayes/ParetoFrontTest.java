package dev.troupe.strategy.bayes;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.Test;

class ParetoFrontTest {

  @Test
  void of_vectors_keepsThoseThatNoneDominates() {
    ParetoFront front =
        ParetoFront.of(
            List.of(
                new double[] {2, 2},
                new double[] {1, 3},
                new double[] {2, 3},
                new double[] {1, 3},
                new double[] {3, 1}));
    assertThat(front.indices()).containsExactly(0, 1, 4);
  }

  @Test
  void reference_ofFront_liesAFifthOfAllBeyond() {
    ParetoFront front =
        ParetoFront.of(List.of(new double[] {0, 10}, new double[] {1, 8}, new double[] {2, 0}));
    assertThat(front.reference()).containsExactly(new double[] {2.4, 12}, Offset.offset(1e-12));
  }

  @Test
  void reference_ofOneVector_leavesRoomForOthers() {
    ParetoFront front = ParetoFront.of(List.of(new double[] {0, 0}, new double[] {4, 0}));
    double[] reference = front.reference();
    assertThat(reference[0]).isEqualTo(0.8, Offset.offset(1e-12));
    assertThat(reference[1]).isEqualTo(0.2, Offset.offset(1e-12)); // nothing to go by
  }

  @Test
  void spread_ofMany_keepsExtremesAndLeavesNoGap() {
    List<double[]> all = new ArrayList<>();
    for (int i = 0; i <= 100; i++) {
      double t = i / 100.0;
      all.add(new double[] {t * t, (1 - t) * (1 - t)}); // dense at both ends
    }
    ParetoFront front = ParetoFront.of(all).spread(11);
    assertThat(front.indices()).hasSize(11).contains(0, 100).isSorted();
    double widest = 0;
    for (int i = 1; i < 11; i++) {
      double[] before = front.vectors().get(i - 1);
      double[] after = front.vectors().get(i);
      widest = Math.max(widest, Math.hypot(after[0] - before[0], after[1] - before[1]));
    }
    assertThat(widest).isLessThan(0.3);
    assertThat(ParetoFront.of(all).spread(101).indices()).hasSize(101);
  }
}
