package dev.troupe.estimator.dl4j.data;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Unsigned bytes in the IDX format of the MNIST data sets: two zero bytes, the code 0x08, the
 * number of sides, each side as a big-endian int, then the values.
 */
final class IdxFile {

  private static final int UNSIGNED_BYTES = 0x08;

  private final int[] sides;
  private final byte[] values;

  private IdxFile(int[] sides, byte[] values) {
    this.sides = sides;
    this.values = values;
  }

  /** Returns {@code folder/name} or {@code folder/name.gz}, or null if neither is there. */
  static @Nullable Path find(Path folder, String name) {
    for (String candidate : new String[] {name, name + ".gz"}) {
      Path file = folder.resolve(candidate);
      if (Files.isReadable(file)) {
        return file;
      }
    }
    return null;
  }

  /**
   * Reads a file, compressed if its name ends in {@code .gz}.
   *
   * @param limit how many entries of the first side to read at most
   * @param dimensions how many sides there must be
   * @throws IllegalArgumentException if it is no such file, or cut off
   */
  static IdxFile read(Path file, int limit, int dimensions) {
    try (InputStream raw = Files.newInputStream(file);
        InputStream plain =
            file.toString().endsWith(".gz") ? new GZIPInputStream(raw, 1 << 16) : raw;
        DataInputStream in = new DataInputStream(new BufferedInputStream(plain, 1 << 16))) {
      return read(in, file, limit, dimensions);
    } catch (EOFException e) {
      throw new IllegalArgumentException(
          "%s: the file ends before its last value. Maybe copy it again.".formatted(file), e);
    } catch (ZipException e) {
      throw new IllegalArgumentException(
          "%s: a name with .gz needs a compressed file, but it is none. Maybe rename it."
              .formatted(file),
          e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "%s cannot be read (%s). Maybe change its owner or mode.".formatted(file, e.getMessage()),
          e);
    }
  }

  private static IdxFile read(DataInputStream in, Path file, int limit, int dimensions)
      throws IOException {
    int magic = in.readInt();
    if (magic != (UNSIGNED_BYTES << 8 | dimensions)) {
      throw new IllegalArgumentException(
          "%s: an IDX file of bytes in %d dimensions must begin with 0x%08x, but begins with 0x%08x. Maybe it is another file."
              .formatted(file, dimensions, UNSIGNED_BYTES << 8 | dimensions, magic));
    }
    var sides = new int[dimensions];
    for (int i = 0; i < dimensions; i++) {
      sides[i] = in.readInt();
      if (sides[i] < 1) {
        throw new IllegalArgumentException(
            "%s: each side must be at least 1, but they are %s. Maybe the file is damaged."
                .formatted(file, Arrays.toString(sides)));
      }
    }
    sides[0] = Math.min(sides[0], limit);
    var values = new byte[Math.toIntExact(product(sides))];
    in.readFully(values);
    return new IdxFile(sides, values);
  }

  private static long product(int[] sides) {
    long product = 1;
    for (int side : sides) {
      product = Math.multiplyExact(product, (long) side);
    }
    return product;
  }

  int side(int dimension) {
    return sides[dimension];
  }

  /** Returns the values themselves, not a copy. */
  byte[] values() {
    return values;
  }
}
