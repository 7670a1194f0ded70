package dev.troupe.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** The program {@code sqlite3}, which commits each statement that it reads. */
final class SqliteProgram {

  private static final String TABLE = "event_journal";
  private static final int MOST_ROWS = 30_000;

  private SqliteProgram() {}

  static boolean isInstalled() throws InterruptedException {
    try {
      Process version =
          new ProcessBuilder("sqlite3", "-version")
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.DISCARD)
              .start();
      return version.waitFor() == 0;
    } catch (IOException e) {
      return false;
    }
  }

  /** Returns the first statement, which makes the table, and one for each row of a ledger. */
  static List<String> inserts(Path database) throws SQLException {
    var statements = new ArrayList<String>();
    try (Connection connection = DriverManager.getConnection("jdbc:sqlite:" + database);
        Statement statement = connection.createStatement()) {
      var columns = new ArrayList<String>();
      try (ResultSet row = statement.executeQuery("PRAGMA table_info(" + TABLE + ")")) {
        while (row.next()) {
          columns.add(row.getString("name"));
        }
      }
      statements.add(
          "CREATE TABLE %s (%s INTEGER PRIMARY KEY, %s);"
              .formatted(
                  TABLE, columns.get(0), String.join(", ", columns.subList(1, columns.size()))));
      String values =
          String.join(" || ',' || ", columns.stream().map(name -> "quote(" + name + ")").toList());
      String rows = "SELECT %s FROM %s ORDER BY 1 LIMIT %d".formatted(values, TABLE, MOST_ROWS);
      try (ResultSet row = statement.executeQuery(rows)) {
        while (row.next()) {
          statements.add("INSERT INTO %s VALUES (%s);".formatted(TABLE, row.getString(1)));
        }
      }
    }
    return statements;
  }

  /**
   * Returns how many rows a second it inserts into a new database.
   *
   * @param mode the journal mode; commits are forced to the disk in each
   * @param statements to make the table and to insert
   * @param seconds after which no more are given
   */
  static double rate(Path database, String mode, List<String> statements, double seconds)
      throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder("sqlite3", "-batch", database.toString())
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    long start = System.nanoTime();
    int rows = 0;
    try (BufferedWriter input = process.outputWriter(UTF_8)) {
      input.write("PRAGMA journal_mode = %s;%nPRAGMA synchronous = FULL;%n".formatted(mode));
      input.write(statements.get(0) + "\n");
      while (rows < statements.size() - 1 && System.nanoTime() - start < seconds * 1e9) {
        rows++;
        input.write(statements.get(rows) + "\n");
        input.flush();
      }
    }
    int status = process.waitFor(); // when all that it was given is on the disk
    if (status != 0) {
      throw new IllegalStateException("sqlite3 ended with status " + status);
    }
    return rows / ((System.nanoTime() - start) / 1e9);
  }
}
