package dev.troupe.architecture.cell;

import dev.troupe.architecture.NetworkTask;

/** The rule that networks of cells are for pictures. */
final class Pictures {

  private Pictures() {}

  /** Refuses vectors; the subject, {@code Space 'nasnet'} say, begins the message. */
  static void require(String subject, NetworkTask task) {
    if (task.input().isVector()) {
      throw new IllegalArgumentException(
          "%s needs examples that are pictures, but these were %s. Maybe choose a space of dense layers, or give the examples the shape of a picture."
              .formatted(subject, task.input()));
    }
  }
}
