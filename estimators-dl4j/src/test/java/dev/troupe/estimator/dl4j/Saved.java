package dev.troupe.estimator.dl4j;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/** Brings the state of one thing to another by way of its saved form. */
final class Saved {

  private Saved() {}

  static void copy(TrainingNoise from, TrainingNoise to) throws IOException {
    var bytes = new ByteArrayOutputStream();
    from.save(new DataOutputStream(bytes));
    to.load(new DataInputStream(new ByteArrayInputStream(bytes.toByteArray())));
  }
}
