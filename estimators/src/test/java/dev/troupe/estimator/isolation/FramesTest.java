package dev.troupe.estimator.isolation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FramesTest {

  private final ByteArrayOutputStream pipe = new ByteArrayOutputStream();
  private final ByteArrayOutputStream noise = new ByteArrayOutputStream();

  private Frames.Reader reader() {
    return new Frames.Reader(
        new ByteArrayInputStream(pipe.toByteArray()), piece -> noise.write(piece, 0, piece.length));
  }

  private static byte[] bytes(int length) {
    var bytes = new byte[length];
    new Random(length).nextBytes(bytes);
    return bytes;
  }

  @Test
  void read_framesOfAnyLength_areThoseWritten() throws IOException {
    int[] lengths = {0, 1, 4084, 4085, 4086, 8170, 100_000};
    var writer = new Frames.Writer(pipe);
    for (int length : lengths) {
      writer.write(bytes(length));
    }

    Frames.Reader reader = reader();
    for (int length : lengths) {
      assertThat(reader.read()).isEqualTo(bytes(length));
    }
    assertThat(reader.read()).isNull();
    assertThat(noise.size()).isZero();
  }

  @Test
  void read_textBetweenChunks_isSetApart() throws IOException {
    byte[] chatter = "half a line\nand ÿ more".getBytes(StandardCharsets.UTF_8);
    byte[] likeAMark = {(byte) 0xFF, (byte) 0xFE, 0x01, 0x02, (byte) 0xFF};
    var chunks = new ByteArrayOutputStream();
    new Frames.Writer(chunks).write(bytes(9000));
    byte[] frame = chunks.toByteArray();
    pipe.write(chatter);
    pipe.write(frame, 0, Frames.CHUNK);
    pipe.write(likeAMark);
    pipe.write(frame, Frames.CHUNK, frame.length - Frames.CHUNK);
    pipe.write(chatter);

    Frames.Reader reader = reader();

    assertThat(reader.read()).isEqualTo(bytes(9000));
    assertThat(reader.read()).isNull();
    var expected = new ByteArrayOutputStream();
    expected.write(chatter);
    expected.write(likeAMark);
    expected.write(chatter);
    assertThat(noise.toByteArray()).isEqualTo(expected.toByteArray());
  }

  @Test
  void read_chunkThatWasWrittenInto_isAnError() throws IOException {
    new Frames.Writer(pipe).write(bytes(100));
    byte[] damaged = pipe.toByteArray();
    damaged[50]++;
    pipe.reset();
    pipe.write(damaged);

    assertThatThrownBy(() -> reader().read()).isInstanceOf(IOException.class);
  }

  @Test
  void read_cutOff_isAnError() throws IOException {
    new Frames.Writer(pipe).write(bytes(100));
    byte[] whole = pipe.toByteArray();
    pipe.reset();
    pipe.write(whole, 0, 60);

    assertThatThrownBy(() -> reader().read()).isInstanceOf(IOException.class);
  }
}
