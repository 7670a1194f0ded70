package dev.troupe.daemon;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.bench.OverheadBenchmark;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Measures what strategies cost. */
@Command(
    name = "overhead",
    description = "Measures what strategies cost a trial, beside its evaluation.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Each strategy suggests one trial after the other and learns from it. Told is the",
      "mean of the hundred trials before the 100th, the 1,000th … and the last one. CPU",
      "seconds include those of the compiler and of the garbage collector."
    })
final class BenchOverheadCommand implements Callable<Integer> {

  private static final ObjectMapper JSON = new ObjectMapper();

  private final Terminal terminal;

  @Option(
      names = "--strategies",
      paramLabel = "NAMES",
      split = ",",
      required = true,
      description = "what is measured, as in random,sobol; measure alone what is to be exact")
  private List<String> strategies = List.of();

  @Option(
      names = "--trials",
      paramLabel = "N",
      description = "how many (default: ${DEFAULT-VALUE})",
      defaultValue = "10000")
  private int trials;

  @Option(
      names = "--dimensions",
      paramLabel = "D",
      description = "parameters of the space, all of them reals (default: ${DEFAULT-VALUE})",
      defaultValue = "7")
  private int dimensions;

  @Option(names = "--json", description = "lines of JSON; nothing else on standard output")
  private boolean json;

  BenchOverheadCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws Exception {
    var benchmark = new OverheadBenchmark(dimensions, trials);
    if (!json) {
      terminal
          .out()
          .printf("%d dimensions; milliseconds a trial after so many trials%n", dimensions);
    }
    for (String strategy : strategies) {
      OverheadBenchmark.Cost cost = benchmark.measure(strategy.strip());
      terminal.out().println(json ? JSON.writeValueAsString(node(cost)) : line(cost));
      terminal.flush();
    }
    return ExitStatus.DONE;
  }

  private static ObjectNode node(OverheadBenchmark.Cost cost) {
    ObjectNode node = JSON.createObjectNode();
    node.put("strategy", cost.strategy());
    node.put("dimensions", cost.dimensions());
    node.put("trials", cost.trials());
    ObjectNode millis = node.putObject("ms-per-trial");
    cost.millisPerTrial().forEach((trials, value) -> millis.put(Long.toString(trials), value));
    node.put("seconds", cost.seconds());
    node.put("cpu-seconds", cost.cpuSeconds());
    return node;
  }

  private static String line(OverheadBenchmark.Cost cost) {
    var text = new StringBuilder("  %-14s".formatted(cost.strategy()));
    for (Map.Entry<Long, Double> each : cost.millisPerTrial().entrySet()) {
      text.append(String.format(Locale.ROOT, "  %d: %.4f", each.getKey(), each.getValue()));
    }
    return text.append(
            String.format(
                Locale.ROOT, "; in all %.2f s, %.2f CPU s", cost.seconds(), cost.cpuSeconds()))
        .toString();
  }
}
