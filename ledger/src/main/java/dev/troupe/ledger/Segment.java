package dev.troupe.ledger;

import dev.troupe.codec.DamageException;
import dev.troupe.codec.EventCodec;
import dev.troupe.codec.EventInput;
import dev.troupe.codec.EventOutput;
import dev.troupe.study.StudyEvent;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.Inflater;

/**
 * The ends of many trials in one block, compressed: ended trials do not change any more, and who
 * wants all of them need not look for them among the facts.
 *
 * @param ends the ends by their places in the record
 */
record Segment(TreeMap<Long, StudyEvent.TrialEnded> ends) {

  private static final int VERSION = 1;

  byte[] encode() {
    var out = new EventOutput();
    out.writeAll(
        ends.entrySet(),
        (to, end) -> {
          to.writeLong(end.getKey());
          to.writeBytes(EventCodec.encode(end.getValue()));
        });
    byte[] plain = out.toBytes();
    var framed = new EventOutput();
    framed.writeByte(VERSION);
    framed.writeLong(plain.length);
    framed.writeBytes(deflate(plain));
    return framed.toBytes();
  }

  private static byte[] deflate(byte[] plain) {
    var deflater = new Deflater(Deflater.BEST_SPEED);
    var bytes = new ByteArrayOutputStream(plain.length / 2);
    try (var out = new DeflaterOutputStream(bytes, deflater)) {
      out.write(plain);
    } catch (IOException e) {
      throw new UncheckedIOException(e); // an array takes every byte
    } finally {
      deflater.end();
    }
    return bytes.toByteArray();
  }

  /**
   * Returns the segment that was written.
   *
   * @param texts one copy of each name for all that is read together; filled on the way
   * @throws DamageException if the bytes are none, or of a form that is not known
   */
  static Segment decode(String study, byte[] encoded, Map<String, String> texts) {
    var framed = new EventInput(encoded);
    int version = framed.readByte();
    if (version != VERSION) {
      throw new DamageException("it is of version %d".formatted(version));
    }
    int length = framed.readInt();
    var in = new EventInput(inflate(framed.readBytes(), length), texts);
    framed.requireEnd();
    var ends = new TreeMap<Long, StudyEvent.TrialEnded>();
    for (int left = in.readCount(); left > 0; left--) {
      long place = in.readLong();
      if (!(EventCodec.decode(study, in.readBytes(), texts) instanceof StudyEvent.TrialEnded end)) {
        throw new DamageException("event %d is not the end of a trial".formatted(place));
      }
      ends.put(place, end);
    }
    in.requireEnd();
    return new Segment(ends);
  }

  private static byte[] inflate(byte[] deflated, int length) {
    var inflater = new Inflater();
    try {
      inflater.setInput(deflated);
      byte[] plain = new byte[Math.max(0, length)];
      if (inflater.inflate(plain) != length) {
        throw new DamageException("it ends too early");
      }
      return plain;
    } catch (DataFormatException e) {
      throw new DamageException("it cannot be unpacked", e);
    } finally {
      inflater.end();
    }
  }
}
