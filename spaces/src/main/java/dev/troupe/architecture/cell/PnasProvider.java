package dev.troupe.architecture.cell;

import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.architecture.ArchitectureSpaceProvider;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.settings.Option;
import dev.troupe.settings.Settings;
import dev.troupe.space.Variation;
import java.util.List;

/**
 * Makes {@code pnas}: one cell of 1 to B blocks that add their halves, at every place; with stride
 * 2 it is the reduction cell (Liu et al. 2018, arXiv:1712.00559). The paper has 5 blocks, the
 * operations below, 2 cells in a row and 24 channels. {@link GrowingCells} extends its cells by a
 * block.
 */
public final class PnasProvider implements ArchitectureSpaceProvider {

  /** The operations of the paper. */
  public static final List<Operation> OPERATIONS =
      List.of(
          Operation.SEP_3X3,
          Operation.SEP_5X5,
          Operation.SEP_7X7,
          Operation.CONV_1X7_7X1,
          Operation.SKIP,
          Operation.AVG_3X3,
          Operation.MAX_3X3,
          Operation.DIL_3X3);

  private static final int BLOCKS = 3;

  /** For the service loader. */
  public PnasProvider() {}

  @Override
  public String name() {
    return "pnas";
  }

  @Override
  public String description() {
    return "One cell for all places, which can grow block by block";
  }

  @Override
  public List<Option> options() {
    return SkeletonSettings.repeatedOptions(
        new Option("blocks", "" + BLOCKS, "the most blocks of a cell"),
        new Option("fewest-blocks", "1", "the fewest; as many as blocks for a fixed number"),
        SkeletonSettings.operationsOption(OPERATIONS));
  }

  @Override
  public ArchitectureSpace create(NetworkTask task, Settings settings) {
    int blocks = settings.getInt("blocks", BLOCKS, 1, BlockDecisions.MOST_BLOCKS);
    int fewest = settings.getInt("fewest-blocks", 1, 1, blocks);
    var decisions =
        new BlockDecisions(
            "cell",
            fewest,
            blocks,
            SkeletonSettings.operations(settings, OPERATIONS),
            List.of(Combine.ADD));
    return new BlockCellSpace(
            name(), task, SkeletonSettings.repeated(settings), Ends.LOOSE, List.of(decisions))
        .toArchitectureSpace(Variation.standard());
  }
}
