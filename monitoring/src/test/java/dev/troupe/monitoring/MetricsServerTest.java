package dev.troupe.monitoring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class MetricsServerTest {

  private final SearchMeters meters = SearchMeters.create();
  private final PrometheusExposition exposition = PrometheusExposition.of(meters);
  private final HttpClient client = HttpClient.newHttpClient();
  private MetricsServer server;

  @BeforeEach
  void start() throws IOException {
    server = MetricsServer.start(exposition, 0);
  }

  @AfterEach
  void close() {
    server.close();
    exposition.close();
  }

  @Test
  void metrics_plainClient_getsPrometheusText() throws Exception {
    meters.onEvent(new Events("digits").started("random"));
    meters.onEvent(new Events("digits").completed(1, 0.5, 1));
    HttpResponse<String> response = get(server.metrics(), "*/*");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type"))
        .hasValue("text/plain; version=0.0.4; charset=utf-8");
    assertThat(response.body())
        .contains(
            "# HELP troupe_trials_total Trials that have ended",
            "# TYPE troupe_trials_total counter",
            "troupe_trials_total{state=\"completed\",strategy=\"random\",study=\"digits\"} 1.0",
            "jvm_memory_used_bytes",
            "jvm_threads_live_threads",
            "process_uptime_seconds",
            "system_cpu_count")
        .doesNotContain("# EOF");
  }

  @Test
  void metrics_openMetricsClient_getsOpenMetrics() throws Exception {
    HttpResponse<String> response =
        get(server.metrics(), "application/openmetrics-text;version=1.0.0,text/plain;q=0.5");

    assertThat(response.headers().firstValue("Content-Type"))
        .hasValue("application/openmetrics-text; version=1.0.0; charset=utf-8");
    assertThat(response.body()).endsWith("# EOF\n");
  }

  @Test
  void health_always_isUp() throws Exception {
    HttpResponse<String> response = get(server.metrics().resolve("/health"), "*/*");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/json");
    assertThat(response.body()).isEqualTo("{\"status\":\"up\"}\n");
  }

  @Test
  void request_otherPathOrMethod_isRefused() throws Exception {
    assertThat(get(server.metrics().resolve("/metrics-of-others"), "*/*").statusCode())
        .isEqualTo(404);
    assertThat(get(server.metrics().resolve("/"), "*/*").statusCode()).isEqualTo(404);
    HttpResponse<String> response = send("DELETE", server.metrics(), "*/*");

    assertThat(response.statusCode()).isEqualTo(405);
    assertThat(response.headers().firstValue("Allow")).hasValue("GET, HEAD");
  }

  @Test
  void request_head_hasHeadersOnly() throws Exception {
    HttpResponse<String> response = send("HEAD", server.metrics().resolve("/health"), "*/*");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Length")).hasValue("16");
    assertThat(response.body()).isEmpty();
  }

  @Test
  void start_anyPort_tellsItAndListensOnLoopbackOnly() {
    assertThat(server.port()).isPositive();
    assertThat(server.metrics()).hasHost("127.0.0.1").hasPort(server.port());
  }

  @Test
  void start_portTaken_saysWhatToDo() {
    assertThatThrownBy(() -> MetricsServer.start(exposition, server.port()))
        .isInstanceOf(IOException.class)
        .hasMessageContainingAll("127.0.0.1", Integer.toString(server.port()), "Maybe");
  }

  @Test
  void start_wrongPortOrAddress_isRefused() {
    assertThatThrownBy(() -> MetricsServer.start(exposition, 70_000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("65535", "70000", "Maybe");
    assertThatThrownBy(() -> MetricsServer.start(exposition, "no such host", 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("'no such host'", "Maybe");
  }

  @Test
  void close_twice_freesThePort() throws Exception {
    URI metrics = server.metrics();
    server.close();
    server.close();

    assertThatThrownBy(() -> get(metrics, "*/*")).isInstanceOf(ConnectException.class);
    try (var next = MetricsServer.start(exposition, metrics.getPort())) {
      assertThat(next.port()).isEqualTo(metrics.getPort());
    }
  }

  private HttpResponse<String> get(URI uri, String accept) throws Exception {
    return send("GET", uri, accept);
  }

  private HttpResponse<String> send(String method, URI uri, String accept) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri)
            .method(method, HttpRequest.BodyPublishers.noBody())
            .header("Accept", accept)
            .timeout(Duration.ofSeconds(20))
            .build();
    return client.send(request, BodyHandlers.ofString());
  }
}
