package dev.troupe.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConstraintTest {

  private static SearchSpace.Builder parameters() {
    return SearchSpace.builder()
        .add(IntParameter.linear("a", 0, 10))
        .add(IntParameter.linear("b", 0, 10))
        .add(IntParameter.linear("a-b", 0, 10))
        .add(FloatParameter.linear("learning-rate", 0, 1))
        .add(CategoricalParameter.of("optimizer", "adam", "sgd"))
        .add(CategoricalParameter.of("bits", "none", 4, 8))
        .add(new BooleanParameter("flag"))
        .add(IntParameter.linear("max", 0, 10))
        .add(FloatParameter.linear("momentum", 0, 1), Condition.oneOf("optimizer", "sgd"));
  }

  /** a = 2, b = 3, a-b = 5, learning-rate = 0.5, adam, 4 bits, flag, max = 7; no momentum. */
  private static final Configuration EXAMPLE =
      Configuration.of(
          Map.of(
              "a",
              2,
              "b",
              3,
              "a-b",
              5,
              "learning-rate",
              0.5,
              "optimizer",
              "adam",
              "bits",
              4,
              "flag",
              true,
              "max",
              7));

  private static boolean holds(String constraint) {
    SearchSpace space = parameters().constraint(constraint + " or b != 3 or a != 2").build();
    return space.satisfies(EXAMPLE);
  }

  @ParameterizedTest
  @CsvSource(
      delimiterString = "=>",
      quoteCharacter = '`',
      textBlock =
          """
          a + b * 2 == 8                      => true
          (a + b) * 2 == 10                   => true
          a - b == 0 - 1                      => true
          a -b == -1                          => true
          a-b == 5                            => true
          a-b - b == a                        => true
          a - -b == 5                         => true
          a--b == 5                           => true
          -a < 0                              => true
          a + + b == 5                        => true
          b / a == 1.5                        => true
          a / 4 == 0.5                        => true
          b % a == 1                          => true
          7 % 0 == 1                          => false
          1 / (a - 2) > 1e300                 => true
          a == 2 and b == 4                   => false
          a == 2 && b == 3                    => true
          a == 5 or a == 2 and b == 3         => true
          a == 2 or b == 3 and a == 5         => true
          not (a == 2)                        => false
          not flag                            => false
          !flag == false                      => true
          not not flag                        => true
          !(a == 2 || b == 9)                 => false
          flag                                => true
          flag and true                       => true
          flag != false                       => true
          optimizer == 'adam'                 => true
          optimizer == "sgd"                  => false
          optimizer != 'sgd'                  => true
          bits == 4                           => true
          bits == 'none'                      => false
          bits != 'none'                      => true
          learning-rate == 0.5                => true
          learning-rate <= 5e-1               => true
          learning-rate < 5E-2                => false
          0.1 + 0.2 > 0.3                     => true
          min(a, b) == 2                      => true
          max(a, b) == 3                      => true
          max == 7                            => true
          max > max(a, max)                   => false
          abs(a - b) == 1                     => true
          pow(a, b) == 8                      => true
          sqrt(4) == a                        => true
          log2(8) == b                        => true
          log10(1000) == 3                    => true
          exp(log(a)) > 1.99                  => true
          floor(2.9) == ceil(1.1)             => true
          a < b                               => true
          a >= b                              => false
          momentum > 2                        => true
          a > 100 and momentum > 2            => true
          """)
  void holds_forExample_isAsStated(String constraint, boolean expected) {
    assertThat(holds(constraint)).isEqualTo(expected || constraint.contains("momentum"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          learning-rat <= 1        | there is no parameter 'learning-rat'. Maybe 'learning-rate'.
          optimizer == adam        | a text stands in quotes, but adam does not. Maybe "adam" in single quotes.
          optimizer == 'adan'      | no parameter has the choice 'adan'. Maybe 'adam'.
          a = 2                    | has no '='. Maybe ==.
          a + b                    | must be true or false, but for {a=5, b=5} it is 10.0. Maybe add a comparison
          optimizer < 3            | ' is not a number. Maybe compare
          optimizer == 3           | can never be equal
          flag == 1                | can never be equal
          a + optimizer > 3        | is not a number
          a and b                  | is neither true nor false
          not a == b               | not stands before a parenthesis or a truth value. Maybe not (…).
          not min(a, b) == 2       | not stands before
          a < b < 3                | is not an expression
          a <                      | is not an expression
          (a < b                   | is not an expression
          a < b)                   | is not an expression
          a b                      | is not an expression
          a, b                     | is not an expression
          'adam                    | a text in quotes must end
          3x < a                   | '3x' is not a number. Maybe 0.5
          1e < a                   | '1e' is not a number
          1.2.3 < a                | has no '.'
          1e999 > a                | '1e999' is not a number
          min(a) < 3               | cannot be computed
          min(a, optimizer) < 3    | cannot be computed
          a == 2 or optimizer > 3  | is not a number
          """)
  void build_withWrongConstraint_saysWhatIsRight(String constraint, String message) {
    assertThatThrownBy(() -> parameters().constraint(constraint).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Constraint '" + constraint + "'")
        .hasMessageContaining(message);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "''.class.forName('java.lang.Runtime') != a",
        "'adam'.class == a",
        "'adam'['class'] == a",
        "'adam'.getClass() == a",
        "optimizer.class == a",
        "new('java.lang.Object') == a",
        "new java.lang.Object() == a",
        "java.lang.System.exit(1)",
        "java:lang() == a",
        "a = 3",
        "a := 3",
        "a += 3 == 3",
        "a++ < 3",
        "while (true) { a }",
        "for (x : [1, 2]) { a }",
        "a; b == 3",
        "{ 'x' : a }",
        "[a, b] == 3",
        "a =~ 'adam'",
        "a ? flag : flag",
        "a ?: 3",
        "#pragma x\na == 2",
        "@annotation a == 2",
        "`${a}` == 3",
        "$x == 3",
        "size(optimizer) == 3",
        "empty(optimizer)",
        "empty optimizer",
        "var x == 3",
        "function(x) { x }",
        "(x) -> { x }",
        "x => x",
        "null == a",
        "return true",
        "import('java.lang')",
        "a .. b == 3",
        "1..3 == a",
        "a & b == 3",
        "a | b == 3",
        "a ^ b == 3",
        "~a == 3",
        "a << 2 == 3",
        "a eq b",
        "a // b == 3",
        "a /* b */ == 3",
        "a # b == 3",
        "ConstraintFunctions.abs(a) == 2",
        "p_0 == 2",
        "'adam\\' == 'sgd' or optimizer == 'adam'"
      })
  void build_withCode_isRefused(String constraint) {
    assertThatThrownBy(() -> parameters().constraint(constraint).build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Constraint '");
  }

  @Test
  void build_withDeepOrLongConstraint_isRefused() {
    String deep = "(".repeat(5000) + "a" + ")".repeat(5000) + " < 3";
    assertThatThrownBy(() -> parameters().constraint(deep).build())
        .isInstanceOf(IllegalArgumentException.class);
    String nested = "(".repeat(60) + "a" + ")".repeat(60) + " < 3";
    assertThatThrownBy(() -> parameters().constraint(nested).build())
        .hasMessageContaining("may be nested 50 deep");
    String signs = "- ".repeat(60) + "a < 3";
    assertThatThrownBy(() -> parameters().constraint(signs).build())
        .hasMessageContaining("may be nested 50 deep");
    String sum = "a + ".repeat(500) + "a >= 0";
    assertThat(parameters().constraint(sum).build().constraints()).hasSize(1);
  }

  @Test
  void build_withBlankConstraint_isRefused() {
    assertThatThrownBy(() -> parameters().constraint("  "))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must not be blank");
  }

  @Test
  void choiceWithBackslash_inConstraint_isTakenLiterally() {
    SearchSpace space =
        SearchSpace.builder()
            .add(CategoricalParameter.of("path", "c:\\x\\", "it's", "d"))
            .constraint("path == 'c:\\x\\' or path == \"it's\"")
            .build();
    assertThat(space.enumerate()).toIterable().hasSize(2);
  }

  @Test
  void code_isComparedByItsId() {
    Constraint one = Constraint.of("small", c -> c.getLong("a") < 3);
    Constraint same = Constraint.of("small", c -> c.getLong("a") < 4);
    assertThat(one).isEqualTo(same).hasSameHashCodeAs(same);
    assertThatThrownBy(() -> Constraint.of(" ", c -> true))
        .isInstanceOf(IllegalArgumentException.class);
    SearchSpace space = parameters().constraint(one).build();
    assertThat(space.satisfies(EXAMPLE)).isTrue();
    assertThat(space.satisfies(EXAMPLE.with("a", 5))).isFalse();
  }

  @Test
  void validate_ofForbidden_namesTheConstraint() {
    SearchSpace space = parameters().constraint("a > b").build();
    assertThatThrownBy(() -> space.validate(EXAMPLE))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("breaks the constraint 'a > b'. Maybe");
  }

  @Test
  void holds_fromManyThreads_isTheSame() throws Exception {
    SearchSpace space = parameters().constraint("a * b <= 30 and pow(a, 2) < 80").build();
    var executor = Executors.newFixedThreadPool(4);
    try {
      var calls = new ArrayList<Callable<Integer>>();
      for (int i = 0; i < 8; i++) {
        calls.add(() -> wrong(space));
      }
      for (Future<Integer> result : executor.invokeAll(calls)) {
        assertThat(result.get()).isZero();
      }
    } finally {
      executor.shutdownNow();
    }
  }

  private static int wrong(SearchSpace space) {
    int wrong = 0;
    for (int i = 0; i < 5000; i++) {
      long a = i % 11;
      long b = i / 11 % 11;
      boolean expected = a * b <= 30 && a * a < 80;
      wrong += space.satisfies(EXAMPLE.with("a", a).with("b", b)) == expected ? 0 : 1;
    }
    return wrong;
  }

  @Test
  void build_withUnsatisfiableConstraint_isRefused() {
    assertThatThrownBy(
            () ->
                SearchSpace.builder()
                    .add(IntParameter.linear("a", 0, 3))
                    .constraint("a > 7")
                    .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "No configuration obeys the constraints [a > 7]: all 4 were tried."
                + " Maybe loosen one of them.");
    assertThatThrownBy(
            () ->
                SearchSpace.builder()
                    .add(FloatParameter.linear("x", 0, 1))
                    .constraint("x > 7")
                    .build())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("10000 random ones were tried");
  }

  @Test
  void sample_whereFewAreAllowed_findsThemByEnumeration() {
    SearchSpace space =
        SearchSpace.builder()
            .add(IntParameter.linear("a", 0, 999))
            .add(IntParameter.linear("b", 0, 999))
            .constraint("a + b == 1")
            .build();
    var random = new Random(3);
    List<String> found = new ArrayList<>();
    for (int i = 0; i < 20; i++) {
      found.add(space.sample(random).toString());
    }
    assertThat(found).containsOnly("{a=0, b=1}", "{a=1, b=0}");
  }
}
