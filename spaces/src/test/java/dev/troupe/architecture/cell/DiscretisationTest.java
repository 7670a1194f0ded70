package dev.troupe.architecture.cell;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.space.Configuration;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiscretisationTest {

  private static final List<Operation> OPERATIONS =
      List.of(Operation.NONE, Operation.SKIP, Operation.SEP_3X3);

  @Test
  void ofAlphas_rowsOfDifferentLevel_areComparedAfterTheSoftmax() {
    // The third edge has the largest numbers, and none in front of them by far.
    double[][] alphas = {{0, 1, 0}, {0, 0, 2}, {-1, 1, 0}, {0, 0, 1}, {9, 5, 5}};
    BlockCell cell = Discretisation.ofAlphas(alphas, OPERATIONS);

    assertThat(cell.blocks().get(1))
        .isEqualTo(Block.adding(0, Operation.SKIP, 1, Operation.SEP_3X3));
  }

  @Test
  void ofWeights_equalWeights_keepsTheFirst() {
    double[][] weights = {{.2, .4, .4}, {.2, .4, .4}};
    assertThat(Discretisation.ofWeights(weights, OPERATIONS))
        .isEqualTo(BlockCell.of(Block.adding(0, Operation.SKIP, 1, Operation.SKIP)));
  }

  @Test
  void ofWeights_anyCell_isAConfigurationOfTheSpace() {
    double[][] weights = {{.5, .3, .2}, {.1, .2, .7}, {.2, .5, .3}, {.6, .1, .3}, {.1, .1, .8}};
    var decisions = new PairDecisions("normal", 2, List.of(Operation.SKIP, Operation.SEP_3X3));
    BlockCell cell = Discretisation.ofWeights(weights, OPERATIONS);
    Configuration configuration = Configuration.of(decisions.write(cell));

    assertThat(configuration.getString("normal-2-inputs")).isEqualTo("0-2");
    assertThat(decisions.read(configuration).canonical()).isEqualTo(cell.canonical());
  }

  @Test
  void ofWeights_wrongShapes_areRefused() {
    assertThatThrownBy(() -> Discretisation.ofWeights(new double[4][3], OPERATIONS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("2 nodes has 5 rows, one for each edge, but there were 4");
    assertThatThrownBy(() -> Discretisation.ofWeights(new double[2][2], OPERATIONS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("each of 3 operations, but one had 2");
    assertThatThrownBy(() -> Discretisation.ofWeights(new double[2][1], List.of(Operation.NONE)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("other than none");
    assertThatThrownBy(
            () ->
                Discretisation.ofAlphas(new double[][] {{0, 0, Double.NaN}, {0, 0, 0}}, OPERATIONS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("finite, but one was NaN");
  }
}
