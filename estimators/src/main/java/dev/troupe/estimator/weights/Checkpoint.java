package dev.troupe.estimator.weights;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** What an earlier attempt of the trial has saved. */
public final class Checkpoint {

  private final long step;
  private final CheckpointContent content;

  private Checkpoint(long step, CheckpointContent content) {
    this.step = step;
    this.content = requireNonNull(content, "content");
  }

  /**
   * Returns a checkpoint.
   *
   * @param step how far the trial had come
   * @param content copies what it saved there
   */
  public static Checkpoint of(long step, CheckpointContent content) {
    return new Checkpoint(step, content);
  }

  /** Returns how far the trial had come; what is reported from now on comes after it. */
  public long step() {
    return step;
  }

  /**
   * Copies what was saved there. It counts only if this returns.
   *
   * @throws IOException if it cannot be read, or {@code out} cannot be written
   */
  public void writeTo(OutputStream out) throws IOException {
    content.writeTo(out);
  }

  /**
   * Returns what was saved there, for content that fits in memory.
   *
   * @throws IOException if it cannot be read
   */
  public byte[] bytes() throws IOException {
    var out = new ByteArrayOutputStream();
    writeTo(out);
    return out.toByteArray();
  }
}
