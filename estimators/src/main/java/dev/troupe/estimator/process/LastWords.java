package dev.troupe.estimator.process;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.regex.Pattern;

/**
 * Drains a program's standard error, so that it never waits for us, and keeps the end of it. {@link
 * #run} belongs to one thread; {@link #text} may be called by any.
 */
public final class LastWords implements Runnable {

  /** How many bytes are kept. */
  public static final int KEPT = 2048;

  private static final Pattern ESCAPES = Pattern.compile("\u001B\\[[0-9;?]*[ -/]*[@-~]");
  private static final Pattern CONTROLS = Pattern.compile("[\\p{Cntrl}&&[^\n\t]]");

  private final InputStream stream;
  private final byte[] ring = new byte[KEPT];
  private long total;

  /**
   * @param stream the program's standard error
   */
  public LastWords(InputStream stream) {
    this.stream = stream;
  }

  @Override
  public void run() {
    var buffer = new byte[8192];
    try {
      for (int read = stream.read(buffer); read >= 0; read = stream.read(buffer)) {
        keep(buffer, read);
      }
    } catch (IOException e) {
      // The pipe broke because the program was killed: what came before is all there is.
      return;
    }
  }

  /** Takes in what was written, as if it had come through the stream. */
  public synchronized void keep(byte[] bytes, int length) {
    for (int i = Math.max(0, length - KEPT); i < length; i++) {
      ring[(int) ((total + i) % KEPT)] = bytes[i];
    }
    total += length;
  }

  /** Forgets what was written until now: it belongs to something else. */
  public synchronized void forget() {
    total = 0;
  }

  /**
   * Returns the end of what was written, without escape sequences and control characters; it begins
   * with … where something was left out, and is empty if nothing was written.
   */
  public synchronized String text() {
    int length = (int) Math.min(total, KEPT);
    var bytes = new byte[length];
    for (int i = 0; i < length; i++) {
      bytes[i] = ring[(int) ((total - length + i) % KEPT)];
    }
    int start = total > KEPT ? characterStart(bytes) : 0;
    var text = new String(bytes, start, length - start, StandardCharsets.UTF_8).strip();
    text = text.replace("\r\n", "\n").replace('\r', '\n');
    text = CONTROLS.matcher(ESCAPES.matcher(text).replaceAll("")).replaceAll("");
    return total > KEPT ? "…" + text : text;
  }

  /** Returns the index of the first byte that does not continue a character. */
  private static int characterStart(byte[] bytes) {
    int start = 0;
    while (start < bytes.length && (bytes[start] & 0xC0) == 0x80) {
      start++;
    }
    return start;
  }
}
