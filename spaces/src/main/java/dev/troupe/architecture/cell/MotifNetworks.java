package dev.troupe.architecture.cell;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.CellStack;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.space.Configuration;
import java.util.function.Function;

/**
 * Networks of cells of motifs.
 *
 * @param motifs what configurations mean
 * @param network around the cells
 * @param task what the networks are for
 */
record MotifNetworks(MotifHierarchy motifs, StageNetwork network, NetworkTask task)
    implements Function<Configuration, Architecture>, CellStack {

  @Override
  public Architecture apply(Configuration configuration) {
    return network.around(motifs.read(configuration), task);
  }

  @Override
  public int cellsInRow() {
    return network.cells();
  }

  @Override
  public Architecture decode(Configuration configuration, double share) {
    return network.shortened(share).around(motifs.read(configuration), task);
  }
}
