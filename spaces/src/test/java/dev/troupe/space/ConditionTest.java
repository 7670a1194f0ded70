package dev.troupe.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class ConditionTest {

  private static SearchSpace.Builder optimizer() {
    return SearchSpace.builder().add(CategoricalParameter.of("optimizer", "adam", "sgd"));
  }

  @Test
  void parameters_nestedDeep_existOnlyBelowTheirParents() {
    SearchSpace.Builder builder = SearchSpace.builder().add(new BooleanParameter("p-0"));
    for (int i = 1; i < 200; i++) {
      builder.add(new BooleanParameter("p-" + i), Condition.oneOf("p-" + (i - 1), true));
    }
    SearchSpace space = builder.build();
    assertThat(space.size()).hasValueSatisfying(size -> assertThat(size).isEqualTo(201));
    for (long seed = 0; seed < 50; seed++) {
      Configuration drawn = space.sample(new Random(seed));
      for (int i = 0; i < drawn.size() - 1; i++) {
        assertThat(drawn.getBoolean("p-" + i)).as("seed %d", seed).isTrue();
      }
    }
  }

  @Test
  void parameter_withSeveralParents_existsWhenAllHold() {
    SearchSpace space =
        optimizer()
            .add(IntParameter.linear("layers", 1, 3))
            .add(
                new BooleanParameter("nesterov"),
                Condition.oneOf("optimizer", "sgd"),
                Condition.between("layers", 2, 9))
            .build();
    assertThat(space.size()).hasValueSatisfying(size -> assertThat(size).isEqualTo(8));
    assertThat(space.contains(Configuration.of(Map.of("optimizer", "sgd", "layers", 1)))).isTrue();
    assertThat(space.contains(Configuration.of(Map.of("optimizer", "sgd", "layers", 2)))).isFalse();
    assertThat(
            space.contains(
                Configuration.of(Map.of("optimizer", "sgd", "layers", 2, "nesterov", true))))
        .isTrue();
  }

  @Test
  void child_declaredBeforeItsParent_existsUnderIt() {
    SearchSpace space =
        SearchSpace.builder()
            .add(new BooleanParameter("child"), Condition.oneOf("parent", true))
            .add(new BooleanParameter("parent"))
            .build();
    assertThat(space.enumerate())
        .toIterable()
        .extracting(Configuration::toString)
        .containsExactly(
            "{parent=false}", "{child=false, parent=true}", "{child=true, parent=true}");
  }

  /** As a study file writes it: 0 for a real parent, 2.0 for a whole one. */
  @Test
  void values_ofOtherNumericType_areTakenAsTheParents() {
    SearchSpace space =
        SearchSpace.builder()
            .add(FloatParameter.linear("dropout", 0, 1).withStep(0.1))
            .add(IntParameter.linear("layers", 1, 3))
            .add(new BooleanParameter("x"), Condition.oneOf("dropout", 0, 0.3, 0.3))
            .add(new BooleanParameter("y"), Condition.oneOf("layers", 2.0))
            .build();
    assertThat(space.conditions("x")).containsExactly(Condition.oneOf("dropout", 0.0, 0.1 * 3));
    assertThat(space.conditions("y")).containsExactly(Condition.oneOf("layers", 2L));
  }

  @Test
  void build_withWrongCondition_saysWhatIsRight() {
    var child = new BooleanParameter("child");
    refuses(
        () -> optimizer().add(child, Condition.oneOf("optimiser", "sgd")).build(),
        "Parameter 'child': its condition names 'optimiser', which is no parameter."
            + " Maybe 'optimizer'.");
    refuses(
        () -> optimizer().add(child, Condition.oneOf("optimizer", "sdg")).build(),
        "Parameter 'child': its condition wants 'optimizer' to be sdg, but it must be one of [adam,"
            + " sgd]. Maybe 'sgd'.");
    refuses(
        () -> optimizer().add(child, Condition.between("optimizer", 1, 2)).build(),
        "which is no number but one of [adam, sgd]. Maybe list its values.");
    refuses(
        () ->
            optimizer()
                .add(IntParameter.linear("n", 1, 3))
                .add(child, Condition.between("n", 4, 5))
                .build(),
        "wants 'n' from 4.0 to 5.0, but it must be a whole number from 1 to 3. Maybe widen");
    refuses(
        () -> optimizer().add(child, Condition.oneOf("child", true)).build(),
        "Conditions must not form a cycle, but 'child' needs 'child'. Maybe remove");
    refuses(
        () ->
            SearchSpace.builder()
                .add(new BooleanParameter("a"), Condition.oneOf("b", true))
                .add(new BooleanParameter("b"), Condition.oneOf("c", true))
                .add(new BooleanParameter("c"), Condition.oneOf("a", true))
                .build(),
        "'a' needs 'b' needs 'c' needs 'a'");
    refuses(() -> Condition.oneOf("a"), "needs a value, but there was none. Maybe remove");
    refuses(() -> Condition.between("a", 2, 1), "needs low <= high, but they were 2.0 and 1.0");
    refuses(() -> Condition.between("a", Double.NaN, 1), "needs low <= high");
  }

  @Test
  void build_withParameterThatCouldNeverExist_isRefused() {
    refuses(
        () ->
            optimizer()
                .add(new BooleanParameter("x"), Condition.oneOf("optimizer", "sgd"))
                .add(
                    new BooleanParameter("y"),
                    Condition.oneOf("x", true),
                    Condition.oneOf("optimizer", "adam"))
                .build(),
        "Parameter 'y': it could never exist, since its conditions (x is true and optimizer is"
            + " adam) exclude each other. Maybe remove one.");
    refuses(
        () ->
            SearchSpace.builder()
                .add(IntParameter.linear("n", 1, 9).withStep(4))
                .add(new BooleanParameter("x"), Condition.between("n", 2, 4))
                .build(),
        "Parameter 'x': it could never exist");
  }

  private static void refuses(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
