package dev.troupe.strategy.multifidelity;

import dev.troupe.codec.EventInput;
import dev.troupe.codec.EventOutput;
import dev.troupe.space.SearchSpace;
import dev.troupe.strategy.internal.Novelty;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;

/** How a {@link Novelty} is saved among other values. */
final class SavedNovelty {

  private SavedNovelty() {}

  static void write(EventOutput out, Novelty novelty) {
    var bytes = new ByteArrayOutputStream();
    try {
      novelty.write(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e); // an array takes every byte
    }
    out.writeBytes(bytes.toByteArray());
  }

  static Novelty read(EventInput in, SearchSpace space) {
    try {
      return Novelty.read(space, new DataInputStream(new ByteArrayInputStream(in.readBytes())));
    } catch (IOException e) {
      throw new IllegalArgumentException("The saved state is cut short.", e);
    }
  }
}
