package dev.troupe.ledger;

import dev.troupe.actor.RepairReport;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * A database that keeps studies, and all in which one kind of database differs from another. The
 * tables are the same: {@code event_journal}, which the journal of Akka Persistence writes, and
 * {@code study_head}, which says how many events each study has. Immutable.
 */
sealed interface Store permits SqliteStore, PostgresStore {

  /** Returns how messages call it: where it is, without any password. */
  String place();

  /** Returns what may help where it cannot be opened: a sentence that begins with "Maybe". */
  String remedy();

  /** Returns what may help where it cannot be read: a sentence that begins with "Maybe". */
  String readingRemedy();

  /**
   * Takes the right to write a study, and creates what is missing.
   *
   * @throws IllegalStateException if somebody else has it, whom the message names
   * @throws IOException if its folder cannot be written
   * @throws SQLException if it cannot be opened, is not ours, or is of a later version
   */
  StudyHold hold(String study) throws IOException, SQLException;

  /**
   * Opens it for reading: all that is read until the connection is closed is of one moment.
   *
   * @throws SQLException if it cannot be opened, is not ours, or is of a later version
   */
  Connection read() throws SQLException;

  /**
   * Opens it for writing, each statement by itself, and creates what is missing. What it is for is
   * not to write events, which needs the study's {@link #hold}.
   *
   * @throws IOException if its folder cannot be written
   * @throws SQLException if it cannot be opened, is not ours, or is of a later version
   */
  Connection write() throws IOException, SQLException;

  /**
   * Returns how many events of a study were acknowledged, as far as that is known from elsewhere
   * than its tables. It has to be the first question of a connection: what is acknowledged later is
   * not looked for in what was read before.
   */
  long acknowledged(Connection reading, String study);

  /** Returns studies of which events were acknowledged, as far as the same is known. */
  List<String> acknowledgedStudies(Connection reading);

  /** Lets rows be asked for one by one, although asking for some of them fails. */
  void expectFailures(Connection reading) throws SQLException;

  /**
   * Returns the question for one row of a study, which trusts as little as possible: {@code
   * persistence_id, sequence_number, event_payload}; its first parameter is the number of the row.
   */
  PreparedStatement rowQuery(Connection reading, String persistenceId) throws SQLException;

  /** Returns questions for the number of the last row, of which the largest answer counts. */
  String[] lastRowQueries();

  /** Returns a question for how many bytes there are, which bounds the number of rows. */
  String sizeQuery();

  /** Returns what Slick has to know for the journal to write here. */
  Map<String, Object> slick();

  /** Returns why an append failed, in half a sentence. */
  String explain(Throwable failure);

  /** Returns whether a failure may pass by itself, so that trying again later makes sense. */
  boolean isPassing(Throwable failure);

  /** Returns whether a failure says that an event was there already. */
  boolean isConflict(Throwable failure);

  /**
   * Puts the damaged record of a study in order, and keeps what was damaged aside.
   *
   * @throws IllegalArgumentException if the beginning of the study is lost
   * @throws IllegalStateException if somebody writes it, whom the message names
   */
  RepairReport repair(String study) throws IOException, SQLException;
}
