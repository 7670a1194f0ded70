package dev.troupe.codec;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Reads what {@link EventOutput} wrote. Every method throws {@link DamageException} if that is not
 * what the bytes hold. Not thread safe.
 */
public final class EventInput {

  private static final int LONGEST_NUMBER = 10;

  private final byte[] bytes;
  private final Map<String, String> texts;
  private int next;

  /**
   * @param texts one copy of each short text for all records: names come again and again
   */
  public EventInput(byte[] bytes, Map<String, String> texts) {
    this.bytes = bytes;
    this.texts = texts;
  }

  public EventInput(byte[] bytes) {
    this(bytes, new HashMap<>());
  }

  public int readByte() {
    if (next == bytes.length) {
      throw new DamageException("the record ends too early");
    }
    return bytes[next++] & 0xFF;
  }

  public boolean readBoolean() {
    int value = readByte();
    if (value > 1) {
      throw new DamageException("%d is no truth value".formatted(value));
    }
    return value == 1;
  }

  public long readLong() {
    long value = 0;
    for (int i = 0; i < LONGEST_NUMBER; i++) {
      int b = readByte();
      value |= (b & 0x7FL) << 7 * i;
      if (b < 0x80) {
        return value >>> 1 ^ -(value & 1);
      }
    }
    throw new DamageException("a number has no end");
  }

  public int readInt() {
    long value = readLong();
    if (value != (int) value) {
      throw new DamageException("%d is too large".formatted(value));
    }
    return (int) value;
  }

  public double readDouble() {
    long bits = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      bits = bits << Byte.SIZE | readByte();
    }
    return Double.longBitsToDouble(bits);
  }

  public String readText() {
    int length = readInt();
    int left = bytes.length - next;
    if (length > left || length < -left / 2) {
      throw new DamageException("a text of length %d has no end".formatted(length));
    }
    if (length < 0) {
      var text = new StringBuilder(-length);
      for (int i = 0; i < -length; i++) {
        text.append((char) (readByte() << Byte.SIZE | readByte()));
      }
      return text.toString();
    }
    var text = new String(bytes, next, length, StandardCharsets.UTF_8);
    next += length;
    return text;
  }

  /** Returns a text that many records share. */
  public String readName() {
    String name = readText();
    String known = texts.putIfAbsent(name, name);
    return known == null ? name : known;
  }

  /** Returns what {@link EventOutput#writeBytes} wrote. */
  public byte[] readBytes() {
    int length = readInt();
    if (length < 0 || length > bytes.length - next) {
      throw new DamageException("a block of length %d has no end".formatted(length));
    }
    next += length;
    return Arrays.copyOfRange(bytes, next - length, next);
  }

  public Instant readInstant() {
    return Instant.ofEpochSecond(readLong(), readInt());
  }

  public Duration readDuration() {
    return Duration.ofSeconds(readLong(), readInt());
  }

  /** Returns how many elements follow, each of at least a byte. */
  public int readCount() {
    int count = readInt();
    if (count < 0 || count > bytes.length - next) {
      throw new DamageException("%d elements do not fit".formatted(count));
    }
    return count;
  }

  public <T> List<T> readAll(Function<EventInput, T> element) {
    int count = readCount();
    var elements = new ArrayList<T>(count);
    for (int i = 0; i < count; i++) {
      elements.add(element.apply(this));
    }
    return elements;
  }

  /** Checks that nothing is left. */
  public void requireEnd() {
    if (next != bytes.length) {
      throw new DamageException("%d bytes are left over".formatted(bytes.length - next));
    }
  }
}
