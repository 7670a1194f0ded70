package dev.troupe.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.study.Lineage;
import dev.troupe.study.Lineage.Link;
import dev.troupe.study.Lineage.Way;
import dev.troupe.study.TrialId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class FamilyTest {

  private static TrialId id(long number) {
    return TrialId.of(number);
  }

  private static final Lineage LINEAGE =
      Lineage.of(
          List.of(
              new Link(id(2), id(1), Way.MORPHISM, List.of("deepen a", "widen b")),
              new Link(id(4), id(2), Way.COPY, List.of()),
              new Link(id(6), id(4), Way.PARTIAL, List.of()),
              new Link(id(7), id(4), Way.MORPHISM, List.of("widen c"))));

  @Test
  void lines_withAncestorsAndChildren_areATree() {
    Map<TrialId, String> results = Map.of(id(1), "loss 3", id(4), "loss 1", id(6), "failed");

    assertThat(Family.of(id(4), LINEAGE).lines(results))
        .containsExactly(
            "trial 1: loss 3",
            "  trial 2 by deepen a, widen b: not on record",
            "    trial 4 by copy: loss 1 (this one)",
            "      trial 6 by partial: failed",
            "      trial 7 by widen c: not on record");
    assertThat(Family.of(id(4), LINEAGE).members())
        .containsExactlyInAnyOrder(id(1), id(2), id(6), id(7));
  }

  @Test
  void isEmpty_ofATrialWithoutRelatives_isTrue() {
    assertThat(Family.of(id(3), LINEAGE).isEmpty()).isTrue();
    assertThat(Family.of(id(1), LINEAGE).isEmpty()).isFalse();
  }
}
