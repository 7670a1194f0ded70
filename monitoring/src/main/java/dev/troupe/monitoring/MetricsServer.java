package dev.troupe.monitoring;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.BindException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Serves {@code GET /metrics}, for Prometheus, and {@code GET /health}, which says {@code
 * {"status":"up"}} for as long as the server runs. Thread safe.
 */
public final class MetricsServer implements AutoCloseable {

  /** The address of this machine that no other reaches. */
  public static final String LOOPBACK = "127.0.0.1";

  private static final int THREADS = 2;
  private static final int LARGEST_PORT = 65_535;
  private static final Responses.Page HEALTH =
      new Responses.Page("application/json", "{\"status\":\"up\"}\n");

  private final HttpServer server;
  private final ExecutorService threads;

  private MetricsServer(HttpServer server, ExecutorService threads) {
    this.server = server;
    this.threads = threads;
  }

  /**
   * Starts a server that only this machine reaches.
   *
   * @param port 0 for any that is free
   * @throws IOException if the port is taken
   */
  public static MetricsServer start(PrometheusExposition exposition, int port) throws IOException {
    return start(exposition, LOOPBACK, port);
  }

  /**
   * Starts a server. There is no authentication: an address other than loopback shows the meters to
   * whoever reaches it.
   *
   * @param exposition what is served; its owner closes it, after the server
   * @param bind the address to listen at, as a name or a number
   * @param port 0 for any that is free
   * @throws IllegalArgumentException if the port or the address is none
   * @throws IOException if the port is taken, or the address is not this machine's
   */
  public static MetricsServer start(PrometheusExposition exposition, String bind, int port)
      throws IOException {
    HttpServer server = listen(address(bind, port));
    server.createContext("/metrics", exposition);
    server.createContext("/health", MetricsServer::health);
    ExecutorService threads = threads();
    server.setExecutor(threads);
    server.start();
    return new MetricsServer(server, threads);
  }

  private static InetSocketAddress address(String bind, int port) {
    if (port < 0 || port > LARGEST_PORT) {
      throw new IllegalArgumentException(
          "Metrics server: a port is a number from 0 to %d, but was %d. Maybe 0 for any free one."
              .formatted(LARGEST_PORT, port));
    }
    var address = new InetSocketAddress(bind, port);
    if (address.isUnresolved()) {
      throw new IllegalArgumentException(
          "Metrics server: the bind address must be known, but was '%s'. Maybe '%s'."
              .formatted(bind, LOOPBACK));
    }
    return address;
  }

  private static HttpServer listen(InetSocketAddress address) throws IOException {
    try {
      return HttpServer.create(address, 0);
    } catch (BindException e) {
      throw new IOException(
          "Metrics server: cannot listen at %s port %d (%s). Maybe another program does; choose"
                  .formatted(address.getHostString(), address.getPort(), e.getMessage())
              + " another port, or 0 for any free one.",
          e);
    }
  }

  private static ExecutorService threads() {
    var number = new AtomicInteger();
    return Executors.newFixedThreadPool(
        THREADS,
        task -> {
          var thread = new Thread(task, "troupe-metrics-" + number.incrementAndGet());
          thread.setDaemon(true);
          return thread;
        });
  }

  private static void health(HttpExchange exchange) throws IOException {
    Responses.answer(exchange, unused -> HEALTH);
  }

  /** Returns the port that it listens at. */
  public int port() {
    return server.getAddress().getPort();
  }

  /** Returns where the meters are. */
  public URI metrics() {
    String host = server.getAddress().getAddress().getHostAddress();
    String authority = host.contains(":") ? "[" + host + "]" : host;
    return URI.create("http://%s:%d/metrics".formatted(authority, port()));
  }

  /** Stops at once, and frees the port; does nothing the second time. */
  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
