package dev.troupe.architecture.cell;

import dev.troupe.space.Configuration;
import dev.troupe.space.SearchSpace;
import dev.troupe.space.Variation;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * The mutations of AmoebaNet (Real et al. 2019, arXiv:1802.01548): nothing at all in one of twenty
 * cases; else one of the cells has, with equal chance, an input of a block redirected to another
 * state that does not depend on the block, or an operation redrawn. Where the combination of a
 * block is a decision, it is redrawn as an operation is. Crossover is the standard one.
 *
 * @param cells decisions on each cell
 */
record NasnetVariation(List<BlockDecisions> cells) implements Variation {

  private static final double IDENTITY = 0.05;

  @Override
  public Configuration mutate(SearchSpace space, Configuration parent, RandomGenerator random) {
    if (random.nextDouble() < IDENTITY) {
      return parent;
    }
    BlockDecisions decisions = cells.get(random.nextInt(cells.size()));
    BlockCell cell = decisions.read(parent);
    BlockCell changed =
        random.nextBoolean() ? redirected(cell, random) : redrawn(cell, decisions, random);
    Map<String, Object> values = new LinkedHashMap<>(parent.toMap());
    values.putAll(decisions.write(changed));
    return Configuration.of(values);
  }

  @Override
  public Configuration crossover(
      SearchSpace space, Configuration first, Configuration second, RandomGenerator random) {
    return Variation.standard().crossover(space, first, second, random);
  }

  private static BlockCell redirected(BlockCell cell, RandomGenerator random) {
    int at = random.nextInt(cell.size());
    boolean inFirst = random.nextBoolean();
    Block block = cell.blocks().get(at);
    Block.Half half = inFirst ? block.first() : block.second();
    List<Integer> states = new ArrayList<>(independent(cell, at + BlockCell.INPUTS));
    states.remove((Integer) half.input());
    if (states.isEmpty()) {
      return cell;
    }
    Block.Half other = half.reading(states.get(random.nextInt(states.size())));
    var blocks = new ArrayList<Block>(cell.blocks());
    blocks.set(at, withHalf(block, inFirst, other));
    return sorted(blocks);
  }

  private static Block withHalf(Block block, boolean inFirst, Block.Half half) {
    return inFirst
        ? new Block(half, block.second(), block.combine())
        : new Block(block.first(), half, block.combine());
  }

  /** Returns the states that do not depend on one: reading them makes no loop. */
  static List<Integer> independent(BlockCell cell, int of) {
    var depends = new boolean[cell.states()];
    depends[of] = true;
    for (int state = of + 1; state < depends.length; state++) {
      Block block = cell.blocks().get(state - BlockCell.INPUTS);
      depends[state] = depends[block.first().input()] || depends[block.second().input()];
    }
    return IntStream.range(0, depends.length).filter(state -> !depends[state]).boxed().toList();
  }

  /** Puts each block after those that it reads, and otherwise leaves the order as it is. */
  private static BlockCell sorted(List<Block> blocks) {
    var numbers = new int[blocks.size() + BlockCell.INPUTS];
    for (int i = 0; i < numbers.length; i++) {
      numbers[i] = i < BlockCell.INPUTS ? i : -1;
    }
    var placed = new ArrayList<Block>();
    while (placed.size() < blocks.size()) {
      int next =
          IntStream.range(0, blocks.size())
              .filter(i -> numbers[i + BlockCell.INPUTS] < 0 && isReady(blocks.get(i), numbers))
              .findFirst()
              .orElseThrow();
      numbers[next + BlockCell.INPUTS] = placed.size() + BlockCell.INPUTS;
      placed.add(BlockCell.renumbered(blocks.get(next), input -> numbers[input]));
    }
    return new BlockCell(placed);
  }

  private static boolean isReady(Block block, int[] numbers) {
    return numbers[block.first().input()] >= 0 && numbers[block.second().input()] >= 0;
  }

  private static BlockCell redrawn(
      BlockCell cell, BlockDecisions decisions, RandomGenerator random) {
    int at = random.nextInt(cell.size());
    Block block = cell.blocks().get(at);
    int choices = decisions.combinations().size() > 1 ? 3 : 2;
    int choice = random.nextInt(choices);
    Block changed;
    if (choice == 2) {
      changed = new Block(block.first(), block.second(), drawn(decisions.combinations(), random));
    } else {
      Block.Half half = choice == 0 ? block.first() : block.second();
      Operation operation = drawn(decisions.operations(), random);
      changed = withHalf(block, choice == 0, new Block.Half(half.input(), operation));
    }
    var blocks = new ArrayList<Block>(cell.blocks());
    blocks.set(at, changed);
    return new BlockCell(blocks);
  }

  private static <T> T drawn(List<T> choices, RandomGenerator random) {
    return choices.get(random.nextInt(choices.size()));
  }
}
