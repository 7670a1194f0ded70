package dev.troupe.estimator.dl4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SplitTest {

  private static final int ROWS = 500;

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void of_classification_isDisjointCompleteAndStratified(long seed) {
    LabelledData data = unbalanced();
    Split split = Split.of(data, 0.2, 0.1, new Random(seed));

    int[] all =
        Stream.of(split.training(), split.validation(), split.test())
            .flatMapToInt(Arrays::stream)
            .sorted()
            .toArray();
    assertThat(all).containsExactly(IntStream.range(0, ROWS).toArray());
    assertThat(split.validation()).hasSize(100);
    assertThat(split.test()).hasSize(50);
    for (int label = 0; label < 3; label++) {
      double share = count(data, IntStream.range(0, ROWS).toArray(), label) / ROWS;
      assertThat(count(data, split.validation(), label)).isCloseTo(100 * share, within(1.5));
      assertThat(count(data, split.test(), label)).isCloseTo(50 * share, within(1.5));
    }
  }

  @Test
  void of_sameSeed_isTheSame() {
    Split first = Split.of(unbalanced(), 0.2, 0.2, new Random(7));
    Split second = Split.of(unbalanced(), 0.2, 0.2, new Random(7));
    Split other = Split.of(unbalanced(), 0.2, 0.2, new Random(8));

    assertThat(first.training()).containsExactly(second.training());
    assertThat(first.validation()).containsExactly(second.validation());
    assertThat(first.test()).containsExactly(second.test());
    assertThat(first.test()).isNotEqualTo(other.test());
  }

  @Test
  void of_officialTestPart_keepsIt() {
    Split split = Split.of(unbalanced().withTestRows(50), 0.2, 0.3, new Random(1));

    assertThat(split.test()).containsExactly(IntStream.range(450, 500).toArray());
    assertThat(split.validation()).hasSize(90);
    assertThat(Arrays.stream(split.training()).max().orElseThrow()).isLessThan(450);
  }

  @Test
  void of_noTestFraction_hasNoTestPart() {
    assertThat(Split.of(unbalanced(), 0.2, 0, new Random(1)).test()).isEmpty();
  }

  @Test
  void of_tooFewRows_isRefused() {
    LabelledData tiny =
        LabelledData.regression(
            "tiny",
            InputShape.vector(1),
            FeatureRows.ofFloats(new float[] {1, 2}, 1),
            new float[] {1, 2});

    assertThatThrownBy(() -> Split.of(tiny, 0.1, 0, new Random(1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Data 'tiny'")
        .hasMessageContaining("2 and 0")
        .hasMessageContaining("Maybe change validation-fraction (0.1)");
  }

  private static double count(LabelledData data, int[] rows, int label) {
    return Arrays.stream(rows).filter(row -> data.target(row) == label).count();
  }

  private static LabelledData unbalanced() {
    var labels = new int[ROWS];
    Arrays.setAll(labels, i -> i % 10 == 0 ? 2 : i % 3 == 0 ? 1 : 0);
    return LabelledData.classification(
        "unbalanced",
        InputShape.vector(1),
        FeatureRows.ofFloats(new float[ROWS], 1),
        labels,
        List.of("a", "b", "c"));
  }
}
