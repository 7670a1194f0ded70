package dev.troupe.estimator.process;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/**
 * Writes lines to a program's standard input from a thread of its own: a program need not read
 * them, and then a full pipe must hold up nobody else.
 */
final class InputWriter implements Runnable {

  private static final String END = "";

  private final OutputStream stream;
  private final BlockingQueue<String> lines = new LinkedBlockingQueue<>();

  InputWriter(OutputStream stream) {
    this.stream = stream;
  }

  /** Sends a line, without its end, soon. */
  void send(String line) {
    lines.add(line);
  }

  /** Closes standard input after what was sent. */
  void end() {
    lines.add(END);
  }

  @Override
  public void run() {
    try (stream) {
      for (String line = lines.take(); !line.equals(END); line = lines.take()) {
        stream.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        stream.flush();
      }
    } catch (IOException e) {
      // The program has closed its standard input, as it may: its output and status decide.
      return;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
