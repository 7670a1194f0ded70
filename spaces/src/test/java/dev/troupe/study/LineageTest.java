package dev.troupe.study;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.space.Configuration;
import dev.troupe.study.Lineage.Link;
import dev.troupe.study.Lineage.Way;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LineageTest {

  private static TrialId id(long number) {
    return TrialId.of(number);
  }

  private static List<TrialId> ids(long... numbers) {
    return LongStream.of(numbers).mapToObj(TrialId::of).toList();
  }

  private static Link link(long child, WeightSource source) {
    var suggestion = new Suggestion.Evaluate(Configuration.empty(), Fidelity.full(), source);
    return Objects.requireNonNull(Lineage.link(id(child), suggestion));
  }

  private static Lineage family() {
    return Lineage.of(
        List.of(
            link(6, new WeightSource.Partial(id(2))),
            link(2, new WeightSource.Parent(id(1), List.of("deepen a", "widen b"))),
            link(4, new WeightSource.Parent(id(2), List.of())),
            link(9, new WeightSource.Parent(id(8), List.of("widen c")))));
  }

  @Test
  void ancestry_ofAGrandchild_leadsToTheRoot() {
    assertThat(family().ancestry(id(4))).extracting(Link::parent).containsExactly(id(2), id(1));
    assertThat(family().ancestry(id(4)))
        .extracting(Link::describe)
        .containsExactly("copy", "deepen a, widen b");
    assertThat(family().ancestry(id(1))).isEmpty();
    assertThat(family().generation(id(6))).isEqualTo(2);
    assertThat(family().generation(id(3))).isZero();
  }

  @Test
  void children_ofAForest_areInTheirOrder() {
    assertThat(family().roots()).isEqualTo(ids(1, 8));
    assertThat(family().children(id(2))).isEqualTo(ids(4, 6));
    assertThat(family().children(id(3))).isEmpty();
    assertThat(family().descendants(id(1))).containsExactlyElementsOf(ids(2, 4, 6));
    assertThat(family())
        .hasToString(
            "[1 -> 2 (deepen a, widen b), 2 -> 4 (copy), 2 -> 6 (partial), 8 -> 9 (widen c)]");
  }

  @Test
  void of_anyOrder_isTheSame() {
    var reversed = new ArrayList<>(family().links());
    Collections.reverse(reversed);
    assertThat(Lineage.of(reversed)).isEqualTo(family()).hasSameHashCodeAs(family());
    assertThat(Lineage.none().isEmpty()).isTrue();
    assertThat(Lineage.of(List.of())).isEqualTo(Lineage.none());
  }

  @Test
  void link_withoutAParent_isNone() {
    for (WeightSource source : List.of(WeightSource.fresh(), new WeightSource.Checkpoint(id(3)))) {
      var suggestion = new Suggestion.Evaluate(Configuration.empty(), Fidelity.full(), source);
      assertThat(Lineage.link(id(3), suggestion)).isNull();
      assertThat(Way.of(source)).isNull();
    }
    assertThat(Lineage.link(id(3), new Suggestion.TrainShared(List.of(Configuration.empty()), 1)))
        .isNull();
  }

  @Test
  void link_toAYoungerTrial_isRefused() {
    assertThatThrownBy(() -> new Link(id(3), id(3), Way.COPY, List.of()))
        .hasMessageContaining("trial 3 was to inherit from trial 3. Maybe");
    var suggestion =
        new Suggestion.Evaluate(
            Configuration.empty(), Fidelity.full(), new WeightSource.Partial(id(9)));
    assertThat(Lineage.link(id(3), suggestion)).isNull();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5})
  void descendants_ofRandomForests_areThoseWhoseAncestryNamesThem(long seed) {
    var random = new SplittableRandom(seed);
    var parents = new HashMap<TrialId, TrialId>();
    var links = new ArrayList<Link>();
    for (long child = 2; child <= 60; child++) {
      if (random.nextInt(4) > 0) {
        Link link = link(child, new WeightSource.Partial(id(random.nextLong(1, child))));
        links.add(link);
        parents.put(link.child(), link.parent());
      }
    }
    Lineage lineage = Lineage.of(links);
    for (long number = 1; number <= 60; number++) {
      TrialId ancestor = id(number);
      assertThat(lineage.descendants(ancestor))
          .as("descendants of %s, seed %s", ancestor, seed)
          .containsExactlyElementsOf(
              LongStream.rangeClosed(1, 60)
                  .mapToObj(TrialId::of)
                  .filter(each -> isBelow(each, ancestor, parents))
                  .toList());
    }
  }

  private static boolean isBelow(TrialId trial, TrialId ancestor, Map<TrialId, TrialId> parents) {
    TrialId parent = parents.get(trial);
    return parent != null && (parent.equals(ancestor) || isBelow(parent, ancestor, parents));
  }
}
