package dev.troupe.codec;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * What lies in the journal: the CRC32C over persistence id, sequence number, manifest and values,
 * then manifest and values. So an event counts only at the place for which it was written.
 */
public final class Envelope {

  private Envelope() {}

  /** Returns the sealed bytes: checksum, manifest, values. */
  public static byte[] seal(String persistenceId, long sequenceNumber, byte[] encoded) {
    return ByteBuffer.allocate(Integer.BYTES + encoded.length)
        .putInt(checksum(persistenceId, sequenceNumber, encoded))
        .put(encoded)
        .array();
  }

  /**
   * Returns manifest and values.
   *
   * @throws DamageException if they are not what was sealed at this place
   */
  public static byte[] open(String persistenceId, long sequenceNumber, byte[] sealed) {
    if (sealed.length < Integer.BYTES) {
      throw new DamageException("it has %d bytes only".formatted(sealed.length));
    }
    byte[] encoded = Arrays.copyOfRange(sealed, Integer.BYTES, sealed.length);
    if (ByteBuffer.wrap(sealed).getInt() != checksum(persistenceId, sequenceNumber, encoded)) {
      throw new DamageException("its checksum is wrong");
    }
    return encoded;
  }

  private static int checksum(String persistenceId, long sequenceNumber, byte[] encoded) {
    byte[] key = persistenceId.getBytes(StandardCharsets.UTF_8);
    var sum = new CRC32C();
    sum.update(ByteBuffer.allocate(Long.BYTES).putLong(sequenceNumber).flip());
    sum.update(key, 0, key.length);
    sum.update(encoded, 0, encoded.length);
    return (int) sum.getValue();
  }
}
