package dev.troupe.daemon;

import dev.troupe.PrunerChoice;
import dev.troupe.StudyFile;
import dev.troupe.estimator.Estimator;
import dev.troupe.space.SearchSpace;
import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.bayes.AutoStrategy;
import dev.troupe.strategy.proxy.ProxyStrategy;
import dev.troupe.study.LowFidelity;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Validates a study file. */
@Command(
    name = "check",
    description = "Validates a study file; shows its space, the space's size and the strategy.",
    mixinStandardHelpOptions = true)
final class CheckCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Mixin private final StudyArguments arguments = new StudyArguments();

  CheckCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    StudyFile study = arguments.load();
    Strategy strategy;
    try (Estimator estimator = study.createEstimator()) {
      strategy = study.createStrategy(estimator);
      study.createPruner(estimator); // refuses what is wrong with its settings
    }
    SearchSpace space = study.space();
    PrintStream out = terminal.out();
    out.printf("Study %s is valid.%n", study.name());
    out.println("space");
    space.toString().lines().forEach(line -> out.println("  " + line));
    out.printf("size       %s%n", space.size().map(Object::toString).orElse("uncountable"));
    out.printf(
        "strategy   %s%s%n",
        study.strategyName(),
        searching(strategy) instanceof AutoStrategy auto
            ? ": %s, since %s".formatted(auto.chosen(), auto.reason())
            : "");
    PrunerChoice pruner = study.pruner();
    if (pruner != null) {
      out.printf("pruner     %s%n", pruner.name());
    }
    LowFidelity low = study.fidelity();
    if (low != null) {
      out.printf("fidelity   %s, checked in full on %d%n", low.axes(), low.check());
    }
    out.printf("estimator  %s%n", study.estimatorName());
    return ExitStatus.DONE;
  }

  private static Strategy searching(Strategy strategy) {
    return strategy instanceof ProxyStrategy proxy ? proxy.inner() : strategy;
  }
}
