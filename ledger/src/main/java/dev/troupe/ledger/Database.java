package dev.troupe.ledger;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.sqlite.SQLiteConfig;

/**
 * The database file of a home folder, and how it is opened: write-ahead log, every commit forced to
 * the disk, and patience with other processes that write. Immutable.
 */
record Database(Path file) {

  private static final String FILE_NAME = "troupe.db";
  private static final int PATIENCE_MILLIS = 30_000;

  /** Returns the database of a home folder, whether it exists or not. */
  static Database in(Path home) {
    return new Database(home.toAbsolutePath().normalize().resolve(FILE_NAME));
  }

  boolean exists() {
    return Files.isRegularFile(file);
  }

  /** Returns the address for JDBC: the path as a URI, so that no character of it has a meaning. */
  String url() {
    return "jdbc:sqlite:" + file.toUri();
  }

  /** Returns how writers open it. */
  static Properties writing() {
    SQLiteConfig config = new SQLiteConfig();
    config.setJournalMode(SQLiteConfig.JournalMode.WAL);
    config.setSynchronous(SQLiteConfig.SynchronousMode.FULL);
    config.setTransactionMode(SQLiteConfig.TransactionMode.IMMEDIATE);
    config.setBusyTimeout(PATIENCE_MILLIS);
    return config.toProperties();
  }

  /** Creates what is missing: the folder, the file, its tables. */
  void create() throws IOException, SQLException {
    Files.createDirectories(file.getParent());
    try (Connection connection = connect(url(), writing())) {
      Schema.create(connection);
    }
  }

  /** Opens it for reading; nothing is changed, not even where a write-ahead log waits. */
  Connection read() throws SQLException {
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

  private static Connection readable(Connection connection) throws SQLException {
    try {
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA cell_size_check = ON");
      }
      Schema.requireReadable(connection);
      return connection;
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  private static Connection connect(String url, Properties properties) throws SQLException {
    return org.sqlite.JDBC.createConnection(url, properties);
  }

  private Path writeAheadLog() {
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
}
