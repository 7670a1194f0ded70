package dev.troupe.ledger;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;

/** The right to write one study, until it is closed or taken away. Thread safe. */
interface StudyHold extends AutoCloseable {

  /** Returns a text that no other database has, not even a later one at the same place. */
  String databaseKey();

  /**
   * Makes sure before an append that the study is still held, and takes it back if it was lost.
   *
   * @param credit for how long an earlier answer counts
   * @throws IllegalStateException if somebody else has it by now, whom the message names
   * @throws SQLException if that cannot be found out now
   */
  void renew(Duration credit) throws SQLException;

  /**
   * An append has been written.
   *
   * @param events how many there are now
   * @throws IOException if what was written will not be found again
   */
  void kept(long events) throws IOException;

  /** Gives it back; a second time does nothing. */
  @Override
  void close();
}
