package dev.troupe.monitoring;

import static java.util.Objects.requireNonNull;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmInfoMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * The meters of searches and of the JVM, in the forms that Prometheus reads. A handler for any
 * server of the JDK's kind; {@link MetricsServer} is one. Thread safe.
 */
public final class PrometheusExposition implements HttpHandler, AutoCloseable {

  /** The content type of Prometheus' own text format. */
  public static final String TEXT = "text/plain; version=0.0.4; charset=utf-8";

  /** The content type of OpenMetrics. */
  public static final String OPEN_METRICS =
      "application/openmetrics-text; version=1.0.0; charset=utf-8";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics garbageCollection = new JvmGcMetrics();
  private final SearchMeters searches;

  private PrometheusExposition(SearchMeters searches) {
    this.searches = requireNonNull(searches, "searches");
  }

  /** Returns an exposition of {@code searches}, which it binds, and of this JVM. */
  public static PrometheusExposition of(SearchMeters searches) {
    var exposition = new PrometheusExposition(searches);
    exposition.bind();
    return exposition;
  }

  private void bind() {
    searches.bindTo(registry);
    garbageCollection.bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new JvmInfoMetrics().bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  /**
   * Returns all meters as text.
   *
   * @param openMetrics whether as OpenMetrics, else in Prometheus' own format
   */
  public String scrape(boolean openMetrics) {
    searches.removeOld();
    return registry.scrape(openMetrics ? OPEN_METRICS : TEXT);
  }

  /** Answers GET and HEAD at the path of its context, as the {@code Accept} header asks. */
  @Override
  public void handle(HttpExchange exchange) throws IOException {
    Responses.answer(exchange, this::page);
  }

  private Responses.Page page(HttpExchange exchange) {
    @Nullable String accept = exchange.getRequestHeaders().getFirst("Accept");
    boolean openMetrics = AcceptHeader.prefersOpenMetrics(accept);
    return new Responses.Page(openMetrics ? OPEN_METRICS : TEXT, scrape(openMetrics));
  }

  /** Stops watching the JVM; the meters of searches live on elsewhere. */
  @Override
  public void close() {
    searches.unbindFrom(registry);
    garbageCollection.close();
    registry.close();
  }
}
