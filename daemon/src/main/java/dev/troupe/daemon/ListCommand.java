package dev.troupe.daemon;

import dev.troupe.actor.LedgerProvider;
import dev.troupe.architecture.ArchitectureSpaceProvider;
import dev.troupe.estimator.EstimatorProvider;
import dev.troupe.estimator.curve.CurveModelProvider;
import dev.troupe.estimator.dl4j.data.DataSetProvider;
import dev.troupe.estimator.pruning.PrunerProvider;
import dev.troupe.estimator.weights.CheckpointStoreProvider;
import dev.troupe.settings.Nearest;
import dev.troupe.settings.Option;
import dev.troupe.settings.Provider;
import dev.troupe.settings.Providers;
import dev.troupe.strategy.StrategyProvider;
import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Tells what a study file can name. */
@Command(
    name = "list",
    description = "Lists what there is, a line each; of one kind with its settings.",
    mixinStandardHelpOptions = true)
final class ListCommand implements Callable<Integer> {

  private static final Map<String, Class<? extends Provider>> KINDS = kinds();

  private final Terminal terminal;

  @Parameters(
      arity = "0..1",
      paramLabel = "KIND",
      description =
          "strategies, pruners, curve-models, estimators, architectures, data, ledgers or"
              + " checkpoints")
  private @Nullable String kind;

  ListCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  private static Map<String, Class<? extends Provider>> kinds() {
    var kinds = new LinkedHashMap<String, Class<? extends Provider>>();
    kinds.put("strategies", StrategyProvider.class);
    kinds.put("pruners", PrunerProvider.class);
    kinds.put("curve-models", CurveModelProvider.class);
    kinds.put("estimators", EstimatorProvider.class);
    kinds.put("architectures", ArchitectureSpaceProvider.class);
    kinds.put("data", DataSetProvider.class);
    kinds.put("ledgers", LedgerProvider.class);
    kinds.put("checkpoints", CheckpointStoreProvider.class);
    return kinds;
  }

  @Override
  public Integer call() {
    if (kind == null) {
      KINDS.forEach((name, type) -> print(name, Providers.all(type), false));
      return ExitStatus.DONE;
    }
    Class<? extends Provider> type = KINDS.get(kind);
    if (type == null) {
      throw new IllegalArgumentException(
          "There is nothing to list by the name '%s'. %s"
              .formatted(kind, Nearest.hint(kind, KINDS.keySet())));
    }
    print(kind, Providers.all(type), true);
    return ExitStatus.DONE;
  }

  private void print(String name, List<? extends Provider> providers, boolean withOptions) {
    PrintStream out = terminal.out();
    out.println(name);
    if (providers.isEmpty()) {
      out.println("  none yet");
    }
    for (Provider provider : providers) {
      out.printf("  %-16s %s%n", provider.name(), provider.description());
      if (withOptions) {
        for (Option option : provider.options()) {
          out.printf("    %-20s %s%s%n", option.key(), option.description(), fallback(option));
        }
      }
    }
  }

  private static String fallback(Option option) {
    if (option.fallback().isEmpty()) {
      return "";
    }
    String label = option.fallback().startsWith("required") ? "" : "default: ";
    return " (" + label + option.fallback() + ")";
  }
}
