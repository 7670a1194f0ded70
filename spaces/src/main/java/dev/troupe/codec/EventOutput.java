package dev.troupe.codec;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.Collection;
import java.util.function.BiConsumer;

/**
 * Writes the values of a record one after the other, without names. Whole numbers take as many
 * bytes as they need, reals keep all their bits. Not thread safe.
 */
public final class EventOutput {

  private byte[] bytes = new byte[128];
  private int size;

  /** Returns a copy of what has been written. */
  public byte[] toBytes() {
    return Arrays.copyOf(bytes, size);
  }

  public void writeByte(int value) {
    if (size == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * size);
    }
    bytes[size++] = (byte) value;
  }

  public void writeBoolean(boolean value) {
    writeByte(value ? 1 : 0);
  }

  /** Seven bits a byte, lowest first; small numbers of either sign are short. */
  public void writeLong(long value) {
    long rest = value << 1 ^ value >> 63;
    while ((rest & ~0x7FL) != 0) {
      writeByte((int) (rest & 0x7F | 0x80));
      rest >>>= 7;
    }
    writeByte((int) rest);
  }

  public void writeDouble(double value) {
    writeFixedLong(Double.doubleToRawLongBits(value));
  }

  private void writeFixedLong(long value) {
    for (int shift = Long.SIZE - Byte.SIZE; shift >= 0; shift -= Byte.SIZE) {
      writeByte((int) (value >>> shift));
    }
  }

  /** Length and UTF-8; a text that is not well formed keeps its UTF-16, with a negative length. */
  public void writeText(String text) {
    if (isWellFormed(text)) {
      byte[] encoded = text.getBytes(StandardCharsets.UTF_8);
      writeLong(encoded.length);
      for (byte b : encoded) {
        writeByte(b);
      }
      return;
    }
    writeLong(-text.length());
    for (int i = 0; i < text.length(); i++) {
      writeByte(text.charAt(i) >>> Byte.SIZE);
      writeByte(text.charAt(i));
    }
  }

  private static boolean isWellFormed(String text) {
    return text.codePoints()
        .noneMatch(point -> point >= Character.MIN_SURROGATE && point <= Character.MAX_SURROGATE);
  }

  /** Length and bytes. */
  public void writeBytes(byte[] block) {
    writeLong(block.length);
    if (bytes.length - size < block.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * size, size + block.length));
    }
    System.arraycopy(block, 0, bytes, size, block.length);
    size += block.length;
  }

  public void writeInstant(Instant instant) {
    writeLong(instant.getEpochSecond());
    writeLong(instant.getNano());
  }

  public void writeDuration(Duration duration) {
    writeLong(duration.getSeconds());
    writeLong(duration.getNano());
  }

  public <T> void writeAll(Collection<T> elements, BiConsumer<EventOutput, T> element) {
    writeLong(elements.size());
    elements.forEach(each -> element.accept(this, each));
  }
}
