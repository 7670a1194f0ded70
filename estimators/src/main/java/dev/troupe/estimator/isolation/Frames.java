package dev.troupe.estimator.isolation;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Messages as bytes on a pipe that others may write to as well.
 *
 * <p>A frame is cut into chunks of at most {@value #CHUNK} bytes, which a pipe takes whole (POSIX
 * asks {@code PIPE_BUF} to be at least 512, Linux has 4,096): what a native library prints can come
 * between two chunks, but not into one. A chunk is four bytes that no text contains, a byte that is
 * 1 in the last chunk of a frame, two bytes of length, four of CRC32C over these three and the
 * content, and the content. Bytes outside of chunks are no part of any message.
 */
final class Frames {

  /** The longest chunk, head and content together. */
  static final int CHUNK = 4096;

  /** 0xFF and 0xFE occur in no UTF-8. */
  private static final byte[] MARK = {(byte) 0xFF, (byte) 0xFE, 0x01, (byte) 0xFF};

  private static final int HEAD = MARK.length + 1 + Short.BYTES + Integer.BYTES;
  private static final int CONTENT = CHUNK - HEAD;

  private Frames() {}

  /** Writes frames. Not thread safe. */
  static final class Writer {

    private final OutputStream stream;

    /**
     * @param stream hands every array that it is given to the system in one piece
     */
    Writer(OutputStream stream) {
      this.stream = stream;
    }

    void write(byte[] frame) throws IOException {
      int next = 0;
      do {
        int length = Math.min(CONTENT, frame.length - next);
        boolean last = next + length == frame.length;
        ByteBuffer chunk = ByteBuffer.allocate(HEAD + length);
        chunk.put(MARK).put((byte) (last ? 1 : 0)).putShort((short) length);
        chunk.putInt(checksum(last, frame, next, length)).put(frame, next, length);
        stream.write(chunk.array());
        next += length;
      } while (next < frame.length);
      stream.flush();
    }
  }

  /** Reads frames. Not thread safe. */
  static final class Reader {

    private final InputStream stream;
    private final Consumer<byte[]> noise;
    private final ByteArrayOutputStream strange = new ByteArrayOutputStream();

    /**
     * @param noise gets what is no part of any frame, piece by piece
     */
    Reader(InputStream stream, Consumer<byte[]> noise) {
      this.stream = new BufferedInputStream(stream, 1 << 14);
      this.noise = noise;
    }

    /**
     * Returns the next frame, or null at the end.
     *
     * @throws IOException if the pipe breaks, ends within a chunk or holds a damaged one
     */
    byte @Nullable [] read() throws IOException {
      var frame = new ByteArrayOutputStream();
      boolean last = false;
      while (!last) {
        if (!skipToMark()) {
          return null;
        }
        last = readChunk(frame);
      }
      return frame.toByteArray();
    }

    private boolean skipToMark() throws IOException {
      int matched = 0;
      while (matched < MARK.length) {
        int next = stream.read();
        if (next < 0) {
          passNoise();
          return false;
        }
        if ((byte) next == MARK[matched]) {
          matched++;
        } else {
          strange.write(MARK, 0, matched);
          matched = (byte) next == MARK[0] ? 1 : 0;
          if (matched == 0) {
            strange.write(next);
          }
          if (next == '\n' || strange.size() > CHUNK) {
            passNoise();
          }
        }
      }
      passNoise();
      return true;
    }

    private void passNoise() {
      if (strange.size() > 0) {
        noise.accept(strange.toByteArray());
        strange.reset();
      }
    }

    private boolean readChunk(ByteArrayOutputStream frame) throws IOException {
      ByteBuffer head = ByteBuffer.wrap(exactly(HEAD - MARK.length));
      boolean last = head.get() == 1;
      int length = head.getShort();
      int checksum = head.getInt();
      if (length < 0 || length > CONTENT) {
        throw new IOException("a chunk of %d bytes".formatted(length));
      }
      byte[] content = exactly(length);
      if (checksum != checksum(last, content, 0, length)) {
        throw new IOException("a chunk with a wrong checksum");
      }
      frame.write(content, 0, length);
      return last;
    }

    private byte[] exactly(int length) throws IOException {
      byte[] bytes = stream.readNBytes(length);
      if (bytes.length < length) {
        throw new EOFException("a chunk without its end");
      }
      return bytes;
    }
  }

  private static int checksum(boolean last, byte[] bytes, int offset, int length) {
    var sum = new CRC32C();
    sum.update(last ? 1 : 0);
    sum.update(length >>> Byte.SIZE);
    sum.update(length);
    sum.update(bytes, offset, length);
    return (int) sum.getValue();
  }
}
