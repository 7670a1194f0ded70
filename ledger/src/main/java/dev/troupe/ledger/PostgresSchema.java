package dev.troupe.ledger;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The tables in PostgreSQL: the same as in SQLite, the number of the schema's version, and who
 * writes which study. A trigger counts the events of each study in the same transaction, once for
 * each statement, since a row for each event would be written anew for each.
 */
final class PostgresSchema {

  static final Migrations MIGRATIONS = new Migrations(List.of(tables(), ControlTable.CREATION));

  private static final String WHAT = "schema";

  private PostgresSchema() {}

  private static List<String> tables() {
    return List.of(
        """
        CREATE TABLE event_journal (
          ordering BIGSERIAL PRIMARY KEY,
          deleted BOOLEAN NOT NULL DEFAULT FALSE,
          persistence_id TEXT NOT NULL,
          sequence_number BIGINT NOT NULL,
          writer TEXT NOT NULL,
          write_timestamp BIGINT NOT NULL,
          adapter_manifest TEXT NOT NULL,
          event_payload BYTEA NOT NULL,
          event_ser_id INTEGER NOT NULL,
          event_ser_manifest TEXT NOT NULL,
          meta_payload BYTEA,
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
          persistence_id TEXT PRIMARY KEY,
          begun BIGINT NOT NULL,
          events BIGINT NOT NULL)
        """,
        """
        CREATE FUNCTION count_events() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
          INSERT INTO study_head
          SELECT persistence_id, MIN(ordering), MAX(sequence_number) FROM added
          GROUP BY persistence_id
          ON CONFLICT (persistence_id) DO UPDATE SET events = EXCLUDED.events;
          RETURN NULL;
        END $$
        """,
        """
        CREATE TRIGGER event_counted AFTER INSERT ON event_journal
        REFERENCING NEW TABLE AS added FOR EACH STATEMENT EXECUTE FUNCTION count_events()
        """,
        """
        CREATE TABLE study_holder (
          persistence_id TEXT PRIMARY KEY,
          holder TEXT NOT NULL,
          token TEXT NOT NULL)
        """,
        """
        CREATE TABLE snapshot (
          persistence_id TEXT NOT NULL,
          facts BIGINT NOT NULL,
          payload BYTEA NOT NULL,
          PRIMARY KEY (persistence_id, facts))
        """,
        """
        CREATE TABLE segment (
          persistence_id TEXT NOT NULL,
          after_fact BIGINT NOT NULL,
          last_fact BIGINT NOT NULL,
          payload BYTEA NOT NULL,
          PRIMARY KEY (persistence_id, after_fact))
        """,
        """
        CREATE TABLE damaged_event (
          moved_at TIMESTAMPTZ NOT NULL DEFAULT CURRENT_TIMESTAMP,
          ordering BIGINT NOT NULL,
          persistence_id TEXT NOT NULL,
          sequence_number BIGINT NOT NULL,
          event_payload BYTEA NOT NULL)
        """);
  }

  /** Creates the schema or leads it to the newest version, in one transaction. */
  static void migrate(Connection connection, String schema) throws SQLException {
    if (version(connection, schema) == MIGRATIONS.newest()) {
      return; // nothing that needs the right to create anything
    }
    connection.setAutoCommit(false);
    try (Statement statement = connection.createStatement()) {
      // Two processes at once would both find nothing, and both create it.
      statement.execute("SELECT pg_advisory_xact_lock(%d)".formatted(AdvisoryKey.of(schema, WHAT)));
      int version = version(connection, schema);
      if (version == 0) {
        statement.execute("CREATE SCHEMA IF NOT EXISTS " + quoted(schema));
        statement.execute("CREATE TABLE schema_version (version INTEGER NOT NULL)");
        statement.execute("INSERT INTO schema_version VALUES (0)");
      }
      MIGRATIONS.run(connection, version);
      statement.execute("UPDATE schema_version SET version = " + MIGRATIONS.newest());
    }
    connection.commit();
    connection.setAutoCommit(true);
  }

  /**
   * Returns the version of the schema, 0 if there is none.
   *
   * @throws SQLException if it is of a later version
   */
  static int version(Connection connection, String schema) throws SQLException {
    if (!exists(connection, schema)) {
      return 0;
    }
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("SELECT version FROM schema_version")) {
      int version = row.next() ? row.getInt(1) : 0;
      MIGRATIONS.requireKnown(version);
      return version;
    }
  }

  private static boolean exists(Connection connection, String schema) throws SQLException {
    try (PreparedStatement query = connection.prepareStatement("SELECT to_regclass(?)")) {
      query.setString(1, quoted(schema) + ".schema_version");
      try (ResultSet row = query.executeQuery()) {
        return row.next() && row.getString(1) != null;
      }
    }
  }

  private static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }
}
