package dev.troupe.estimator.dl4j;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.architecture.Shape;
import dev.troupe.architecture.Window;
import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.Configuration;
import dev.troupe.space.SearchSpace;
import java.util.Map;

/** A space of two decisions: which operation two edges of a small cell are. */
final class SmallSpace {

  static final NetworkTask DIGITS = new NetworkTask(Shape.image(1, 8, 8), 10);

  private SmallSpace() {}

  static ArchitectureSpace of(NetworkTask task) {
    return ArchitectureSpace.of(
        SearchSpace.builder()
            .add(CategoricalParameter.of("first", "convolution", "dilated", "separable"))
            .add(CategoricalParameter.of("second", "average", "identity", "gated")),
        configuration -> architecture(task, configuration));
  }

  static Configuration configuration(String first, String second) {
    return Configuration.of(Map.of("first", first, "second", second));
  }

  private static Architecture architecture(NetworkTask task, Configuration configuration) {
    Architecture.Builder graph = Architecture.builder(task.input());
    if (task.input().isVector()) {
      return onVectors(graph, task, configuration);
    }
    String stem = graph.add(new Layer.Convolution(8, Window.square(3), false), graph.input());
    String x = relu(graph, graph.add(new Layer.BatchNormalization(), stem));
    Layer operation =
        switch (configuration.getString("first")) {
          case "convolution" -> new Layer.Convolution(8, Window.square(3), true);
          case "dilated" -> new Layer.Convolution(8, Window.square(3).withDilation(2), true);
          default -> new Layer.SeparableConvolution(8, Window.square(3), true);
        };
    String first = graph.add(operation, x);
    String both =
        switch (configuration.getString("second")) {
          case "average" ->
              graph.add(
                  new Layer.Add(),
                  first,
                  graph.add(new Layer.Pooling(Layer.Pool.AVERAGE, Window.square(3)), x));
          case "identity" -> graph.add(new Layer.Concatenate(), first, x);
          default -> graph.add(new Layer.GatedAdd(), first, x);
        };
    String half = pool(graph, relu(graph, both));
    String dropped = graph.add(new Layer.Dropout(0.1), half);
    return graph.output(task.outputs(), graph.add(new Layer.Flatten(), dropped));
  }

  private static Architecture onVectors(
      Architecture.Builder graph, NetworkTask task, Configuration configuration) {
    int units = configuration.getString("first").equals("convolution") ? 16 : 24;
    String first = relu(graph, graph.add(new Layer.Dense(units, true), graph.input()));
    String second = relu(graph, graph.add(new Layer.Dense(units, true), first));
    String sum = graph.add(new Layer.Add(), first, second);
    return graph.output(task.outputs(), sum);
  }

  private static String relu(Architecture.Builder graph, String input) {
    return graph.add(new Layer.Activation(Layer.Function.RELU), input);
  }

  private static String pool(Architecture.Builder graph, String input) {
    return graph.add(new Layer.Pooling(Layer.Pool.MAX, Window.square(2).withStride(2)), input);
  }
}
