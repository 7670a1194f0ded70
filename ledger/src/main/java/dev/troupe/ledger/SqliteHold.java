package dev.troupe.ledger;

import java.io.IOException;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The right to write a study in a file: a locked file beside it. */
final class SqliteHold implements StudyHold {

  private static final Logger log = LoggerFactory.getLogger(SqliteHold.class);

  private final SqliteStore store;
  private final StudyLock lock;
  private final Acknowledged acknowledged;
  private final @Nullable Object identity;

  private SqliteHold(
      SqliteStore store, StudyLock lock, Acknowledged acknowledged, @Nullable Object identity) {
    this.store = store;
    this.lock = lock;
    this.acknowledged = acknowledged;
    this.identity = identity;
  }

  /** Takes over what was opened; closes it with itself. */
  static SqliteHold of(SqliteStore store, StudyLock lock, Acknowledged acknowledged)
      throws IOException {
    return new SqliteHold(store, lock, acknowledged, store.identity());
  }

  @Override
  public String databaseKey() {
    return store.place() + "\n" + identity;
  }

  /** The operating system gives the lock to nobody else while this process lives. */
  @Override
  public void renew(Duration credit) {}

  /** A file that was removed can still be written to, but nobody will ever find it again. */
  @Override
  public void kept(long events) throws IOException {
    Object now;
    try {
      now = store.identity();
    } catch (IOException e) {
      throw new IOException("the file is gone (" + e + ")", e);
    }
    if (!Objects.equals(now, identity)) {
      throw new IOException("the file was replaced by another one");
    }
    acknowledged.write(events);
  }

  @Override
  public void close() {
    try (acknowledged) {
      lock.close();
    } catch (IOException e) {
      log.warn("The lock of a study was not given back: {}", e.toString());
    }
  }
}
