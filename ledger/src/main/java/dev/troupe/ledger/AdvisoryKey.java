package dev.troupe.ledger;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The number by which PostgreSQL knows the lock of a study, or of a schema. */
final class AdvisoryKey {

  private AdvisoryKey() {}

  /**
   * Returns the first 64 bits of the SHA-256 of both names.
   *
   * @param schema in which the tables are: two in one database are apart
   * @param what is locked
   */
  static long of(String schema, String what) {
    try {
      byte[] text = ("troupe\n" + schema + "\n" + what).getBytes(StandardCharsets.UTF_8);
      return ByteBuffer.wrap(MessageDigest.getInstance("SHA-256").digest(text)).getLong();
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every Java has SHA-256, but this one has not.", e);
    }
  }
}
