package dev.troupe.architecture.macro;

import dev.troupe.space.BooleanParameter;
import dev.troupe.space.Configuration;
import dev.troupe.space.SearchSpace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The bits of several stages, in the order of {@link StageCode}'s text.
 *
 * @param sizes nodes of each stage
 */
record StageBits(List<Integer> sizes) {

  /** Copies the sizes. */
  StageBits {
    sizes = List.copyOf(sizes);
    sizes.forEach(StageCode::requireSize);
  }

  /** Returns the space of the bits. */
  SearchSpace.Builder space() {
    SearchSpace.Builder space = SearchSpace.builder();
    for (int stage = 0; stage < sizes.size(); stage++) {
      names(stage).forEach(name -> space.add(new BooleanParameter(name)));
    }
    return space;
  }

  /** Returns the names of the bits of a stage, from 0. */
  List<String> names(int stage) {
    var names = new ArrayList<String>();
    for (int to = 2; to <= sizes.get(stage); to++) {
      for (int from = 1; from < to; from++) {
        names.add(name(stage, from, to));
      }
    }
    return names;
  }

  private static String name(int stage, int from, int to) {
    return "stage-%d-edge-%d-%d".formatted(stage + 1, from, to);
  }

  /** Returns the stages that a configuration means. */
  List<StageCode> read(Configuration configuration) {
    return IntStream.range(0, sizes.size()).mapToObj(stage -> read(configuration, stage)).toList();
  }

  private StageCode read(Configuration configuration, int stage) {
    var edges = new ArrayList<StageCode.Edge>();
    for (int to = 2; to <= sizes.get(stage); to++) {
      for (int from = 1; from < to; from++) {
        if (configuration.getBoolean(name(stage, from, to))) {
          edges.add(new StageCode.Edge(from, to));
        }
      }
    }
    return new StageCode(sizes.get(stage), edges);
  }

  /** Returns the configuration of stages. */
  Configuration write(List<StageCode> stages) {
    Map<String, Object> values = new LinkedHashMap<>();
    for (int stage = 0; stage < stages.size(); stage++) {
      Set<StageCode.Edge> edges = new HashSet<>(stages.get(stage).edges());
      for (int to = 2; to <= sizes.get(stage); to++) {
        for (int from = 1; from < to; from++) {
          values.put(name(stage, from, to), edges.contains(new StageCode.Edge(from, to)));
        }
      }
    }
    return Configuration.of(values);
  }

  /** Returns the configuration that stands for all that differ in the numbers of nodes alone. */
  Configuration canonical(Configuration configuration) {
    return write(read(configuration).stream().map(StageCode::canonical).toList());
  }
}
