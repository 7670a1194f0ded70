package dev.troupe.daemon;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.troupe.bench.CurveBenchmark;
import dev.troupe.bench.RecordedCurves;
import dev.troupe.estimator.curve.CurveModel;
import dev.troupe.estimator.curve.CurveModelProvider;
import dev.troupe.estimator.curve.CurveModelRequest;
import dev.troupe.random.RandomStreams;
import dev.troupe.settings.Providers;
import dev.troupe.settings.Settings;
import dev.troupe.study.Direction;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Measures how well learning curves are extrapolated. */
@Command(
    name = "curves",
    description =
        "Measures how well the ends of learning curves are foretold from their beginnings.",
    mixinStandardHelpOptions = true,
    footer = {
      "",
      "Told are, for each starting step and variant, the mean absolute error of the value",
      "at each curve's own last step, that of repeating the last value seen, how often it",
      "was within the 90 %% interval, and the computing time of a prediction. 'alone' is",
      "shown one curve (model fast), 'others' the other curves in full besides (model",
      "others). Values that are no numbers, or absurd, count as one that is worse than",
      "those of all trainings that learned. Curves that are too short are left out."
    })
final class BenchCurvesCommand implements Callable<Integer> {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String ALONE = "alone";
  private static final String OTHERS = "others";
  private static final Map<String, String> MODELS = Map.of(ALONE, "fast");

  private final Terminal terminal;

  @Parameters(
      paramLabel = "FILE",
      description = "a CSV file, a row for each step of each curve; gzipped if it ends in .gz")
  private Path file = Path.of("");

  @Option(
      names = "--id",
      paramLabel = "COLUMN",
      split = ",",
      required = true,
      description = "tells one curve from another; several columns with commas")
  private List<String> id = List.of();

  @Option(names = "--step", paramLabel = "COLUMN", required = true, description = "what counts")
  private String step = "";

  @Option(names = "--value", paramLabel = "COLUMN", required = true, description = "the metric")
  private String value = "";

  @Option(
      names = "--direction",
      paramLabel = "DIRECTION",
      required = true,
      description = "minimize or maximize")
  private String direction = "";

  @Option(
      names = "--from",
      paramLabel = "STEPS",
      split = ",",
      required = true,
      description = "the last steps that are shown, as in 4,8,12,20")
  private List<Double> from = List.of();

  @Option(
      names = "--configs",
      paramLabel = "FILE",
      description =
          "a CSV file with the configuration of each curve, by the same --id; columns that repeat"
              + " what curves end with are left out")
  private @Nullable Path configurations;

  @Option(
      names = "--variants",
      paramLabel = "NAMES",
      split = ",",
      description =
          "what foretells: alone, others, or a curve model, which is shown one curve"
              + " (default: ${DEFAULT-VALUE})",
      defaultValue = "alone,others")
  private List<String> variants = List.of();

  @Option(
      names = "--seed",
      paramLabel = "N",
      description = "of what is random in models (default: ${DEFAULT-VALUE})",
      defaultValue = "1")
  private long seed;

  @Option(names = "--json", description = "lines of JSON; nothing else on standard output")
  private boolean json;

  BenchCurvesCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() throws JsonProcessingException {
    Direction better = direction();
    var models = new LinkedHashMap<String, CurveModel>();
    variants.forEach(each -> models.put(each.strip(), model(each.strip())));
    RecordedCurves recorded =
        RecordedCurves.read(new RecordedCurves.Source(file, id, step, value, configurations));
    var benchmark = new CurveBenchmark(recorded.curves(), better);
    introduce(recorded);
    // Where some curves are long enough, those starts that are too late for all must not hide it.
    boolean isAnyUsable = from.stream().anyMatch(start -> benchmark.usable(start) > 0);
    for (double start : from) {
      int leftOut = recorded.curves().size() - benchmark.usable(start);
      if (leftOut > 0) {
        complain(start, leftOut, recorded.curves().size());
      }
      if (leftOut < recorded.curves().size() || !isAnyUsable) {
        measure(benchmark, models, start);
      }
    }
    return ExitStatus.DONE;
  }

  private void measure(CurveBenchmark benchmark, Map<String, CurveModel> models, double start)
      throws JsonProcessingException {
    for (Map.Entry<String, CurveModel> model : models.entrySet()) {
      boolean withOthers = model.getKey().equals(OTHERS);
      CurveBenchmark.Result result =
          benchmark.measure(model.getKey(), model.getValue(), withOthers, start);
      terminal.out().println(json ? line(result) : row(result));
      terminal.flush();
    }
  }

  private Direction direction() {
    return switch (direction) {
      case "minimize" -> Direction.MINIMIZE;
      case "maximize" -> Direction.MAXIMIZE;
      default ->
          throw new IllegalArgumentException(
              "--direction must be minimize or maximize, but was '%s'. Maybe minimize a loss and maximize an accuracy."
                  .formatted(direction));
    };
  }

  private CurveModel model(String variant) {
    String name = MODELS.getOrDefault(variant, variant);
    return Providers.find(CurveModelProvider.class, "curve model", name)
        .create(new CurveModelRequest(RandomStreams.of(seed), Settings.none("curve-model")));
  }

  private void introduce(RecordedCurves recorded) {
    if (!recorded.results().isEmpty()) {
      terminal
          .err()
          .printf(
              "troupe: --configs: %s repeat what curves end with, and are not shown to models.%n",
              String.join(", ", recorded.results()));
    }
    if (!json) {
      terminal
          .out()
          .printf(
              "%d curves%s%n%-8s  %-10s  %6s  %12s  %12s  %6s  %8s  %8s%n",
              recorded.curves().size(),
              recorded.parameters().isEmpty()
                  ? ""
                  : "; configurations: " + String.join(", ", recorded.parameters()),
              "from",
              "variant",
              "curves",
              "error",
              "last value's",
              "ratio",
              "in 90 %",
              "ms/curve");
    }
  }

  private void complain(double start, int leftOut, int all) {
    terminal.flush();
    terminal
        .err()
        .printf(
            "troupe: from %s: %d of %d curves are left out, since they have no step up to there or none after it.%n",
            Text.number(start), leftOut, all);
  }

  private static String line(CurveBenchmark.Result result) throws JsonProcessingException {
    var node = JSON.createObjectNode();
    if (result.from() == Math.rint(result.from()) && Math.abs(result.from()) < 1e15) {
      node.put("from", (long) result.from());
    } else {
      node.put("from", result.from());
    }
    node.put("variant", result.variant());
    node.put("curves", result.curves());
    node.put("mae", result.error());
    node.put("last-value-mae", result.lastValueError());
    node.put("coverage90", result.coverage());
    node.put("ms-per-curve", result.millis());
    node.put("left-out", result.leftOut());
    return JSON.writeValueAsString(node);
  }

  private static String row(CurveBenchmark.Result result) {
    return String.format(
        Locale.ROOT,
        "%-8s  %-10s  %6d  %12.5g  %12.5g  %6.3f  %8.3f  %8.2f",
        Text.number(result.from()),
        result.variant(),
        result.curves(),
        result.error(),
        result.lastValueError(),
        result.error() / result.lastValueError(),
        result.coverage(),
        result.millis());
  }
}
