package dev.troupe.architecture.cell;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.space.Configuration;
import dev.troupe.space.SearchSpace;
import dev.troupe.space.Variation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A space of networks of cells of blocks.
 *
 * @param name of the space, for messages
 * @param task what the networks are for
 * @param skeleton where cells stand
 * @param ends what they put out
 * @param cells the decisions on the normal cell and on the reduction cell, or on the one that is
 *     both
 */
record BlockCellSpace(
    String name,
    NetworkTask task,
    Skeleton skeleton,
    Ends ends,
    List<? extends CellDecisions> cells) {

  BlockCellSpace {
    Pictures.require("Space '%s'".formatted(name), task);
  }

  ArchitectureSpace with(Variation variation) {
    SearchSpace.Builder space = SearchSpace.builder().variation(variation);
    cells.forEach(decisions -> decisions.addTo(space));
    return ArchitectureSpace.of(space, this::decode, this::canonical);
  }

  private Architecture decode(Configuration configuration) {
    return CellNetwork.of(
        task, skeleton, ends, normal().read(configuration), reduction().read(configuration));
  }

  private CellDecisions normal() {
    return cells.get(0);
  }

  private CellDecisions reduction() {
    return cells.get(cells.size() - 1);
  }

  /**
   * Cells in canonical form; the first choices for a kind of cell on which no output depends; and
   * inputs swapped at will where both are the stem throughout.
   */
  private Configuration canonical(Configuration configuration) {
    CellUse use =
        CellUse.of(skeleton, normal().read(configuration), reduction().read(configuration));
    Map<String, Object> values = new LinkedHashMap<>();
    if (cells.size() == 1) {
      boolean toldApart =
          use.tellsInputsApart(Skeleton.Kind.NORMAL)
              || use.tellsInputsApart(Skeleton.Kind.REDUCTION);
      values.putAll(normal().write(canonical(normal().read(configuration), toldApart)));
      return Configuration.of(values);
    }
    for (Skeleton.Kind kind : Skeleton.Kind.values()) {
      CellDecisions decisions = kind == Skeleton.Kind.NORMAL ? normal() : reduction();
      BlockCell cell =
          use.isReached(kind)
              ? canonical(decisions.read(configuration), use.tellsInputsApart(kind))
              : decisions.least();
      values.putAll(decisions.write(cell));
    }
    return Configuration.of(values);
  }

  private static BlockCell canonical(BlockCell cell, boolean toldApart) {
    return toldApart ? cell.canonical() : cell.canonicalWithInputsAlike();
  }
}
