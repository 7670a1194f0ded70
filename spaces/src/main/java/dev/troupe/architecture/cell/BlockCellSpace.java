package dev.troupe.architecture.cell;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.architecture.CellStack;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.space.Configuration;
import dev.troupe.space.Decoder;
import dev.troupe.space.SearchSpace;
import dev.troupe.space.Variation;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * A space of networks of cells of blocks, as strategies that know cells find it behind a {@link
 * SearchSpace}. Pure and thread safe.
 *
 * @param name of the space, for messages
 * @param task what the networks are for
 * @param skeleton where cells stand
 * @param ends what they put out
 * @param cells the decisions on the normal cell and on the reduction cell, or on the one that is
 *     both
 */
public record BlockCellSpace(
    String name,
    NetworkTask task,
    Skeleton skeleton,
    Ends ends,
    List<? extends CellDecisions> cells)
    implements Function<Configuration, Architecture>, CellStack {

  /** Refuses vectors, and other than one or two cells. */
  public BlockCellSpace {
    cells = List.copyOf(cells);
    if (cells.isEmpty() || cells.size() > 2) {
      throw new IllegalArgumentException(
          "Space '%s' must decide on one cell or two, but had decisions on %d. Maybe on a normal and a reduction cell."
              .formatted(name, cells.size()));
    }
    Pictures.require("Space '%s'".formatted(name), task);
  }

  /**
   * Returns the space of cells behind a search space, alone or with other parameters; empty if its
   * configurations stand for something else.
   */
  public static Optional<BlockCellSpace> behind(SearchSpace space) {
    Optional<Decoder<Architecture>> decoder = space.decoder(Architecture.class);
    return decoder.flatMap(found -> found.unwrap(BlockCellSpace.class));
  }

  /** Returns it as a space in which strategies search, whose configurations vary in this way. */
  public ArchitectureSpace toArchitectureSpace(Variation variation) {
    SearchSpace.Builder space = SearchSpace.builder().variation(variation);
    cells.forEach(decisions -> decisions.addTo(space));
    return ArchitectureSpace.of(space, this, this::canonical);
  }

  /** Returns the network of a valid configuration. */
  @Override
  public Architecture apply(Configuration configuration) {
    return network(configuration, skeleton);
  }

  @Override
  public int cellsInRow() {
    return Math.max(1, skeleton.longestRun());
  }

  @Override
  public Architecture decode(Configuration configuration, double share) {
    return network(configuration, skeleton.shortened(share));
  }

  private Architecture network(Configuration configuration, Skeleton cellsAt) {
    return CellNetwork.of(
        task, cellsAt, ends, normal().read(configuration), reduction().read(configuration));
  }

  /** Returns the decisions on the normal cell. */
  public CellDecisions normal() {
    return cells.get(0);
  }

  /** Returns the decisions on the reduction cell; the same where one cell is both. */
  public CellDecisions reduction() {
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
