package dev.troupe.example;

import dev.troupe.Asked;
import dev.troupe.Incumbent;
import dev.troupe.Strategies;
import dev.troupe.Study;
import dev.troupe.Troupe;
import dev.troupe.space.Range;
import dev.troupe.space.RecordSpace;
import dev.troupe.study.Budget;
import java.util.Optional;

/** Asks for candidates and tells their values, for programs that own their loop. */
public final class OwnLoop {

  private OwnLoop() {}

  record Point(@Range(low = -5, high = 10) double x, @Range(low = 0, high = 15) double y) {}

  /** Prints the lowest point that it finds. */
  public static void main(String[] arguments) {
    Incumbent<Point> best = search();
    System.out.println(best.value() + " has the value " + best.metrics().get("loss"));
  }

  static Incumbent<Point> search() {
    try (Troupe troupe = Troupe.start()) {
      // example: ask
      Study<Point> study =
          troupe
              .study("branin", RecordSpace.of(Point.class))
              .minimize("loss")
              .strategy(Strategies.quasiRandom())
              .budget(Budget.trials(60))
              .open();
      Optional<Asked<Point>> asked;
      while ((asked = study.ask().toCompletableFuture().join()).isPresent()) {
        Asked<Point> trial = asked.get();
        study.tell(trial, branin(trial.value())).toCompletableFuture().join();
      }
      // end
      return study.result().toCompletableFuture().join();
    }
  }

  /** Branin's function: three minima, each 0.397887. */
  private static double branin(Point point) {
    double x = point.x();
    double valley = point.y() - 5.1 / (4 * Math.PI * Math.PI) * x * x + 5 / Math.PI * x - 6;
    return valley * valley + 10 * (1 - 1 / (8 * Math.PI)) * Math.cos(x) + 10;
  }
}
