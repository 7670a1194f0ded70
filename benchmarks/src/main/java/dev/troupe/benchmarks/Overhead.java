package dev.troupe.benchmarks;

import dev.troupe.Strategies;
import dev.troupe.Study;
import dev.troupe.Troupe;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.Budget;
import dev.troupe.study.StudyResult;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.util.Arrays;
import java.util.List;

/**
 * What a search costs beside its evaluations: trials per second of a function that does nothing,
 * under random search in five dimensions, in memory, through the facade. Prints for each
 * parallelism the median, the slowest and the fastest round after a warm-up, and the peak heap of
 * all rounds: what the collector found in use at most, garbage included (the sum of the heap pools'
 * peak usage).
 *
 * <p>Arguments: the number of trials (100,000), of rounds (5) and of slots (2).
 */
public final class Overhead {

  private static final int[] PARALLELISMS = {1, 2, 64};
  private static final double BYTES_PER_MIB = 1 << 20;

  private Overhead() {}

  /** Runs all rounds and prints a line for each parallelism. */
  public static void main(String[] arguments) {
    int trials = argument(arguments, 0, 100_000);
    int rounds = argument(arguments, 1, 5);
    int slots = argument(arguments, 2, 2);
    System.out.printf(
        "%d trials, %d rounds, %d slots, %d processors, at most %.0f MiB heap, Java %s%n",
        trials,
        rounds,
        slots,
        Runtime.getRuntime().availableProcessors(),
        Runtime.getRuntime().maxMemory() / BYTES_PER_MIB,
        System.getProperty("java.version"));
    System.out.println("parallelism  trials/s: median      slowest    fastest    peak heap MiB");
    try (Troupe troupe = Troupe.start(Troupe.cpuSlots(slots))) {
      for (int parallelism : PARALLELISMS) {
        measure(troupe, trials, rounds, parallelism);
      }
    }
  }

  private static int argument(String[] arguments, int index, int otherwise) {
    return arguments.length > index ? Integer.parseInt(arguments[index]) : otherwise;
  }

  private static void measure(Troupe troupe, int trials, int rounds, int parallelism) {
    round(troupe, trials, parallelism, "warm-up");
    heapPools().forEach(MemoryPoolMXBean::resetPeakUsage);
    var rates = new double[rounds];
    for (int round = 0; round < rounds; round++) {
      rates[round] = round(troupe, trials, parallelism, "round-" + round);
    }
    Arrays.sort(rates);
    System.out.printf(
        "%11d  %16.0f  %11.0f  %9.0f  %15.0f%n",
        parallelism, rates[rounds / 2], rates[0], rates[rounds - 1], peakMib());
  }

  private static double round(Troupe troupe, int trials, int parallelism, String name) {
    long start = System.nanoTime();
    Study<?> study =
        troupe
            .study(name, space())
            .strategy(Strategies.random())
            .budget(Budget.trials(trials))
            .parallelism(parallelism)
            .ledger("memory")
            .seed(1)
            .start((configuration, trial) -> 1);
    StudyResult result = study.outcome().toCompletableFuture().join();
    double seconds = (System.nanoTime() - start) / 1e9;
    if (result.completed() != trials) {
      throw new IllegalStateException(
          "All %d trials must complete, but %d did.".formatted(trials, result.completed()));
    }
    return trials / seconds;
  }

  private static SearchSpace space() {
    var space = SearchSpace.builder();
    for (int i = 0; i < 5; i++) {
      space.add(FloatParameter.linear("x" + i, 0, 1));
    }
    return space.build();
  }

  private static List<MemoryPoolMXBean> heapPools() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .toList();
  }

  private static double peakMib() {
    return heapPools().stream().mapToDouble(pool -> pool.getPeakUsage().getUsed()).sum()
        / BYTES_PER_MIB;
  }
}
