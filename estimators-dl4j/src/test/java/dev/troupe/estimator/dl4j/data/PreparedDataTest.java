package dev.troupe.estimator.dl4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.troupe.settings.Settings;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PreparedDataTest {

  private static final DataRequest REQUEST =
      new DataRequest(Settings.none("estimator"), Path.of("."));

  @Test
  void of_vectors_standardisesEachFeatureByTheTrainingPartAlone() {
    PreparedData data =
        PreparedData.of(new BundledData.Wine().load(REQUEST), 0.2, 0.2, new Random(1));

    for (int feature = 0; feature < 13; feature++) {
      double[] training = statistics(data.training(), feature);
      assertThat(training[0]).isCloseTo(0, within(1e-4));
      assertThat(training[1]).isCloseTo(1, within(1e-4));
    }
    // Were the other parts in the statistics, their means would be nearer to 0 than chance allows.
    assertThat(statistics(data.validation(), 0)[0]).isNotCloseTo(0, within(1e-4));
    assertThat(statistics(data.test(), 0)[0]).isNotCloseTo(0, within(1e-4));
  }

  @Test
  void of_otherTestRows_leavesTrainingPartUnchanged() {
    PreparedData first = PreparedData.of(withLastRow(1), 0.25, 0, new Random(1));
    PreparedData second = PreparedData.of(withLastRow(1_000), 0.25, 0, new Random(1));

    var row = new float[1];
    var other = new float[1];
    for (int i = 0; i < first.training().rows(); i++) {
      first.training().read(i, row, 0);
      second.training().read(i, other, 0);
      assertThat(row).containsExactly(other);
    }
    second.test().read(0, other, 0);
    assertThat(other[0]).isGreaterThan(100);
  }

  @Test
  void of_pictures_standardisesAllPixelsAlike() {
    PreparedData data =
        PreparedData.of(new BundledData.Digits().load(REQUEST), 0.2, 0.2, new Random(1));

    double sum = 0;
    for (int feature = 0; feature < 64; feature++) {
      sum += statistics(data.training(), feature)[0];
    }
    assertThat(sum / 64).isCloseTo(0, within(1e-3));
    // A corner is always dark, so that its own mean is far below that of all pixels.
    assertThat(statistics(data.training(), 0)[0]).isLessThan(-0.5);
  }

  @Test
  void of_regression_standardisesTargetsAndKeepsTheirUnit() {
    var targets = new float[100];
    var features = new float[100];
    for (int i = 0; i < 100; i++) {
      features[i] = i;
      targets[i] = 1_000 + 5 * i;
    }
    PreparedData data =
        PreparedData.of(
            LabelledData.regression(
                "line", InputShape.vector(1), FeatureRows.ofFloats(features, 1), targets),
            0.2,
            0.2,
            new Random(1));

    float standardised = data.validation().target(0);
    double original = standardised * data.targetDeviation() + data.targetMean();
    assertThat(original).isBetween(1_000.0, 1_500.0);
    assertThat(original % 5).isCloseTo(0, within(0.01));
  }

  @Test
  void classification_notFiniteFeature_isRefusedWithRow() {
    FeatureRows rows = FeatureRows.ofFloats(new float[] {1, Float.NaN}, 1);
    assertThatThrownBy(
            () ->
                LabelledData.classification(
                    "bad", InputShape.vector(1), rows, new int[] {0, 1}, List.of("a", "b")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Data 'bad', row 2: the feature 1 must be finite, but was NaN. Maybe remove the row.");
  }

  private static LabelledData withLastRow(float feature) {
    var features = new float[21];
    for (int i = 0; i < 20; i++) {
      features[i] = i % 5;
    }
    features[20] = feature;
    return LabelledData.regression(
            "made", InputShape.vector(1), FeatureRows.ofFloats(features, 1), new float[21])
        .withTestRows(1);
  }

  private static double[] statistics(Part part, int feature) {
    double sum = 0;
    double squares = 0;
    var row = new float[part.width()];
    for (int i = 0; i < part.rows(); i++) {
      part.read(i, row, 0);
      sum += row[feature];
      squares += (double) row[feature] * row[feature];
    }
    double mean = sum / part.rows();
    return new double[] {mean, Math.sqrt(squares / part.rows() - mean * mean)};
  }
}
