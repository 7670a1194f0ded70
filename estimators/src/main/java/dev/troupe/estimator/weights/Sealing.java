package dev.troupe.estimator.weights;

import java.io.IOException;
import java.io.OutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Counts and hashes what passes through. Does not close what it writes to. */
final class Sealing extends OutputStream {

  private final OutputStream out;
  private final MessageDigest digest = sha256();
  private long bytes;

  Sealing(OutputStream out) {
    this.out = out;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JVM has SHA-256, but this one does not.", e);
    }
  }

  @Override
  public void write(int value) throws IOException {
    write(new byte[] {(byte) value}, 0, 1);
  }

  @Override
  public void write(byte[] content, int offset, int length) throws IOException {
    out.write(content, offset, length);
    digest.update(content, offset, length);
    bytes += length;
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  /** Returns how much has passed. */
  long bytes() {
    return bytes;
  }

  /** Returns the hash of all that has passed; called once, at the end. */
  String id() {
    return HexFormat.of().formatHex(digest.digest());
  }

  /**
   * Checks that all of a checkpoint has passed, and nothing else; called once, at the end.
   *
   * @throws DamagedCheckpointException otherwise
   */
  void require(CheckpointKey key, String place) throws DamagedCheckpointException {
    requireLength(key, place, bytes);
    String id = id();
    if (!id.equals(key.id())) {
      throw new DamagedCheckpointException(
          key, place, "its hash is %s, where %s is on record".formatted(id, key.id()));
    }
  }

  static void requireLength(CheckpointKey key, String place, long bytes)
      throws DamagedCheckpointException {
    if (bytes != key.bytes()) {
      throw new DamagedCheckpointException(
          key, place, "it has %d bytes, where %d are on record".formatted(bytes, key.bytes()));
    }
  }
}
