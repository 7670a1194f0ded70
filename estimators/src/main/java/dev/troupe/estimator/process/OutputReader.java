package dev.troupe.estimator.process;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Semaphore;

/**
 * Reads a program's standard output line by line into a queue. Lines are bounded in length, and so
 * is the number of those that wait: a program that talks faster than it is listened to is held up
 * by its own pipe.
 */
final class OutputReader implements Runnable {

  /** How long a line may be, in bytes: room for tens of thousands of numbers. */
  static final int LONGEST_LINE = 1 << 20;

  private static final int MOST_WAITING = 16;

  private final InputStream stream;
  private final BlockingQueue<Output> queue;
  private final Semaphore places = new Semaphore(MOST_WAITING);
  private final ByteArrayOutputStream line = new ByteArrayOutputStream(256);
  private volatile boolean discarding;

  OutputReader(InputStream stream, BlockingQueue<Output> queue) {
    this.stream = stream;
    this.queue = queue;
  }

  /** Says that a line was taken from the queue, so that another may wait. */
  void taken() {
    places.release();
  }

  /** From now on throws away what it reads: nobody listens any more. */
  void discard() {
    discarding = true;
    places.release();
  }

  @Override
  public void run() {
    try {
      read();
    } catch (IOException e) {
      queue.add(new Output.Closed()); // the pipe broke: the program was killed
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void read() throws IOException, InterruptedException {
    var buffer = new byte[8192];
    for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
      if (!discarding && !split(buffer, read)) {
        return;
      }
    }
    if (line.size() > 0 && !discarding) {
      offer(false);
    }
    queue.add(new Output.Closed());
  }

  /** Cuts bytes into lines; returns false after one that cannot be taken. */
  private boolean split(byte[] bytes, int length) throws InterruptedException {
    int start = 0;
    for (int i = 0; i < length; i++) {
      if (bytes[i] == '\n') {
        line.write(bytes, start, i - start);
        start = i + 1;
        if (!offer(true)) {
          return false;
        }
      }
    }
    line.write(bytes, start, length - start);
    return line.size() <= LONGEST_LINE || refuseLong();
  }

  private boolean offer(boolean terminated) throws InterruptedException {
    if (discarding) {
      line.reset();
      return true;
    }
    if (line.size() > LONGEST_LINE) {
      return refuseLong();
    }
    Output output = decode(terminated);
    line.reset();
    if (output instanceof Output.Line) {
      places.acquire();
    }
    queue.add(output);
    return output instanceof Output.Line;
  }

  private boolean refuseLong() {
    queue.add(
        new Output.Unreadable(
            "a line must not exceed %d bytes, but went on".formatted(LONGEST_LINE)));
    return false;
  }

  private Output decode(boolean terminated) {
    try {
      var text =
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(line.toByteArray()))
              .toString();
      return new Output.Line(text, terminated);
    } catch (CharacterCodingException e) {
      var lossy = line.toString(StandardCharsets.UTF_8);
      return new Output.Unreadable(
          "a line must be UTF-8, but was \"%s\"".formatted(Protocol.abbreviate(lossy)));
    }
  }
}
