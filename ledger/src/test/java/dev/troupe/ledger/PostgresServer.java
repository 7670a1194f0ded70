package dev.troupe.ledger;

import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A real PostgreSQL server. One serves all tests of a JVM, each test in a schema of its own; a test
 * that stops its server starts one of its own.
 */
final class PostgresServer implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final AtomicInteger SCHEMAS = new AtomicInteger();

  private static @Nullable PostgresServer shared;

  private final Path data;
  private final int port;
  private @Nullable EmbeddedPostgres running;

  private PostgresServer(Path data, int port) {
    this.data = data;
    this.port = port;
  }

  /** Returns the server of all tests; skips the test where there are no programs to start. */
  static synchronized PostgresServer shared() {
    if (shared == null) {
      try {
        shared = begin(Files.createTempDirectory("troupe-postgres"));
      } catch (IOException e) {
        throw new AssertionError(e);
      }
      Runtime.getRuntime().addShutdownHook(new Thread(shared::close));
    }
    return shared;
  }

  /** Starts a server of its own; skips the test where there are no programs to start. */
  static PostgresServer begin(Path data) throws IOException {
    String system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    Assumptions.assumeTrue(
        system.toLowerCase(Locale.ROOT).matches("linux (amd64|x86_64|aarch64)"),
        "there is no PostgreSQL to start on " + system);
    try (ServerSocket free = new ServerSocket(0)) {
      var server = new PostgresServer(data, free.getLocalPort());
      free.close();
      server.start();
      return server;
    }
  }

  void start() throws IOException {
    running =
        EmbeddedPostgres.builder()
            .setDataDirectory(data)
            .setCleanDataDirectory(false)
            .setPort(port)
            .setPGStartupWait(PATIENCE)
            .start();
  }

  /** Stops it; connections are cut. */
  void stop() throws IOException {
    if (running != null) {
      running.close();
      running = null;
    }
  }

  /** Returns the setting of a ledger in a schema that nobody else uses. */
  String newSetting() {
    return setting("troupe_" + SCHEMAS.incrementAndGet());
  }

  /** Returns the setting of a ledger in a schema. */
  String setting(String schema) {
    return "jdbc:postgresql://localhost:%d/postgres?user=postgres&password=secret&currentSchema=%s"
        .formatted(port, schema);
  }

  /** Runs a statement in the schema of a setting. */
  static void execute(String setting, String sql) throws SQLException {
    try (Connection connection = DriverManager.getConnection(setting);
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() {
    try {
      stop();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
