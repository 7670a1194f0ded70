package dev.troupe.monitoring;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class AcceptHeaderTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "application/openmetrics-text",
        "application/openmetrics-text;version=1.0.0;q=0.5,text/plain;version=0.0.4;q=0.3,*/*;q=0.2",
        "text/plain;q=0.5, Application/OpenMetrics-Text; q=0.5"
      })
  void prefersOpenMetrics_askedFor_isTrue(String header) {
    assertThat(AcceptHeader.prefersOpenMetrics(header)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "*/*",
        "text/plain",
        "text/html,application/xhtml+xml;q=0.9",
        "application/openmetrics-text;q=0",
        "application/openmetrics-text;q=x",
        "application/openmetrics-text;q=0.2,text/plain",
        ";;,,;q="
      })
  void prefersOpenMetrics_notAskedFor_isFalse(String header) {
    assertThat(AcceptHeader.prefersOpenMetrics(header)).isFalse();
  }

  @Test
  void prefersOpenMetrics_noHeader_isFalse() {
    assertThat(AcceptHeader.prefersOpenMetrics(null)).isFalse();
  }
}
