package dev.troupe.benchmarks;

import dev.troupe.Strategies;
import dev.troupe.Study;
import dev.troupe.StudyBuilder;
import dev.troupe.TrialHandle;
import dev.troupe.Troupe;
import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.IntParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.Budget;
import dev.troupe.study.StudyEvent;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The processes of {@link Recovery}: one runs a study until so many trials have ended, then halts
 * without a farewell; the other one takes it up, and halts at the first new suggestion.
 */
public final class RecoveryStudy {

  private static final int PARALLELISM = 64;
  private static final long MEGABYTE = 1 << 20;
  private static final SearchSpace SPACE =
      SearchSpace.builder()
          .add(FloatParameter.log("learning-rate", 1e-5, 1))
          .add(FloatParameter.linear("momentum", 0, 1))
          .add(FloatParameter.linear("dropout", 0, 0.5))
          .add(IntParameter.linear("layers", 1, 8))
          .add(CategoricalParameter.of("activation", "relu", "elu", "tanh"))
          .build();

  private final Arguments arguments;
  private final long start = System.nanoTime();

  private RecoveryStudy(Arguments arguments) {
    this.arguments = arguments;
  }

  /** Options: mode (write or recover), name, home, ledger, strategy, trials. */
  public static void main(String[] line) {
    new RecoveryStudy(
            Arguments.parse(
                line,
                Map.of(
                    "mode",
                    "",
                    "name",
                    "",
                    "home",
                    "",
                    "ledger",
                    "",
                    "strategy",
                    "",
                    "trials",
                    "1")))
        .run();
  }

  private void run() {
    boolean writes = arguments.text("mode").equals("write");
    int trials = arguments.number("trials");
    try (Troupe troupe = Troupe.start(Troupe.cpuSlots(2))) {
      StudyBuilder<Configuration> builder =
          troupe
              .study(arguments.text("name"), SPACE)
              .ledger(arguments.text("ledger"))
              .home(Path.of(arguments.text("home")))
              .strategy(Strategies.named(arguments.text("strategy"), Map.of()))
              .parallelism(writes ? PARALLELISM : 2 * PARALLELISM) // room beside what is repeated
              .budget(Budget.trials(2L * trials));
      if (writes) {
        var ended = new AtomicLong();
        builder.listener(
            event -> {
              if (event instanceof StudyEvent.TrialEnded && ended.incrementAndGet() == trials) {
                say("written");
              }
            });
      } else {
        builder.listener(
            event -> {
              if (event instanceof StudyEvent.TrialSuggested) {
                say(measured());
              }
            });
      }
      Study<Configuration> study = builder.start(RecoveryStudy::evaluate);
      study.outcome().toCompletableFuture().join();
    }
  }

  /** Says something, and ends as if it had been killed. */
  private static void say(String text) {
    System.out.println(text);
    System.out.flush();
    Runtime.getRuntime().halt(0);
  }

  private static double evaluate(Configuration candidate, TrialHandle trial) {
    double loss = candidate.getDouble("learning-rate");
    for (int step = 1; step <= 3; step++) {
      trial.report(step, loss + 1.0 / step);
    }
    return loss;
  }

  private String measured() {
    long now = System.nanoTime();
    long peak =
        ManagementFactory.getMemoryPoolMXBeans().stream()
            .filter(pool -> pool.getType() == MemoryType.HEAP)
            .map(MemoryPoolMXBean::getPeakUsage)
            .mapToLong(usage -> usage.getUsed())
            .sum();
    long resident = residentKilobytes();
    System.gc();
    long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    return "%d %s %d %d %d"
        .formatted(now, (now - start) / 1e9, resident / 1024, peak / MEGABYTE, used / MEGABYTE);
  }

  /** Returns what the process held at most; 0 where the system does not tell. */
  private static long residentKilobytes() {
    Path status = Path.of("/proc/self/status");
    if (!Files.isReadable(status)) {
      return 0;
    }
    try (var lines = Files.lines(status)) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .mapToLong(line -> Long.parseLong(line.replaceAll("[^0-9]", "")))
          .findFirst()
          .orElse(0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
