package dev.troupe.strategy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * The envelope of what {@link Strategy#save} returns: the word {@code troupe-strategy}, the
 * strategy's name, the version of its form, its own fields, and a CRC-32C over all of that. Damage
 * and mix-ups are found before a field is believed.
 */
public final class SavedState {

  private static final String MAGIC = "troupe-strategy";
  private static final int CHECKSUM_BYTES = Integer.BYTES;

  private SavedState() {}

  /** Writes the strategy's own fields. */
  @FunctionalInterface
  public interface Writer {
    /** Writes all fields to {@code out}. */
    void write(DataOutputStream out) throws IOException;
  }

  /**
   * Reads the strategy's own fields.
   *
   * @param <T> what holds them
   */
  @FunctionalInterface
  public interface Reader<T> {
    /**
     * Reads all fields that {@code version} of the form has, and changes nothing else.
     *
     * @throws IllegalArgumentException if a field has an impossible value
     */
    T read(DataInputStream in, int version) throws IOException;
  }

  /**
   * Returns a state.
   *
   * @param strategy the registered name
   * @param version of the form of the fields, from 1
   * @param body writes the fields
   */
  public static byte[] write(String strategy, int version, Writer body) {
    var bytes = new ByteArrayOutputStream();
    try (var out = new DataOutputStream(bytes)) {
      out.write(MAGIC.getBytes(StandardCharsets.US_ASCII));
      out.writeUTF(strategy);
      out.writeShort(version);
      body.write(out);
      out.writeInt(checksum(bytes.toByteArray(), bytes.size()));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // an array takes every byte
    }
    return bytes.toByteArray();
  }

  /**
   * Returns what {@code body} reads.
   *
   * @param state what {@link #write} returned
   * @param strategy the registered name
   * @param newest the newest version of the form that {@code body} can read
   * @throws IllegalArgumentException if the bytes are no undamaged state of this strategy, or of a
   *     newer version
   */
  public static <T> T read(byte[] state, String strategy, int newest, Reader<T> body) {
    byte[] magic = MAGIC.getBytes(StandardCharsets.US_ASCII);
    int end = state.length - CHECKSUM_BYTES;
    if (end < magic.length || !Arrays.equals(state, 0, magic.length, magic, 0, magic.length)) {
      throw refuse(strategy, "%d bytes of something else".formatted(state.length));
    }
    try (var in = new DataInputStream(new ByteArrayInputStream(state, magic.length, end))) {
      requireChecksum(state, end, strategy);
      String name = in.readUTF();
      if (!name.equals(strategy)) {
        throw refuse(strategy, "a state of '%s'".formatted(name));
      }
      int version = in.readUnsignedShort();
      if (version < 1 || version > newest) {
        throw refuse(strategy, "of version %d, and %d is the newest".formatted(version, newest));
      }
      T fields = body.read(in, version);
      if (in.available() != CHECKSUM_BYTES) {
        throw refuse(strategy, "%d bytes too long".formatted(in.available() - CHECKSUM_BYTES));
      }
      return fields;
    } catch (IOException e) {
      throw new IllegalArgumentException(message(strategy, "cut short"), e);
    }
  }

  private static void requireChecksum(byte[] state, int end, String strategy) throws IOException {
    try (var in = new DataInputStream(new ByteArrayInputStream(state, end, CHECKSUM_BYTES))) {
      if (in.readInt() != checksum(state, end)) {
        throw refuse(strategy, "damaged: its checksum does not match");
      }
    }
  }

  private static int checksum(byte[] bytes, int length) {
    var crc = new CRC32C();
    crc.update(bytes, 0, length);
    return (int) crc.getValue();
  }

  private static IllegalArgumentException refuse(String strategy, String what) {
    return new IllegalArgumentException(message(strategy, what));
  }

  private static String message(String strategy, String what) {
    return "Strategy '%s': a saved state must be its own, but this one is %s. Maybe begin anew."
        .formatted(strategy, what);
  }
}
