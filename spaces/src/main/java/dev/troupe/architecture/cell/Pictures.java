package dev.troupe.architecture.cell;

import dev.troupe.architecture.NetworkTask;

/** The rule that networks of cells are for pictures. */
final class Pictures {

  private Pictures() {}

  static void require(NetworkTask task) {
    if (task.input().isVector()) {
      throw new IllegalArgumentException(
          "Networks of cells need examples with height or width, but these were %s. Maybe choose a space of dense layers, or give the examples the shape of a picture."
              .formatted(task.input()));
    }
  }
}
