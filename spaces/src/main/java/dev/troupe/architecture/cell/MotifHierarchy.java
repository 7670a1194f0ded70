package dev.troupe.architecture.cell;

import dev.troupe.architecture.Architecture;
import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.Configuration;
import dev.troupe.space.Decoder;
import dev.troupe.space.SearchSpace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Cells that are put together from motifs, which are put together from smaller motifs, down to
 * operations (Liu et al. 2018, arXiv:1711.00436). A motif of a level is a graph in which each edge
 * carries a motif of the level below, or nothing; operations are level 1, and the highest level has
 * one motif, the cell. A node concatenates what its edges bring and returns to the width of the
 * cell by a 1x1 convolution. Parameters: {@code l2-m1-e01} is the edge 0-1 of motif 1 of level 2.
 * Immutable and thread safe.
 *
 * @param levels from 2 to 5, the operations among them; of 2 levels the cell is made of operations
 * @param motifs of each level between the first and the last, from 1 to 20
 * @param nodes of such a motif, from 2 to 12
 * @param cellNodes of the cell, from 2 to 12
 * @param operations at least one, without {@code none}; unmodifiable
 */
public record MotifHierarchy(
    int levels, int motifs, int nodes, int cellNodes, List<Operation> operations) {

  static final int MOST_LEVELS = 5;
  static final int MOST_MOTIFS = 20;
  static final int MOST_NODES = 12;

  /** A cell of more operations would be no network that anybody trains. */
  private static final long MOST_OPERATIONS = 2000;

  private static final String NONE = Operation.NONE.text();

  /** Checks the ranges above, and that a cell has at most 2,000 operations. */
  public MotifHierarchy {
    operations = List.copyOf(operations);
    requireRange("levels", levels, 2, MOST_LEVELS);
    requireRange("motifs of a level", motifs, 1, MOST_MOTIFS);
    requireRange("nodes of a motif", nodes, 2, MOST_NODES);
    requireRange("nodes of a cell", cellNodes, 2, MOST_NODES);
    if (operations.isEmpty() || operations.contains(Operation.NONE)) {
      throw new IllegalArgumentException(
          "A hierarchy needs operations other than none, which every edge has, but had %s. Maybe skip and conv3x3."
              .formatted(operations));
    }
    long most = EdgeGraph.pairs(cellNodes);
    for (int level = 2; level < levels; level++) {
      most *= EdgeGraph.pairs(nodes);
    }
    if (most > MOST_OPERATIONS) {
      throw new IllegalArgumentException(
          "A cell must have at most %d operations, but of %d levels with %d nodes it can have %d. Maybe choose fewer levels or nodes."
              .formatted(MOST_OPERATIONS, levels, nodes, most));
    }
  }

  private static void requireRange(String what, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "A hierarchy must have from %d to %d %s, but had %d. Maybe %d."
              .formatted(least, most, what, value, Math.max(least, Math.min(most, value))));
    }
  }

  /**
   * Returns the hierarchy behind a search space, alone or with other parameters; empty if its
   * configurations stand for something else.
   */
  public static Optional<MotifHierarchy> behind(SearchSpace space) {
    Optional<Decoder<Architecture>> decoder = space.decoder(Architecture.class);
    return decoder.flatMap(found -> found.unwrap(MotifNetworks.class)).map(MotifNetworks::motifs);
  }

  /** Returns how many motifs a level has, from 2 on. */
  public int motifs(int level) {
    return level == levels ? 1 : motifs;
  }

  /** Returns how many nodes each motif of a level has, from 2 on. */
  public int nodes(int level) {
    return level == levels ? cellNodes : nodes;
  }

  /** Returns what an edge of a level can carry: {@code none}, then what the level below has. */
  List<String> choices(int level) {
    var choices = new ArrayList<String>(List.of(NONE));
    if (level == 2) {
      operations.forEach(operation -> choices.add(operation.text()));
    } else {
      for (int motif = 1; motif <= motifs(level - 1); motif++) {
        choices.add("m" + motif);
      }
    }
    return choices;
  }

  private List<String> names(int level, int motif) {
    return EdgeDecisions.names("l%d-m%d-e".formatted(level, motif), nodes(level));
  }

  void addTo(SearchSpace.Builder space) {
    for (int level = 2; level <= levels; level++) {
      Object[] choices = choices(level).toArray();
      for (int motif = 1; motif <= motifs(level); motif++) {
        for (String name : names(level, motif)) {
          space.add(CategoricalParameter.of(name, choices));
        }
      }
    }
  }

  /** Returns the cell that a valid configuration describes. */
  Step read(Configuration configuration) {
    Map<String, Step> below = new LinkedHashMap<>();
    operations.forEach(operation -> below.put(operation.text(), Step.of(operation)));
    for (int level = 2; level < levels; level++) {
      Map<String, Step> own = new LinkedHashMap<>();
      for (int motif = 1; motif <= motifs(level); motif++) {
        EdgeBody body = body(configuration, level, motif, below);
        if (body.graph().isConnected()) { // else it is zero, and nothing where an edge carries it
          own.put(body.text(), body);
        }
      }
      below.clear();
      below.putAll(own);
    }
    return body(configuration, levels, 1, below);
  }

  private EdgeBody body(
      Configuration configuration, int level, int motif, Map<String, Step> below) {
    List<Optional<Step>> edges =
        names(level, motif).stream()
            .map(name -> Optional.ofNullable(below.get(configuration.getString(name))))
            .toList();
    return new EdgeBody("m" + motif, new EdgeGraph<>(nodes(level), edges), Combine.CONCATENATE);
  }

  /**
   * Returns the configuration from which the method begins to mutate: every motif is a chain of
   * identities, and every level above a chain of its first motif.
   *
   * @throws IllegalArgumentException if {@code skip} is none of the operations
   */
  public Configuration trivial() {
    if (!operations.contains(Operation.SKIP)) {
      throw new IllegalArgumentException(
          "A chain of identities needs skip among the operations, but they are %s. Maybe add it."
              .formatted(operations));
    }
    var values = new LinkedHashMap<String, Object>();
    for (int level = 2; level <= levels; level++) {
      String link = level == 2 ? Operation.SKIP.text() : "m1";
      for (int motif = 1; motif <= motifs(level); motif++) {
        List<String> names = names(level, motif);
        names.forEach(name -> values.put(name, NONE));
        for (int to = 1; to < nodes(level); to++) {
          values.put(names.get(EdgeGraph.place(to - 1, to)), link);
        }
      }
    }
    return Configuration.of(values);
  }

  /**
   * Returns the adjacency of all motifs as numbers 0 and 1, for predictors: for each edge in the
   * order of the parameters one number for each of its choices.
   *
   * @param configuration valid; other parameters make no difference
   */
  public double[] oneHot(Configuration configuration) {
    var code = new ArrayList<Double>();
    for (int level = 2; level <= levels; level++) {
      for (int motif = 1; motif <= motifs(level); motif++) {
        for (String name : names(level, motif)) {
          String chosen = configuration.getString(name);
          choices(level).forEach(choice -> code.add(choice.equals(chosen) ? 1.0 : 0.0));
        }
      }
    }
    return code.stream().mapToDouble(Double::doubleValue).toArray();
  }

  /**
   * Returns a configuration in which one edge is drawn again: a level from 2 on, a motif of it, a
   * node, a node before it and what the edge between them carries, each uniformly; the result can
   * be the parent.
   */
  Configuration mutated(Configuration parent, RandomGenerator random) {
    int level = 2 + random.nextInt(levels - 1);
    int motif = 1 + random.nextInt(motifs(level));
    int to = 1 + random.nextInt(nodes(level) - 1);
    int from = random.nextInt(to);
    List<String> choices = choices(level);
    return parent.with(
        names(level, motif).get(EdgeGraph.place(from, to)),
        choices.get(random.nextInt(choices.size())));
  }
}
