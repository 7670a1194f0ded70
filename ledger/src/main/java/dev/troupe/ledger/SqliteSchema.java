package dev.troupe.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The tables: those that the journal of Akka Persistence writes, and one that says how many events
 * each study has, kept by a trigger in the same transaction, so that a missing end is noticed.
 */
final class SqliteSchema {

  /** Tells our databases from those of others: "Trpe". */
  private static final int APPLICATION = 0x54727065;

  /** The number of the version lies in {@code user_version}. */
  static final Migrations MIGRATIONS =
      new Migrations(List.of(tables(), derived(), ControlTable.CREATION));

  private static List<String> tables() {
    return List.of(
        """
          CREATE TABLE event_journal (
            ordering INTEGER PRIMARY KEY AUTOINCREMENT,
            deleted BOOLEAN NOT NULL DEFAULT 0,
            persistence_id TEXT NOT NULL,
            sequence_number BIGINT NOT NULL,
            writer TEXT NOT NULL,
            write_timestamp BIGINT NOT NULL,
            adapter_manifest TEXT NOT NULL,
            event_payload BLOB NOT NULL,
            event_ser_id INTEGER NOT NULL,
            event_ser_manifest TEXT NOT NULL,
            meta_payload BLOB,
            meta_ser_id INTEGER,
            meta_ser_manifest TEXT,
            UNIQUE (persistence_id, sequence_number))
          """,
        """
          CREATE TABLE event_tag (
            event_id BIGINT NOT NULL,
            tag TEXT NOT NULL,
            PRIMARY KEY (event_id, tag))
          """,
        """
          CREATE TABLE study_head (
            persistence_id TEXT PRIMARY KEY NOT NULL,
            begun INTEGER NOT NULL,
            events INTEGER NOT NULL) WITHOUT ROWID
          """,
        """
          CREATE TRIGGER event_counted AFTER INSERT ON event_journal BEGIN
            INSERT INTO study_head VALUES (NEW.persistence_id, NEW.ordering, NEW.sequence_number)
            ON CONFLICT (persistence_id) DO UPDATE SET events = NEW.sequence_number;
          END
          """);
  }

  /**
   * The second version: what tells this database from others, and what can be made anew from the
   * events.
   */
  private static List<String> derived() {
    return List.of(
        "CREATE TABLE store (id TEXT NOT NULL)",
        "INSERT INTO store VALUES (lower(hex(randomblob(16))))",
        """
        CREATE TABLE snapshot (
          persistence_id TEXT NOT NULL,
          facts BIGINT NOT NULL,
          payload BLOB NOT NULL,
          PRIMARY KEY (persistence_id, facts))
        """,
        """
        CREATE TABLE segment (
          persistence_id TEXT NOT NULL,
          after_fact BIGINT NOT NULL,
          last_fact BIGINT NOT NULL,
          payload BLOB NOT NULL,
          PRIMARY KEY (persistence_id, after_fact))
        """);
  }

  /** Returns what tells a database from others; null in one of the first version. */
  static @Nullable String id(Connection connection) throws SQLException {
    if (version(connection) < 2) {
      return null;
    }
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT id FROM store")) {
      return row.next() ? row.getString(1) : null;
    }
  }

  private SqliteSchema() {}

  /** Leads to the newest version, in one transaction. */
  static void migrate(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    int version = version(connection);
    if (version < MIGRATIONS.newest()) {
      MIGRATIONS.run(connection, version);
      try (Statement statement = connection.createStatement()) {
        statement.execute("PRAGMA application_id = " + APPLICATION);
        statement.execute("PRAGMA user_version = " + MIGRATIONS.newest());
      }
    }
    connection.commit();
    connection.setAutoCommit(true);
  }

  /**
   * Returns the version of the schema, 0 if there is none.
   *
   * @throws SQLException if the database is not ours, or of a later version
   */
  static int version(Connection connection) throws SQLException {
    int application = pragma(connection, "application_id");
    int version = pragma(connection, "user_version");
    boolean empty = application == 0 && version == 0;
    if (!empty && (application != APPLICATION || version < 1)) {
      throw new SQLException("it is not a database of Troupe");
    }
    MIGRATIONS.requireKnown(version);
    return version;
  }

  private static int pragma(Connection connection, String name) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA " + name)) {
      return row.next() ? row.getInt(1) : 0;
    }
  }
}
