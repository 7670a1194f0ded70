package dev.troupe.ledger;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * The versions of a schema, each as the statements that lead to it from the one before. What was
 * once released stays as it is: a change is a further version.
 */
record Migrations(List<List<String>> versions) {

  /** Returns the number of the newest version; the first one is 1. */
  int newest() {
    return versions.size();
  }

  /** Leads from a version (0 for an empty database) to the newest one. */
  void run(Connection connection, int from) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (List<String> version : versions.subList(from, versions.size())) {
        for (String step : version) {
          statement.execute(step);
        }
      }
    }
  }

  /**
   * Checks that this version of Troupe knows a version of the schema.
   *
   * @throws SQLException if it is a later one
   */
  void requireKnown(int version) throws SQLException {
    if (version > newest()) {
      throw new SQLException(
          "it is of version %d, and this version of Troupe reads versions up to %d"
              .formatted(version, newest()));
    }
  }
}
