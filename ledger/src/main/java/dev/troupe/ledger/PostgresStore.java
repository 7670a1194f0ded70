package dev.troupe.ledger;

import dev.troupe.actor.RepairReport;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.SQLRecoverableException;
import java.sql.SQLTransientException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.Driver;

/**
 * A PostgreSQL database, in which all tables lie in a schema of their own: {@code troupe}, unless
 * the URL names another one as {@code currentSchema}.
 */
final class PostgresStore implements Store {

  static final String SCHEME = "jdbc:postgresql:";

  private static final String SCHEMA = "currentSchema";
  private static final String DEFAULT_SCHEMA = "troupe";

  /** What PostgreSQL says while it starts, stops, or has too many guests; or a line is cut. */
  private static final Set<String> PASSING =
      Set.of("57P01", "57P02", "57P03", "53300", "40001", "40P01", "25006");

  private static final String CONNECTION_CLASS = "08";

  /**
   * What the pool says, without any state, of a connection that it has given up: where a commit
   * fails because the server went away, the rollback that follows fails so and hides the cause.
   */
  private static final String GIVEN_UP = "Connection is closed";

  private static final String UNIQUE_VIOLATION = "23505";

  private final String url;
  private final Properties properties;
  private final String schema;
  private final String place;

  private PostgresStore(String url, Properties properties, Properties parsed) {
    this.url = url;
    this.properties = properties;
    schema = parsed.getProperty(SCHEMA).split(",", 2)[0].strip();
    place =
        "postgresql://%s:%s/%s%s"
            .formatted(
                parsed.getProperty("PGHOST", "localhost"),
                parsed.getProperty("PGPORT", "5432"),
                parsed.getProperty("PGDBNAME", ""),
                schema.equals(DEFAULT_SCHEMA) ? "" : ", schema " + schema);
  }

  /**
   * Returns the database of a URL.
   *
   * @param url begins with {@value #SCHEME}
   * @param environment where user and password are looked for that are not in the URL
   * @throws IllegalArgumentException if the URL cannot be understood; the message does not repeat
   *     it, since it may hold a password
   */
  static PostgresStore of(String url, Map<String, String> environment) {
    var properties = new Properties();
    properties.setProperty(SCHEMA, DEFAULT_SCHEMA);
    properties.setProperty("ApplicationName", "troupe");
    properties.setProperty("reWriteBatchedInserts", "true");
    properties.setProperty("tcpKeepAlive", "true");
    properties.setProperty("connectTimeout", "10");
    properties.setProperty("socketTimeout", "60");
    putIfThere(properties, "user", environment.get("PGUSER"));
    putIfThere(properties, "password", environment.get("PGPASSWORD"));
    Properties parsed = parse(url, properties);
    if (parsed == null || parsed.getProperty(SCHEMA).isBlank()) {
      throw new IllegalArgumentException(
          "ledger must be a URL such as jdbc:postgresql://host:5432/database?user=me&password=…,"
              + " but this one cannot be understood. Maybe write %26 for an ampersand in a password.");
    }
    return new PostgresStore(url, properties, parsed);
  }

  private static void putIfThere(Properties properties, String key, @Nullable String value) {
    if (value != null) {
      properties.setProperty(key, value);
    }
  }

  private static @Nullable Properties parse(String url, Properties defaults) {
    try {
      return Driver.parseURL(url, defaults);
    } catch (RuntimeException e) {
      return null; // its message may repeat the password
    }
  }

  String schema() {
    return schema;
  }

  @Override
  public String place() {
    return place;
  }

  @Override
  public String remedy() {
    return "Maybe start the server, or look at the URL, PGUSER and PGPASSWORD.";
  }

  @Override
  public String readingRemedy() {
    return remedy();
  }

  @Override
  public StudyHold hold(String study) throws SQLException {
    write().close();
    return PostgresHold.acquire(this, study);
  }

  @Override
  public Connection write() throws SQLException {
    Connection connection = connect();
    try {
      PostgresSchema.migrate(connection, schema);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public Connection read() throws SQLException {
    Connection connection = connect();
    try {
      if (PostgresSchema.version(connection, schema) == 0) {
        throw new SQLException("it has no schema '%s'".formatted(schema));
      }
      connection.setReadOnly(true);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  /** Opens it for anything. */
  Connection connect() throws SQLException {
    Connection connection = new Driver().connect(url, properties);
    if (connection == null) {
      throw new SQLException("the URL is not one of PostgreSQL");
    }
    return connection;
  }

  /**
   * PostgreSQL's own log has checksums, and a server does not start without what it needs of it.
   */
  @Override
  public long acknowledged(Connection reading, String study) {
    return 0;
  }

  @Override
  public List<String> acknowledgedStudies(Connection reading) {
    return List.of();
  }

  /** A statement that fails would take its transaction, and all statements after it, with it. */
  @Override
  public void expectFailures(Connection reading) throws SQLException {
    reading.rollback();
    reading.setAutoCommit(true);
  }

  /** A row's number is that of its event, since PostgreSQL gives its rows no other one. */
  @Override
  public PreparedStatement rowQuery(Connection reading, String persistenceId) throws SQLException {
    PreparedStatement query =
        reading.prepareStatement(
            """
            SELECT persistence_id, sequence_number, event_payload FROM event_journal
            WHERE sequence_number = ? AND persistence_id = ?
            """);
    query.setString(2, persistenceId);
    return query;
  }

  @Override
  public String[] lastRowQueries() {
    return new String[] {
      "SELECT MAX(events) FROM study_head", "SELECT MAX(sequence_number) FROM event_journal"
    };
  }

  @Override
  public String sizeQuery() {
    return "SELECT pg_relation_size('event_journal')";
  }

  /** Studies of one process share a few connections. */
  @Override
  public Map<String, Object> slick() {
    Map<String, Object> settings = new HashMap<>();
    properties.forEach((key, value) -> settings.put(key.toString(), value.toString()));
    return Map.of(
        "profile",
        "slick.jdbc.PostgresProfile$",
        "db",
        Map.of(
            "url",
            url,
            "driver",
            "org.postgresql.Driver",
            "properties",
            settings,
            "numThreads",
            4,
            "maxConnections",
            4,
            "minConnections",
            1,
            "connectionTimeout",
            10_000,
            "keepAliveConnection",
            false,
            "maxLifetime",
            0));
  }

  @Override
  public String explain(Throwable failure) {
    return String.valueOf(Failures.message(failure));
  }

  @Override
  public boolean isPassing(Throwable failure) {
    return Failures.isLate(failure)
        || Failures.has(
            failure,
            each ->
                each instanceof SQLTransientException
                    || each instanceof SQLRecoverableException
                    || each instanceof SQLException sql && isPassing(sql));
  }

  private static boolean isPassing(SQLException failure) {
    String state = failure.getSQLState();
    return state == null
        ? GIVEN_UP.equals(failure.getMessage())
        : state.startsWith(CONNECTION_CLASS) || PASSING.contains(state);
  }

  @Override
  public boolean isConflict(Throwable failure) {
    return Failures.has(
        failure,
        each -> each instanceof SQLException sql && UNIQUE_VIOLATION.equals(sql.getSQLState()));
  }

  @Override
  public RepairReport repair(String study) throws SQLException {
    return PostgresRepair.run(this, study);
  }
}
