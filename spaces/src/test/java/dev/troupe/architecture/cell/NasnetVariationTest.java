package dev.troupe.architecture.cell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.architecture.ArchitectureSpaces;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.architecture.Shape;
import dev.troupe.random.RandomStreams;
import dev.troupe.space.Configuration;
import dev.troupe.space.SearchSpace;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class NasnetVariationTest {

  private static final int DRAWS = 20_000;

  private static final SearchSpace SPACE =
      space(Map.of("blocks", 5, "operations", List.of("skip", "max3x3", "avg3x3", "conv3x3")));

  private static SearchSpace space(Map<String, ?> options) {
    ArchitectureSpace space =
        ArchitectureSpaces.named("nasnet", new NetworkTask(Shape.image(1, 8, 8), 10), options);
    return space.searchSpace();
  }

  private static RandomGenerator random(String name) {
    return RandomStreams.of(4).stream(RandomStreams.Kind.STRATEGY, 0, name);
  }

  private static BlockCell cell(String name, Configuration configuration) {
    return new BlockDecisions(
            name,
            5,
            5,
            Operation.listOf(List.of("skip", "max3x3", "avg3x3", "conv3x3")),
            List.of(Combine.ADD))
        .read(configuration);
  }

  /**
   * Of 20,000 children each share lies within five standard deviations: nothing in .05 and in a
   * quarter of the redrawn operations; else the one or the other cell, in either way.
   */
  @Test
  void mutate_always_changesOneCellInOnePlace() {
    RandomGenerator random = random("mutate");
    Configuration parent = SPACE.sample(random);
    int same = 0;
    int normal = 0;
    int operations = 0;
    for (int i = 0; i < DRAWS; i++) {
      Configuration child = SPACE.mutate(parent, random);
      boolean normalChanged = !cell("normal", child).equals(cell("normal", parent));
      boolean reductionChanged = !cell("reduction", child).equals(cell("reduction", parent));
      assertThat(normalChanged && reductionChanged).isFalse();
      same += normalChanged || reductionChanged ? 0 : 1;
      normal += normalChanged ? 1 : 0;
      operations += normalChanged || reductionChanged ? operationsThatDiffer(parent, child) : 0;
    }
    assertThat(same / (double) DRAWS).isBetween(.16, .18); // .05 + .95 / 2 / 4 = .169
    assertThat(normal / (double) DRAWS).isBetween(.40, .43); // (1 - .169) / 2 = .416
    assertThat(operations / (double) DRAWS).isBetween(.34, .375); // .95 / 2 * 3 / 4 = .356
  }

  /** Returns 1 where the cells read the same states: then an operation was redrawn. */
  private static int operationsThatDiffer(Configuration parent, Configuration child) {
    return parent.names().stream()
            .filter(name -> name.contains("input"))
            .allMatch(name -> parent.get(name).equals(child.get(name)))
        ? 1
        : 0;
  }

  @Test
  void mutate_overManySteps_staysInSpaceAndReachesLaterBlocks() {
    RandomGenerator random = random("steps");
    Configuration current = SPACE.sample(random);
    for (int i = 0; i < 2000; i++) {
      current = SPACE.mutate(current, random);
      SPACE.validate(current);
    }
  }

  @Test
  void independent_ofABlock_leavesOutWhatReadsIt() {
    BlockCell cell =
        BlockCell.of(
            Block.adding(0, Operation.SKIP, 1, Operation.SKIP),
            Block.adding(2, Operation.SKIP, 1, Operation.SKIP),
            Block.adding(0, Operation.SKIP, 0, Operation.SKIP),
            Block.adding(3, Operation.SKIP, 4, Operation.SKIP));

    assertThat(NasnetVariation.independent(cell, 2)).containsExactly(0, 1, 4);
    assertThat(NasnetVariation.independent(cell, 4)).containsExactly(0, 1, 2, 3);
  }

  @Test
  void mutate_whereCombinationsAreDecisions_redrawsThemToo() {
    SearchSpace both = space(Map.of("combine", "both"));
    RandomGenerator random = random("combine");
    Configuration parent = both.sample(random);
    int changed = 0;
    for (int i = 0; i < 500; i++) {
      Configuration child = both.mutate(parent, random);
      changed += child.get("normal-1-combine").equals(parent.get("normal-1-combine")) ? 0 : 1;
    }
    assertThat(changed).isPositive();
  }
}
