package dev.troupe.architecture.cell;

import static dev.troupe.architecture.WorkedExamples.expected;
import static dev.troupe.architecture.WorkedExamples.key;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.typesafe.config.Config;
import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.architecture.ArchitectureSpaces;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.architecture.Shape;
import dev.troupe.space.Configuration;
import dev.troupe.space.SearchSpace;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The worked examples on cells. */
class CellExamplesTest {

  private static final NetworkTask TASK = new NetworkTask(Shape.image(1, 8, 8), 10);
  private static final List<Operation> TWO = List.of(Operation.SKIP, Operation.MAX_3X3);
  private static final List<Operation> THREE =
      List.of(Operation.SKIP, Operation.MAX_3X3, Operation.AVG_3X3);

  @Test
  void space1_sizesOfClassicSpaces_areThoseOfTheSpaces() {
    Config expected = expected("SPACE-1");
    SearchSpace darts = one("darts", Map.of("nodes", 4)).searchSpace();
    long cell = expected.getLong(key("DARTS cell, 4 nodes, 7 ops, top-2"));

    assertThat(darts.size())
        .hasValueSatisfying(size -> assertThat(size.sqrt().longValueExact()).isEqualTo(cell));
    assertThat(Discretisation.edges(4)).isEqualTo(expected.getInt(key("DARTS edges")));
    assertThat(one("nasnet", Map.of("blocks", 5, "combine", "both")).names())
        .hasSize(expected.getInt(key("NASNet steps 2*5B, B=5")));
  }

  @Test
  void pnas1_numbersOfCells_areThoseOfTheSpace() {
    Config expected = expected("PNAS-1");
    List<Long> ordered =
        LongStream.rangeClosed(1, 5)
            .map(b -> size(b) / (b == 1 ? 1 : size(b - 1)))
            .boxed()
            .toList();

    assertThat(ordered).isEqualTo(expected.getLongList(key("ordered per block b=1..5")));
    assertThat(size(5)).isEqualTo(expected.getLong(key("ordered B=5")));
    assertThat(size(2)).isEqualTo(expected.getLong(key("b=1 to 2 (ordered)")));
    assertThat(unorderedHalves())
        .isEqualTo(expected.getLongList(key("unordered halves per block")));
    assertThat(unorderedHalves().stream().reduce(1L, Math::multiplyExact))
        .isEqualTo(expected.getLong(key("unordered halves B=5")));
    assertThat(unique(1, PnasProvider.OPERATIONS)).isEqualTo(expected.getInt(key("unique b=1")));
    assertThat(unique(2, PnasProvider.OPERATIONS))
        .isEqualTo(expected.getInt(key("unique b=2 also up to block order")));
  }

  private static long size(long blocks) {
    return one("pnas", Map.of("blocks", blocks, "fewest-blocks", blocks))
        .searchSpace()
        .size()
        .orElseThrow()
        .longValueExact();
  }

  /** Returns how many extensions a cell of 0 to 4 blocks has. */
  private static List<Long> unorderedHalves() {
    BlockCell cell = BlockCell.smallest(PnasProvider.OPERATIONS).get(0);
    var counts = new ArrayList<Long>();
    counts.add((long) BlockCell.smallest(PnasProvider.OPERATIONS).size());
    while (counts.size() < 5) {
      List<BlockCell> longer = cell.extensions(PnasProvider.OPERATIONS);
      counts.add((long) longer.size());
      cell = longer.get(0);
    }
    return counts;
  }

  /** Returns how many cells differ in more than the order of halves and blocks. */
  private static int unique(int blocks, List<Operation> operations) {
    Set<BlockCell> cells = new HashSet<>();
    BlockCell.smallest(operations).forEach(cell -> cells.add(cell.canonical()));
    for (int i = 1; i < blocks; i++) {
      List<BlockCell> shorter = List.copyOf(cells);
      cells.clear();
      for (BlockCell cell : shorter) {
        cell.extensions(operations).forEach(longer -> cells.add(longer.canonical()));
      }
    }
    return cells.size();
  }

  @Test
  void pnas1_cellsOfOneBlock_makeAsManyNetworks() {
    ArchitectureSpace space = one("pnas", Map.of("blocks", 1));
    Set<String> hashes = new HashSet<>();
    Set<Configuration> canonical = new HashSet<>();
    Iterator<Configuration> all = space.searchSpace().enumerate();
    while (all.hasNext()) {
      Configuration configuration = all.next();
      canonical.add(space.decoder().canonical(configuration));
      hashes.add(space.instance(configuration).hash());
    }

    assertThat(hashes).hasSize(expected("PNAS-1").getInt(key("unique b=1")));
    assertThat(canonical).hasSameSizeAs(hashes);
  }

  @Test
  void pnas2_uniqueCellsOfSmallVocabularies_areCountedExactly() {
    Config expected = expected("PNAS-2");

    assertThat(unique(2, TWO)).isEqualTo(expected.getInt(key("B=2, 2 ops")));
    assertThat(unique(3, TWO)).isEqualTo(expected.getInt(key("B=3, 2 ops")));
    assertThat(unique(2, THREE)).isEqualTo(expected.getInt(key("B=2, 3 ops")));
  }

  @Test
  void pnas3_cellsOfEachLevel_areAsMany() {
    Config expected = expected("PNAS-3");
    List<Long> halves = unorderedHalves();
    int first = BlockCell.smallest(PnasProvider.OPERATIONS).size();
    List<Operation> four =
        List.of(Operation.SKIP, Operation.CONV_3X3, Operation.MAX_3X3, Operation.AVG_3X3);

    assertThat(first + 4 * 256).isEqualTo(expected.getInt("trained"));
    assertThat(first * halves.get(1)).isEqualTo(expected.getLong(key("scored at b=2")));
    assertThat(256 * halves.get(2)).isEqualTo(expected.getLong(key("scored at b=3")));
    assertThat(BlockCell.smallest(four))
        .hasSize(expected.getInt(key("CPU scale K=8,B=3,4 ops: first step")));
  }

  /** Nodes are numbered from 1 in the example and from 0 here. */
  @Test
  void enas4_nodesThatNobodyReads_areTheOutput() {
    Config expected = expected("ENAS-4");

    assertThat(looseEnds(reading(1, 1), reading(2, 0)))
        .isEqualTo(expected.getIntList(key("output of first")));
    assertThat(looseEnds(reading(0, 1), reading(0, 0)))
        .isEqualTo(expected.getIntList(key("output of second")));
  }

  private static Block reading(int first, int second) {
    return Block.adding(first, Operation.SKIP, second, Operation.SKIP);
  }

  private static List<Integer> looseEnds(Block... blocks) {
    return BlockCell.of(blocks).looseEnds().stream().map(state -> state + 1).toList();
  }

  @Test
  void hier1_edgesOfMotifs_areDecisions() {
    Config expected = expected("HIER-1");
    ArchitectureSpace paper =
        one("hierarchical", Map.of("levels", 3, "motifs", 6, "nodes", 4, "cell-nodes", 5));
    ArchitectureSpace flat = one("hierarchical", Map.of("levels", 2, "cell-nodes", 11));

    assertThat(paper.names())
        .filteredOn(name -> name.startsWith("l2-m1-"))
        .hasSize(expected.getInt(key("pairs(4)")));
    assertThat(paper.names())
        .filteredOn(name -> name.startsWith("l3-"))
        .hasSize(expected.getInt(key("pairs(5)")));
    assertThat(flat.names()).hasSize(expected.getInt(key("pairs(11)")));
  }

  @Test
  void darts6_relaxedCell_keepsTheStrongestEdges() {
    Config expected = expected("DARTS-6");
    double[][] weights = {{.5, .3, .2}, {.1, .2, .7}, {.2, .5, .3}, {.6, .1, .3}, {.1, .1, .8}};
    BlockCell cell =
        Discretisation.ofWeights(
            weights, List.of(Operation.NONE, Operation.SKIP, Operation.SEP_3X3));

    assertThat(shown(cell.blocks().get(0))).isEqualTo(texts(expected, "node2"));
    assertThat(shown(cell.blocks().get(1))).isEqualTo(texts(expected, "node3"));
  }

  private static List<String> texts(Config expected, String node) {
    return expected.getStringList(node).stream()
        .map(text -> text.replace("sep3<", "sep3x3<"))
        .toList();
  }

  private static List<String> shown(Block block) {
    return List.of(
        block.first().operation() + "<-" + block.first().input(),
        block.second().operation() + "<-" + block.second().input());
  }

  @Test
  void eff1_compoundScaling_growsByPowers() {
    Config expected = expected("EFF-1");
    CompoundScaling scaling = CompoundScaling.EFFICIENT_NET;
    List<Double> factors = List.of(scaling.depth(2), scaling.width(2), scaling.resolution(2));
    List<Double> wanted = expected.getDoubleList(key("phi=2 depth,width,resolution"));

    assertThat(scaling.cost())
        .isEqualTo(expected.getDouble(key("alpha*beta^2*gamma^2")), within(1e-6));
    for (int i = 0; i < wanted.size(); i++) {
      assertThat(factors.get(i)).isEqualTo(wanted.get(i), within(1e-6));
    }
  }

  private static ArchitectureSpace one(String name, Map<String, ?> options) {
    return ArchitectureSpaces.named(name, TASK, options);
  }
}
