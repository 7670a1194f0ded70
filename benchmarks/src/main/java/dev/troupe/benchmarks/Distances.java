package dev.troupe.benchmarks;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.Shape;
import dev.troupe.architecture.Window;
import dev.troupe.architecture.distance.EditDistance;
import dev.troupe.architecture.distance.NetworkOutline;
import dev.troupe.architecture.distance.TransportDistance;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * How long the distances of all pairs of many networks take: random convolutional networks of so
 * many layers, with so many skips each; the edit distance on threads, and the mean of some
 * transport distances.
 *
 * <p>Options: {@code --networks 1000}, {@code --layers 20}, {@code --skips 4}, {@code --threads
 * 1,2}, {@code --repeats 3}, {@code --transports 20} (pairs; 0 for none).
 */
public final class Distances {

  private static final int[] WIDTHS = {16, 32, 64, 128};

  private Distances() {}

  /** Runs the benchmark. */
  public static void main(String[] line) {
    Arguments arguments =
        Arguments.parse(
            line,
            Map.of(
                "networks", "1000",
                "layers", "20",
                "skips", "4",
                "threads", "1,2",
                "repeats", "3",
                "transports", "20"));
    var random = new Random(1);
    List<Architecture> networks = new ArrayList<>();
    for (int i = 0; i < arguments.number("networks"); i++) {
      networks.add(network(arguments.number("layers"), arguments.number("skips"), random));
    }
    System.out.println("threads  outlines, s  distances of all pairs, s");
    for (int repeat = 0; repeat < arguments.number("repeats"); repeat++) {
      for (String threads : arguments.text("threads").split(",", -1)) {
        measure(networks, Integer.parseInt(threads));
      }
    }
    measureTransports(networks, arguments.number("transports"));
  }

  private static Architecture network(int layers, int skips, Random random) {
    Architecture.Builder graph = Architecture.builder(Shape.image(3, 32, 32));
    var made = new ArrayList<String>(List.of(graph.input()));
    for (int i = 0; i < layers; i++) {
      String at = made.get(made.size() - 1);
      if (random.nextInt(layers) < skips && made.size() > 2) {
        at = graph.add(new Layer.Concatenate(), at, made.get(random.nextInt(made.size() - 2)));
      }
      made.add(graph.add(layer(random), at));
    }
    String last = made.get(made.size() - 1);
    return graph.output(10, graph.add(new Layer.GlobalPooling(Layer.Pool.AVERAGE), last));
  }

  private static Layer layer(Random random) {
    Window window = Window.square(1 + 2 * random.nextInt(3));
    int width = WIDTHS[random.nextInt(WIDTHS.length)];
    return switch (random.nextInt(4)) {
      case 0 -> new Layer.SeparableConvolution(width, window, true);
      case 1 -> new Layer.Pooling(Layer.Pool.MAX, window);
      default -> new Layer.Convolution(width, window, true);
    };
  }

  private static void measure(List<Architecture> networks, int threads) {
    ExecutorService executor = Executors.newFixedThreadPool(threads);
    try {
      long start = System.nanoTime();
      List<NetworkOutline> outlines = EditDistance.outlines(networks);
      long between = System.nanoTime();
      EditDistance.standard().matrix(outlines, executor);
      long end = System.nanoTime();
      System.out.printf(
          Locale.ROOT,
          "%7d  %11.3f  %25.3f%n",
          threads,
          (between - start) / 1e9,
          (end - between) / 1e9);
    } finally {
      executor.shutdown();
    }
  }

  private static void measureTransports(List<Architecture> networks, int pairs) {
    TransportDistance distance = TransportDistance.withStructureWeight(0.25);
    long start = System.nanoTime();
    for (int i = 0; i < pairs; i++) {
      distance.between(networks.get(i % networks.size()), networks.get((i + 1) % networks.size()));
    }
    if (pairs > 0) {
      System.out.printf(
          Locale.ROOT,
          "transport distance: %.1f ms a pair%n",
          (System.nanoTime() - start) / 1e6 / pairs);
    }
  }
}
