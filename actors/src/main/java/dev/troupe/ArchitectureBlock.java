package dev.troupe;

import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.architecture.ArchitectureSpaces;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.architecture.Shape;
import dev.troupe.settings.Settings;
import dev.troupe.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The section {@code architecture} of a study file: the name of a space, its settings, and what the
 * networks are for where the estimator's data do not say it: {@code input = [channels, height,
 * width]}, or {@code [features]}, and {@code outputs}.
 */
final class ArchitectureBlock {

  private static final String INPUT = "input";
  private static final String OUTPUTS = "outputs";
  private static final int MOST_OUTPUTS = 1 << 24;

  private ArchitectureBlock() {}

  /**
   * Returns the space.
   *
   * @param hyperparameters searched together with the architecture; null for none
   * @param constraints on parameters of both
   * @param dataTask what the estimator's data say; asked only if the section does not say it all
   * @throws IllegalArgumentException if a setting is wrong, or neither the section nor the data say
   *     what the networks are for
   */
  static SearchSpace read(
      Settings settings,
      @Nullable SearchSpace hyperparameters,
      List<String> constraints,
      Supplier<Optional<NetworkTask>> dataTask) {
    NetworkTask task = task(settings, dataTask);
    ArchitectureSpace space =
        ArchitectureSpaces.create(task, settings.without(List.of(INPUT, OUTPUTS)));
    return space.joinedWith(hyperparameters, constraints);
  }

  private static NetworkTask task(Settings settings, Supplier<Optional<NetworkTask>> dataTask) {
    if (settings.has(INPUT) && settings.has(OUTPUTS)) {
      return new NetworkTask(input(settings), outputs(settings));
    }
    NetworkTask implied =
        dataTask
            .get()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "architecture.%s must be set, since the estimator's data do not say it. Maybe input = [3, 32, 32], outputs = 10."
                            .formatted(settings.has(INPUT) ? OUTPUTS : INPUT)));
    return new NetworkTask(
        settings.has(INPUT) ? input(settings) : implied.input(),
        settings.has(OUTPUTS) ? outputs(settings) : implied.outputs());
  }

  private static int outputs(Settings settings) {
    return settings.getInt(OUTPUTS, 1, 1, MOST_OUTPUTS);
  }

  private static Shape input(Settings settings) {
    var sides = new ArrayList<Integer>();
    for (String text : settings.getStrings(INPUT, List.of())) {
      try {
        sides.add(Integer.valueOf(text));
      } catch (NumberFormatException e) {
        throw refuse(settings);
      }
    }
    if (sides.stream().anyMatch(side -> side < 1)) {
      throw refuse(settings);
    }
    return switch (sides.size()) {
      case 1 -> Shape.vector(sides.get(0));
      case 3 -> Shape.image(sides.get(0), sides.get(1), sides.get(2));
      default -> throw refuse(settings);
    };
  }

  private static IllegalArgumentException refuse(Settings settings) {
    return settings.refuse(
        INPUT, "must be [channels, height, width] or [features], whole numbers of at least 1");
  }
}
