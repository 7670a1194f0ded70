package dev.troupe.architecture.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.architecture.ArchitectureSpaces;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.architecture.Shape;
import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.SearchSpace;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class GrowingCellsTest {

  private static final NetworkTask TASK = new NetworkTask(Shape.image(1, 8, 8), 10);
  private static final ArchitectureSpace PNAS =
      ArchitectureSpaces.named("pnas", TASK, Map.of("blocks", 2));

  @Test
  void smallest_ofEightOperations_are136() {
    GrowingCells cells = GrowingCells.of(PNAS.searchSpace());
    List<Configuration> smallest = cells.smallest(Configuration.empty());

    assertThat(smallest).hasSize(136).doesNotHaveDuplicates();
    assertThat(smallest).allMatch(PNAS.searchSpace()::contains);
    assertThat(smallest).allMatch(each -> cells.blocks(each) == 1);
  }

  @Test
  void extend_cellOfOneBlock_hasEveryFurtherBlockOnce() {
    GrowingCells cells = GrowingCells.of(PNAS.searchSpace());
    Configuration first = cells.smallest(Configuration.empty()).get(0);
    List<Configuration> longer = cells.extend(first);

    assertThat(longer).hasSize(300).allMatch(PNAS.searchSpace()::contains);
    assertThat(longer)
        .allMatch(each -> PNAS.decoder().canonical(each).equals(each) && cells.blocks(each) == 2);
    assertThat(cells.extend(longer.get(0))).isEmpty();
  }

  @Test
  void extend_inAJointSpace_keepsTheOtherParameters() {
    SearchSpace joint =
        PNAS.joinedWith(SearchSpace.builder().add(FloatParameter.linear("rate", 0, 1)).build());
    GrowingCells cells = GrowingCells.of(joint);
    Configuration first = cells.smallest(Configuration.of(Map.of("rate", 0.5))).get(0);

    assertThat(cells.extend(first)).allMatch(joint::contains);
    assertThat(cells.extend(first)).allMatch(each -> each.getDouble("rate") == 0.5);
  }

  @Test
  void of_anotherSpace_isRefused() {
    SearchSpace nasnet = ArchitectureSpaces.named("nasnet", TASK, Map.of()).searchSpace();
    assertThatThrownBy(() -> GrowingCells.of(nasnet))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("this one decides on [normal-1-input-a, ")
        .hasMessageContaining("Maybe architecture { name = pnas");
  }
}
