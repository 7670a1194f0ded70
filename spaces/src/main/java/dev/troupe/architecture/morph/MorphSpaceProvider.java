package dev.troupe.architecture.morph;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.architecture.ArchitectureSpaceProvider;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.settings.Option;
import dev.troupe.settings.Settings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Makes a {@link MorphSpace}, known as {@code morphs}. */
public final class MorphSpaceProvider implements ArchitectureSpaceProvider {

  private static final String AUTO = "auto";
  private static final List<String> FACTORS = List.of("2");
  private static final List<String> KERNELS = List.of("1", "3", "5");

  /** For the service loader. */
  public MorphSpaceProvider() {}

  @Override
  public String name() {
    return "morphs";
  }

  @Override
  public String description() {
    return "What function-preserving morphisms make of a small network, step by step";
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option("steps", "8", "morphisms of the longest way, from 0"),
        new Option("start", AUTO, "small-cnn, flat-cnn, residual or mlp; auto: by the input"),
        new Option("filters", "8", "filters of each convolution of the start, or units"),
        new Option("blocks", "2", "convolutions, residual blocks or dense layers of the start"),
        new Option("dropout", "0.25", "rate of a dropout before the output; 0 for none"),
        new Option("batch-norm", "true", "whether convolutions are normalised"),
        new Option("kinds", "all", "which morphisms there are"),
        new Option("widen-mode", "zero", "what keeps the function: zero (Auto-Keras), split"),
        new Option("factors", "[2]", "by what widths grow"),
        new Option("kernels", "[1, 3, 5]", "sides of windows"),
        new Option("most-parameters", "1000000", "trained numbers of the largest network"),
        new Option("most-layers", "200", "layers of the deepest network"));
  }

  @Override
  public ArchitectureSpace create(NetworkTask task, Settings settings) {
    Architecture start = start(task, settings);
    var bounds =
        new Bounds(
            settings.getLong("most-parameters", 1_000_000, 1, Long.MAX_VALUE),
            settings.getInt("most-layers", 200, 3, 10_000),
            factors(settings),
            kernels(settings),
            oneOf(settings, "widen-mode", Widen.Mode.ZERO),
            settings.getBoolean("batch-norm", true),
            kinds(settings));
    requireRoom(start, bounds, settings);
    return new MorphSpace(start, settings.getInt("steps", 8, 0, 1000), bounds)
        .toArchitectureSpace();
  }

  private static Architecture start(NetworkTask task, Settings settings) {
    List<String> names = new ArrayList<>(names(StartNetwork.values()));
    names.add(AUTO);
    String name = settings.getOneOf("start", AUTO, names);
    StartNetwork network =
        name.equals(AUTO)
            ? (task.input().isVector() ? StartNetwork.MLP : StartNetwork.SMALL_CNN)
            : named(name, StartNetwork.values());
    var sizes =
        new StartNetwork.Sizes(
            settings.getInt("filters", 8, 1, 4096),
            settings.getInt("blocks", 2, 1, 100),
            settings.getBoolean("batch-norm", true),
            settings.getDouble("dropout", 0.25, 0, 0.95));
    try {
      return network.build(task, sizes);
    } catch (IllegalArgumentException e) {
      throw settings.has("start") ? settings.at("start", e) : e;
    }
  }

  private static void requireRoom(Architecture start, Bounds bounds, Settings settings) {
    if (start.parameters() > bounds.mostParameters() || start.size() > bounds.mostLayers()) {
      throw new IllegalArgumentException(
          "%s: the start must be within the bounds, %d parameters and %d layers, but has %d and %d. Maybe set fewer filters."
              .formatted(
                  settings.part(),
                  bounds.mostParameters(),
                  bounds.mostLayers(),
                  start.parameters(),
                  start.size()));
    }
  }

  private static List<Morphism.Kind> kinds(Settings settings) {
    List<String> all = names(Morphism.Kind.values());
    List<String> chosen = settings.getStrings("kinds", all);
    if (chosen.equals(List.of("all"))) {
      return List.of(Morphism.Kind.values());
    }
    if (!all.containsAll(chosen) || chosen.isEmpty()) {
      throw settings.refuse("kinds", "must be all or some of " + String.join(", ", all));
    }
    return chosen.stream().map(name -> named(name, Morphism.Kind.values())).toList();
  }

  private static <E extends Enum<E>> E oneOf(Settings settings, String key, E fallback) {
    E[] values = fallback.getDeclaringClass().getEnumConstants();
    return named(settings.getOneOf(key, MorphText.lower(fallback), names(values)), values);
  }

  private static <E extends Enum<E>> E named(String name, E[] values) {
    return Arrays.stream(values)
        .filter(value -> MorphText.lower(value).equals(name))
        .findFirst()
        .orElseThrow();
  }

  private static List<String> names(Enum<?>[] values) {
    return Arrays.stream(values).map(MorphText::lower).toList();
  }

  private static List<Integer> kernels(Settings settings) {
    try {
      return settings.getStrings("kernels", KERNELS).stream().map(Integer::valueOf).toList();
    } catch (NumberFormatException e) {
      throw settings.refuse("kernels", "must be a list of whole numbers");
    }
  }

  private static List<Double> factors(Settings settings) {
    try {
      return settings.getStrings("factors", FACTORS).stream().map(Double::valueOf).toList();
    } catch (NumberFormatException e) {
      throw settings.refuse("factors", "must be a list of numbers");
    }
  }
}
