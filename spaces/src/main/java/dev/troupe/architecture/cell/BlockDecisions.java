package dev.troupe.architecture.cell;

import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.Condition;
import dev.troupe.space.Configuration;
import dev.troupe.space.IntParameter;
import dev.troupe.space.SearchSpace;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;

/**
 * Decides block by block on two inputs, two operations and, where there is a choice, how to combine
 * them: {@code normal-1-input-a}, {@code -input-b}, {@code -operation-a}, {@code -operation-b},
 * {@code -combine} (Zoph et al. 2018, arXiv:1707.07012). Where the number of blocks varies, {@code
 * normal-blocks} decides on it first.
 *
 * @param name of the cell, the beginning of the parameters' names
 * @param fewest blocks, at least 1
 * @param most blocks, at least {@code fewest} and at most 12
 * @param operations at least one, none twice; unmodifiable
 * @param combinations at least one, none twice; unmodifiable
 */
public record BlockDecisions(
    String name, int fewest, int most, List<Operation> operations, List<Combine> combinations)
    implements CellDecisions {

  /** The most blocks of a cell. */
  public static final int MOST_BLOCKS = 12;

  /** Checks the ranges above. */
  public BlockDecisions {
    operations = List.copyOf(operations);
    combinations = List.copyOf(combinations);
    if (fewest < 1 || most < fewest || most > MOST_BLOCKS) {
      throw new IllegalArgumentException(
          "A cell '%s' must have from 1 to %d blocks, the fewest no more than the most, but was to have from %d to %d. Maybe from 1 to 5."
              .formatted(name, MOST_BLOCKS, fewest, most));
    }
    if (operations.isEmpty() || combinations.isEmpty()) {
      throw new IllegalArgumentException(
          "A cell '%s' needs an operation and a combination, but had %d and %d. Maybe skip and add."
              .formatted(name, operations.size(), combinations.size()));
    }
  }

  /** Returns decisions on a fixed number of blocks that add their halves. */
  public static BlockDecisions adding(String name, int blocks, List<Operation> operations) {
    return new BlockDecisions(name, blocks, blocks, operations, List.of(Combine.ADD));
  }

  /** Returns whether the number of blocks is a decision. */
  public boolean isGrowing() {
    return fewest < most;
  }

  @Override
  public void addTo(SearchSpace.Builder space) {
    if (isGrowing()) {
      space.add(IntParameter.linear(blocksName(), fewest, most));
    }
    for (int block = 1; block <= most; block++) {
      List<Condition> when =
          block > fewest ? List.of(Condition.between(blocksName(), block, most)) : List.of();
      Object[] inputs = LongStream.range(0, block - 1L + BlockCell.INPUTS).boxed().toArray();
      space.add(CategoricalParameter.of(name(block, "input-a"), inputs), when);
      space.add(CategoricalParameter.of(name(block, "input-b"), inputs), when);
      space.add(operation(block, "operation-a"), when);
      space.add(operation(block, "operation-b"), when);
      if (combinations.size() > 1) {
        Object[] texts = combinations.stream().map(Combine::text).toArray();
        space.add(CategoricalParameter.of(name(block, "combine"), texts), when);
      }
    }
  }

  private CategoricalParameter operation(int block, String decision) {
    return CategoricalParameter.of(
        name(block, decision), operations.stream().map(Operation::text).toArray());
  }

  private String name(int block, String decision) {
    return "%s-%d-%s".formatted(name, block, decision);
  }

  private String blocksName() {
    return name + "-blocks";
  }

  @Override
  public BlockCell read(Configuration configuration) {
    int size = isGrowing() ? configuration.getInt(blocksName()) : most;
    var blocks = new ArrayList<Block>();
    for (int block = 1; block <= size; block++) {
      blocks.add(
          new Block(
              half(configuration, block, "a"),
              half(configuration, block, "b"),
              combinations.size() > 1
                  ? Combine.of(configuration.getString(name(block, "combine")))
                  : combinations.get(0)));
    }
    return new BlockCell(blocks);
  }

  private Block.Half half(Configuration configuration, int block, String half) {
    return new Block.Half(
        configuration.getInt(name(block, "input-" + half)),
        Operation.of(configuration.getString(name(block, "operation-" + half))));
  }

  @Override
  public Map<String, Object> write(BlockCell cell) {
    if (cell.size() < fewest || cell.size() > most) {
      throw new IllegalArgumentException(
          "A cell '%s' has from %d to %d blocks, but this one has %d: %s. Maybe leave some out, or add some."
              .formatted(name, fewest, most, cell.size(), cell));
    }
    var values = new LinkedHashMap<String, Object>();
    if (isGrowing()) {
      values.put(blocksName(), (long) cell.size());
    }
    for (int i = 0; i < cell.size(); i++) {
      write(i + 1, cell.blocks().get(i), values);
    }
    return values;
  }

  private void write(int number, Block block, Map<String, Object> values) {
    require(block);
    values.put(name(number, "input-a"), (long) block.first().input());
    values.put(name(number, "input-b"), (long) block.second().input());
    values.put(name(number, "operation-a"), block.first().operation().text());
    values.put(name(number, "operation-b"), block.second().operation().text());
    if (combinations.size() > 1) {
      values.put(name(number, "combine"), block.combine().text());
    }
  }

  private void require(Block block) {
    boolean isKnown =
        operations.contains(block.first().operation())
            && operations.contains(block.second().operation())
            && combinations.contains(block.combine());
    if (!isKnown) {
      throw new IllegalArgumentException(
          "A cell '%s' is made of %s and %s, but a block was %s. Maybe replace its operation."
              .formatted(name, operations, combinations, block));
    }
  }

  @Override
  public BlockCell least() {
    Block block =
        new Block(
            new Block.Half(0, operations.get(0)),
            new Block.Half(0, operations.get(0)),
            combinations.get(0));
    return new BlockCell(Collections.nCopies(fewest, block));
  }
}
