package dev.troupe.architecture.cell;

import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.architecture.ArchitectureSpaceProvider;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.settings.Option;
import dev.troupe.settings.Settings;
import java.util.List;

/**
 * Makes {@code nasnet}: a normal cell and a reduction cell of blocks, five decisions a block (Zoph
 * et al. 2018, arXiv:1707.07012), with the mutations of AmoebaNet (Real et al. 2019,
 * arXiv:1802.01548). The paper has 5 blocks, the 13 operations below, both combinations, two
 * reductions, 6 cells in a row and 32 channels; the released networks have a stem three times as
 * wide.
 */
public final class NasnetProvider implements ArchitectureSpaceProvider {

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
          Operation.DIL_3X3,
          Operation.CONV_1X3_3X1,
          Operation.MAX_5X5,
          Operation.MAX_7X7,
          Operation.CONV_1X1,
          Operation.CONV_3X3);

  private static final int BLOCKS = 2;
  private static final List<String> COMBINATIONS = List.of("add", "concat", "both");

  /** For the service loader. */
  public NasnetProvider() {}

  @Override
  public String name() {
    return "nasnet";
  }

  @Override
  public String description() {
    return "Normal and reduction cells of blocks: two inputs, two operations, how to combine them";
  }

  @Override
  public List<Option> options() {
    return SkeletonSettings.repeatedOptions(
        new Option("blocks", "" + BLOCKS, "blocks of a cell"),
        SkeletonSettings.operationsOption(OPERATIONS),
        new Option("combine", "add", "add, concat, or both to choose for each block"));
  }

  @Override
  public ArchitectureSpace create(NetworkTask task, Settings settings) {
    int blocks = settings.getInt("blocks", BLOCKS, 1, BlockDecisions.MOST_BLOCKS);
    List<Operation> operations = SkeletonSettings.operations(settings, OPERATIONS);
    List<Combine> combinations = combinations(settings);
    List<BlockDecisions> cells =
        List.of(
            new BlockDecisions("normal", blocks, blocks, operations, combinations),
            new BlockDecisions("reduction", blocks, blocks, operations, combinations));
    return new BlockCellSpace(name(), task, SkeletonSettings.repeated(settings), Ends.LOOSE, cells)
        .toArchitectureSpace(new NasnetVariation(cells));
  }

  private static List<Combine> combinations(Settings settings) {
    String combine = settings.getOneOf("combine", "add", COMBINATIONS);
    return combine.equals("both") ? List.of(Combine.values()) : List.of(Combine.of(combine));
  }
}
