package dev.troupe.ledger;

import dev.troupe.actor.RepairReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.sqlite.SQLiteConfig;
import org.sqlite.SQLiteErrorCode;
import org.sqlite.SQLiteException;

/**
 * The database file of a home folder, and how it is opened: write-ahead log, every commit forced to
 * the disk, and patience with other processes that write.
 */
record SqliteStore(Path file) implements Store {

  private static final Logger log = LoggerFactory.getLogger(SqliteStore.class);

  private static final String FILE_NAME = "troupe.db";
  private static final String LOCKS = "locks";
  private static final int PATIENCE_MILLIS = 30_000;
  private static final int PRIMARY_CODE = 0xFF;
  private static final long LITTLE_SPACE = 1 << 20;

  /** Returns the database of a home folder, whether it exists or not. */
  static SqliteStore in(Path home) {
    return new SqliteStore(home.toAbsolutePath().normalize().resolve(FILE_NAME));
  }

  boolean exists() {
    return Files.isRegularFile(file);
  }

  @Override
  public String place() {
    return file.toString();
  }

  @Override
  public String remedy() {
    return "Maybe choose another home folder, or ledger = memory.";
  }

  @Override
  public String readingRemedy() {
    return "Maybe it is no ledger, or a copy from before is at hand.";
  }

  /** Returns the address for JDBC: the path as a URI, so that no character of it has a meaning. */
  private String url() {
    return "jdbc:sqlite:" + file.toUri();
  }

  private static Properties writing() {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    config.setBusyTimeout(PATIENCE_MILLIS);
    return config.toProperties();
  }

  @Override
  public StudyHold hold(String study) throws IOException, SQLException {
    StudyLock lock = StudyLock.acquire(locks(), study);
    try {
      preserve();
      String id = create();
      return SqliteHold.of(this, lock, Acknowledged.open(locks(), databaseKey(id), study));
    } catch (IOException | SQLException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  /** Returns what tells the database from others. */
  private @Nullable String create() throws IOException, SQLException {
    Files.createDirectories(file.getParent());
    try (Connection connection = connect(url(), writing())) {
      SqliteSchema.migrate(connection);
      return SqliteSchema.id(connection);
    }
  }

  /**
   * Puts a copy of the write-ahead log aside if acknowledged events are missing: SQLite overwrites
   * what it cannot read of the log as soon as anything is written.
   */
  private void preserve() throws IOException {
    if (!exists() || !Files.exists(writeAheadLog()) || Files.size(writeAheadLog()) == 0) {
      return;
    }
    if (lacksEvents()) {
      Path aside = Aside.name(writeAheadLog());
      Files.copy(writeAheadLog(), aside);
      log.warn("{} lacks acknowledged events; a copy of its log is {}.", file, aside);
    }
  }

  private boolean lacksEvents() {
    List<Acknowledged.Note> notes = Acknowledged.readAll(locks());
    try (Connection connection = read();
        PreparedStatement head =
            connection.prepareStatement("SELECT events FROM study_head WHERE persistence_id = ?")) {
      String key = databaseKey(SqliteSchema.id(connection));
      for (Acknowledged.Note note : notes) {
        head.setString(1, PersistenceIds.of(note.study()));
        try (ResultSet row = head.executeQuery()) {
          if (note.of(key) > (row.next() ? row.getLong(1) : 0)) {
            return true;
          }
        }
      }
      return false;
    } catch (SQLException | IOException e) {
      return !notes.isEmpty(); // it cannot even be read
    }
  }

  @Override
  public long acknowledged(Connection reading, String study) {
    Acknowledged.Note note = Acknowledged.read(locks(), study);
    if (note == null) {
      return 0;
    }
    try {
      return note.of(databaseKey(SqliteSchema.id(reading)));
    } catch (SQLException | IOException e) {
      return 0; // reading the events will tell
    }
  }

  @Override
  public List<String> acknowledgedStudies(Connection reading) {
    var studies = new ArrayList<String>();
    try {
      String key = databaseKey(SqliteSchema.id(reading));
      for (Acknowledged.Note note : Acknowledged.readAll(locks())) {
        if (note.of(key) > 0) {
          studies.add(note.study());
        }
      }
    } catch (SQLException | IOException e) {
      return List.of(); // reading the events will tell
    }
    return studies;
  }

  Path locks() {
    return file.resolveSibling(LOCKS);
  }

  /** A copy of the file has another identity, and a new file at its place another id. */
  private String databaseKey(@Nullable String id) throws IOException {
    return id + "\n" + identity();
  }

  /** Nothing is changed by reading, not even where a write-ahead log waits. */
  @Override
  public Connection read() throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setReadOnly(true);
    config.setBusyTimeout(PATIENCE_MILLIS);
    try {
      return readable(connect(url(), config.toProperties()));
    } catch (SQLException e) {
      if (Files.isWritable(file.getParent()) || Files.exists(writeAheadLog())) {
        throw e;
      }
      // A folder in which SQLite cannot even put its index of the log: there is no log, either.
      return readable(connect(url() + "?immutable=1", config.toProperties()));
    }
  }

  @Override
  public Connection write() throws IOException, SQLException {
    create();
    return connect(url(), writing());
  }

  private static Connection readable(Connection connection) throws SQLException {
    try {
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA cell_size_check = ON");
      }
      SqliteSchema.version(connection);
      connection.setAutoCommit(false);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private static Connection connect(String url, Properties properties) throws SQLException {
    return org.sqlite.JDBC.createConnection(url, properties);
  }

  Path writeAheadLog() {
    return file.resolveSibling(FILE_NAME + "-wal");
  }

  /**
   * Returns what tells this file from another one of the same name, or null where the file system
   * has no such thing.
   *
   * @throws IOException if there is no such file
   */
  @Nullable Object identity() throws IOException {
    return Files.readAttributes(file, BasicFileAttributes.class).fileKey();
  }

  @Override
  public void expectFailures(Connection reading) {
    // A statement that fails leaves the transaction as it was.
  }

  @Override
  public PreparedStatement rowQuery(Connection reading, String persistenceId) throws SQLException {
    return reading.prepareStatement(
        """
        SELECT persistence_id, sequence_number, event_payload FROM event_journal
        WHERE ordering = ?
        """);
  }

  @Override
  public String[] lastRowQueries() {
    return new String[] {
      "SELECT seq FROM sqlite_sequence WHERE name = 'event_journal'",
      "SELECT MAX(ordering) FROM event_journal"
    };
  }

  @Override
  public String sizeQuery() {
    return "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size";
  }

  /** One connection: SQLite has one writer at a time in any case. */
  @Override
  public Map<String, Object> slick() {
    Map<String, Object> properties = new HashMap<>();
    writing().forEach((key, value) -> properties.put(key.toString(), value.toString()));
    return Map.of(
        "profile",
        "slick.jdbc.SQLiteProfile$",
        "db",
        Map.of(
            "url",
            url(),
            "driver",
            "org.sqlite.JDBC",
            "properties",
            properties,
            "numThreads",
            1,
            "maxConnections",
            1,
            "minConnections",
            1,
            "keepAliveConnection",
            false,
            "maxLifetime",
            0));
  }

  /** A full disk makes SQLite end its transaction, of which the journal then tells instead. */
  @Override
  public String explain(Throwable failure) {
    String message = String.valueOf(failure.getMessage());
    try {
      long left = Files.getFileStore(file.getParent()).getUsableSpace();
      return left < LITTLE_SPACE ? message + "; its disk has " + left + " bytes left" : message;
    } catch (IOException e) {
      return message;
    }
  }

  /** Other processes write, or the disk takes long; a full disk does not become empty by itself. */
  @Override
  public boolean isPassing(Throwable failure) {
    return Failures.isLate(failure)
        || has(failure, SQLiteErrorCode.SQLITE_BUSY)
        || has(failure, SQLiteErrorCode.SQLITE_LOCKED);
  }

  @Override
  public boolean isConflict(Throwable failure) {
    return Failures.has(
        failure,
        each ->
            each instanceof SQLiteException sqlite
                && sqlite.getResultCode() == SQLiteErrorCode.SQLITE_CONSTRAINT_UNIQUE);
  }

  private static boolean has(Throwable failure, SQLiteErrorCode code) {
    return Failures.has(
        failure,
        each ->
            each instanceof SQLiteException sqlite
                && (sqlite.getResultCode().code & PRIMARY_CODE) == code.code);
  }

  @Override
  public RepairReport repair(String study) throws IOException, SQLException {
    return SqliteRepair.run(this, study);
  }

  /** Creates a new database without a write-ahead log, so that all of it is in one file. */
  Connection createPlain() throws SQLException {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.DELETE);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    Connection connection = connect(url(), config.toProperties());
    try {
      SqliteSchema.migrate(connection);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }
}
