package dev.troupe.daemon;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.Shape;
import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.EstimatorProvider;
import dev.troupe.estimator.EstimatorRequest;
import dev.troupe.estimator.SpaceRequest;
import dev.troupe.settings.Option;
import dev.troupe.space.Configuration;
import dev.troupe.space.IntParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.Metrics;
import dev.troupe.study.Suggestion;
import java.util.List;

/** An estimator that counts the parameters of networks, and a space of such. */
public final class NetworkSizeProvider implements EstimatorProvider {

  private static final ArchitectureSpace SPACE =
      ArchitectureSpace.of(
          SearchSpace.builder()
              .add(IntParameter.linear("layers", 1, 3))
              .add(IntParameter.linear("units", 2, 4)),
          NetworkSizeProvider::network);

  /** Called by the service loader. */
  public NetworkSizeProvider() {}

  static Architecture network(Configuration configuration) {
    Architecture.Builder graph = Architecture.builder(Shape.vector(3));
    String at = graph.input();
    for (int i = 0; i < configuration.getInt("layers"); i++) {
      at = graph.add(new Layer.Dense(configuration.getInt("units"), true), at);
    }
    return graph.output(2, at);
  }

  @Override
  public String name() {
    return "network-size";
  }

  @Override
  public String description() {
    return "counts parameters";
  }

  @Override
  public List<Option> options() {
    return List.of();
  }

  @Override
  public SearchSpace inferSpace(SpaceRequest request) {
    return SPACE.searchSpace();
  }

  @Override
  public Estimator create(EstimatorRequest request) {
    return (suggestion, evaluation) -> {
      Configuration candidate = ((Suggestion.Evaluate) suggestion).candidate();
      if (candidate.getInt("units") == 4) {
        throw new IllegalStateException("Four units are not counted.");
      }
      return Metrics.of("size", network(candidate).parameters());
    };
  }
}
