package dev.troupe.architecture.cell;

import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.Configuration;
import dev.troupe.space.SearchSpace;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Decides node by node on two different inputs, and on the operation of each: {@code
 * normal-2-inputs}, one of {@code 0-1}, {@code 0-2}, {@code 1-2}, {@code normal-2-operation-a}, for
 * the lower input, and {@code normal-2-operation-b}. The first node has one pair of inputs and no
 * choice (Liu, Simonyan, Yang 2019, arXiv:1806.09055).
 *
 * @param name of the cell, the beginning of the parameters' names
 * @param nodes from 1 to 12
 * @param operations at least one, none twice; unmodifiable
 */
public record PairDecisions(String name, int nodes, List<Operation> operations)
    implements CellDecisions {

  /** Checks the ranges above. */
  public PairDecisions {
    operations = List.copyOf(operations);
    if (nodes < 1 || nodes > BlockDecisions.MOST_BLOCKS) {
      throw new IllegalArgumentException(
          "A cell '%s' must have from 1 to %d nodes, but was to have %d. Maybe 4."
              .formatted(name, BlockDecisions.MOST_BLOCKS, nodes));
    }
    if (operations.isEmpty()) {
      throw new IllegalArgumentException(
          "A cell '%s' needs an operation, but had none. Maybe skip.".formatted(name));
    }
  }

  @Override
  public void addTo(SearchSpace.Builder space) {
    Object[] texts = operations.stream().map(Operation::text).toArray();
    for (int node = 1; node <= nodes; node++) {
      if (node > 1) {
        space.add(CategoricalParameter.of(name(node, "inputs"), pairs(node).toArray()));
      }
      space.add(CategoricalParameter.of(name(node, "operation-a"), texts));
      space.add(CategoricalParameter.of(name(node, "operation-b"), texts));
    }
  }

  private static List<String> pairs(int node) {
    var pairs = new ArrayList<String>();
    for (int second = 1; second < node - 1 + BlockCell.INPUTS; second++) {
      for (int first = 0; first < second; first++) {
        pairs.add(first + "-" + second);
      }
    }
    return pairs;
  }

  private String name(int node, String decision) {
    return "%s-%d-%s".formatted(name, node, decision);
  }

  @Override
  public BlockCell read(Configuration configuration) {
    var blocks = new ArrayList<Block>();
    for (int node = 1; node <= nodes; node++) {
      String pair = node > 1 ? configuration.getString(name(node, "inputs")) : "0-1";
      int dash = pair.indexOf('-');
      blocks.add(
          Block.adding(
              Integer.parseInt(pair.substring(0, dash)),
              Operation.of(configuration.getString(name(node, "operation-a"))),
              Integer.parseInt(pair.substring(dash + 1)),
              Operation.of(configuration.getString(name(node, "operation-b")))));
    }
    return new BlockCell(blocks);
  }

  @Override
  public Map<String, Object> write(BlockCell cell) {
    if (cell.size() != nodes) {
      throw new IllegalArgumentException(
          "A cell '%s' has %d nodes, but this one has %d: %s. Maybe leave some out, or add some."
              .formatted(name, nodes, cell.size(), cell));
    }
    var values = new LinkedHashMap<String, Object>();
    for (int i = 0; i < nodes; i++) {
      Block block = cell.blocks().get(i).sorted();
      require(block);
      if (i > 0) {
        values.put(name(i + 1, "inputs"), block.first().input() + "-" + block.second().input());
      }
      values.put(name(i + 1, "operation-a"), block.first().operation().text());
      values.put(name(i + 1, "operation-b"), block.second().operation().text());
    }
    return values;
  }

  private void require(Block block) {
    boolean isKnown =
        operations.contains(block.first().operation())
            && operations.contains(block.second().operation());
    if (!isKnown
        || block.combine() != Combine.ADD
        || block.first().input() == block.second().input()) {
      throw new IllegalArgumentException(
          "A node of a cell '%s' adds two of %s, each of another input, but one was %s. Maybe redirect or replace one half."
              .formatted(name, operations, block));
    }
  }

  @Override
  public BlockCell least() {
    Operation first = operations.get(0);
    var blocks = new ArrayList<Block>();
    for (int node = 1; node <= nodes; node++) {
      blocks.add(Block.adding(0, first, 1, first));
    }
    return new BlockCell(blocks);
  }
}
