package dev.troupe.estimator.isolation;

import java.io.IOException;
import java.io.OutputStream;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Writes frames to a child's standard input from a thread of its own: a child that hangs does not
 * read them, and then a full pipe must hold up nobody else.
 */
final class FrameSender implements Runnable {

  private static final byte[] END = {};

  private final OutputStream stream;
  private final BlockingQueue<byte[]> frames = new LinkedBlockingQueue<>();

  FrameSender(OutputStream stream) {
    this.stream = stream;
  }

  /** Sends a message soon. */
  void send(ToChild message) {
    frames.add(Wire.encode(message));
  }

  /** Ends the child's standard input after what was sent. */
  void end() {
    frames.add(END);
  }

  @Override
  public void run() {
    try (stream) {
      var writer = new Frames.Writer(stream);
      for (byte[] frame = frames.take(); frame.length > 0; frame = frames.take()) {
        writer.write(frame);
      }
    } catch (IOException e) {
      return; // the child is dead, which its output will tell
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
