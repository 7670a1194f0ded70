package dev.troupe.architecture.distance;

import dev.troupe.architecture.distance.NetworkOutline.Skip;
import dev.troupe.architecture.distance.NetworkOutline.Stage;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** Outlines that are alike in some layers and skips and differ in others. */
final class RandomOutlines {

  private static final List<String> TYPES = List.of("conv", "conv", "conv", "pool", "relu");
  private static final List<Integer> WIDTHS = List.of(8, 16, 32, 64);
  private static final List<Integer> KERNELS = List.of(1, 3, 5);

  private RandomOutlines() {}

  static NetworkOutline of(int stages, int skips, RandomGenerator random) {
    var chain = new ArrayList<Stage>();
    for (int i = 0; i < stages; i++) {
      chain.add(stage(random));
    }
    var connections = new ArrayList<Skip>();
    for (int i = 0; i < skips && stages > 1; i++) {
      int start = random.nextInt(stages - 1);
      int end = start + 1 + random.nextInt(stages - start);
      connections.add(new Skip(start, end, random.nextBoolean() ? "add" : "concatenate"));
    }
    return new NetworkOutline(chain, connections);
  }

  private static Stage stage(RandomGenerator random) {
    String type = pick(TYPES, random);
    return switch (type) {
      case "conv" -> Stage.of(type, pick(WIDTHS, random), pick(KERNELS, random), 1);
      case "pool" -> Stage.of(type, pick(KERNELS, random), 2);
      default -> Stage.of(type);
    };
  }

  private static <T> T pick(List<T> values, RandomGenerator random) {
    return values.get(random.nextInt(values.size()));
  }
}
