package dev.troupe.bench;

import org.apache.commons.statistics.inference.WilcoxonSignedRankTest;

/**
 * The two-sided signed-rank test of paired differences (Wilcoxon 1945, doi:10.2307/3001968). Zero
 * differences are ranked, then left out (Pratt 1959, doi:10.1080/01621459.1959.10501526); with ties
 * or more than some thousand pairs the p-value is that of the normal approximation, else exact.
 */
final class SignedRank {

  private SignedRank() {}

  /** Returns the p-value for finite differences; 1 if there is none or all are zero. */
  static double pValue(double[] differences) {
    for (double difference : differences) {
      if (difference != 0) {
        return WilcoxonSignedRankTest.withDefaults().test(differences).getPValue();
      }
    }
    return 1;
  }
}
