package dev.troupe.example;

import dev.troupe.Incumbent;
import dev.troupe.Strategies;
import dev.troupe.Study;
import dev.troupe.Troupe;
import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.architecture.ArchitectureSpaces;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.architecture.Shape;
import dev.troupe.study.Budget;
import java.util.Map;

/** Searches the cell that works its parameters hardest, without training any. */
public final class ShapeNetwork {

  private ShapeNetwork() {}

  /** Prints the network that it finds. */
  public static void main(String[] arguments) {
    System.out.println(search().value());
  }

  static Incumbent<Architecture> search() {
    // example: architecture
    ArchitectureSpace cells =
        ArchitectureSpaces.named(
            "nas-bench-201", new NetworkTask(Shape.image(3, 32, 32), 10), Map.of("channels", 8));
    try (Troupe troupe = Troupe.start()) {
      Study<Architecture> study =
          troupe
              .study("hard-workers", cells)
              .maximize("work")
              .strategy(Strategies.regularizedEvolution())
              .budget(Budget.trials(200))
              .seed(1)
              .start((network, trial) -> (double) network.multiplyAdds() / network.parameters());
      Incumbent<Architecture> best = study.result().toCompletableFuture().join();
      return best;
    }
    // end
  }
}
