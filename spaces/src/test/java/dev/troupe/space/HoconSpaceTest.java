package dev.troupe.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigParseOptions;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HoconSpaceTest {

  private static SearchSpace parse(String text) {
    return HoconSpace.parse(ConfigFactory.parseString(text), List.of());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          x = 3                                                | Parameter 'x' (line 2): must be a block, but was 3. Maybe x { type
          x {}                                                 | x.type must be set. Maybe add type = float.
          x { type = flaot, low = 0, high = 1 }                | must be one of float, int, categorical, boolean, but was 'flaot'. Maybe 'float'.
          x { type = float, low = 0 }                          | high must be set. Maybe add high = 1.
          x { type = float, low = 0, high = big }              | x.high must be a number, but was "big" (line 2)
          x { type = float, low = 0, hihg = 1 }                | x.hihg is not a key of 'x' (line 2). Maybe 'high'.
          x { type = float, low = 0, high = 1, scale = lin }   | x.scale must be one of linear, log, but was 'lin' (line 2)
          x { type = float, low = 0, high = 1, scale = log }   | a log scale needs low > 0, but low was 0.0
          x { type = float, low = 2, high = 1 }                | low must not exceed high
          x { type = float, low = 0, high = 1, step = a }      | x.step must be a number, but was "a"
          x { type = int, low = 0.5, high = 1 }                | x.low must be a whole number
          x { type = int, low = 0, high = 1e30 }               | x.high must be a whole number
          x { type = int, low = 0, high = 1, choices = [a] }   | x.choices is not a key of 'x'
          x { type = categorical }                             | choices must be a list, but are missing. Maybe choices = [a, b].
          x { type = categorical, choices = a }                | choices must be a list, but were a
          x { type = categorical, choices = [] }               | there must be a choice
          x { type = categorical, choices = [[a]] }            | a value is a number, a boolean or a text
          x { type = categorical, choices = [a], ordered = 3 } | x.ordered must be true or false, but was 3 (line 2)
          x { type = boolean, low = 3 }                        | x.low is not a key of 'x'
          x { type = boolean, when = sgd }                     | when must be a block, but was sgd. Maybe when {
          x { type = boolean, when { y { form = 2 } } }        | when.y.form is not a key of 'when.y' (line 2). Maybe 'from'.
          x { type = boolean, when { y { from = a } } }        | when.y.from must be a number
          x { type = boolean, when { z = true } }              | its condition names 'z', which is no parameter
          X { type = boolean }                                 | Parameter 'X': a name matches [a-z][a-z0-9-]*. Maybe 'x'.
          """)
  void parse_ofWrongText_saysWhatIsRight(String text, String message) {
    assertThatThrownBy(() -> parse("y { type = boolean }\n" + text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void parse_ofWrongParameter_namesTheLineOfItsBlock() {
    assertThatThrownBy(() -> parse("\n\nx {\n  type = int\n  low = 1\n  high = no\n}"))
        .hasMessageContaining("space (line 3): ")
        .hasMessageContaining("(line 6)");
  }

  @Test
  void parse_ofLines_keepsTheirOrder() {
    SearchSpace space =
        parse(
            """
            zeta { type = boolean }
            alpha.type = boolean
            mu {
              when { zeta = true }
              type = boolean
            }
            beta { type = boolean }
            """);
    assertThat(space.names()).containsExactly("zeta", "alpha", "mu", "beta");
  }

  @Test
  void parse_ofConditions_takesListValueAndRange() {
    SearchSpace space =
        parse(
            """
            optimizer { type = categorical, choices = [adam, sgd, rmsprop] }
            layers    { type = int, low = 1, high = 9 }
            rate      { type = float, low = 0, high = 1 }
            a { type = boolean, when { optimizer = [sgd, rmsprop] } }
            b { type = boolean, when { optimizer = sgd, layers = 3 } }
            c { type = boolean, when { layers { from = 2 } } }
            d { type = boolean, when { layers { from = 2, to = 4 } } }
            e { type = boolean, when { rate { to = 0.5 } } }
            f { type = boolean, when { rate = [0, 1] } }
            """);
    double infinity = Double.POSITIVE_INFINITY;
    assertThat(space.conditions("a"))
        .containsExactly(Condition.oneOf("optimizer", "sgd", "rmsprop"));
    assertThat(space.conditions("b"))
        .containsExactly(Condition.oneOf("layers", 3), Condition.oneOf("optimizer", "sgd"));
    assertThat(space.conditions("c")).containsExactly(Condition.between("layers", 2, infinity));
    assertThat(space.conditions("d")).containsExactly(Condition.between("layers", 2, 4));
    assertThat(space.conditions("e")).containsExactly(Condition.between("rate", -infinity, 0.5));
    assertThat(space.conditions("f")).containsExactly(Condition.oneOf("rate", 0.0, 1.0));
  }

  private static final String FILE =
      """
      space {
        zeta { type = int, low = 1, high = 3 }
        x    { type = int, low = 1, high = 3 }
        beta { type = int, low = 1, high = 3 }
      }
      """;

  @Test
  void parse_withOverlay_changesValuesButNoOrder() {
    Config file = ConfigFactory.parseString(FILE);
    for (ConfigParseOptions options :
        List.of(
            ConfigParseOptions.defaults(),
            ConfigParseOptions.defaults().setOriginDescription("command line"))) {
      Config both = ConfigFactory.parseString("space.x.high = 5", options).withFallback(file);
      SearchSpace space = HoconSpace.parse(both.resolve().getConfig("space"), List.of("x < 9"));
      assertThat(space.names()).containsExactly("zeta", "x", "beta");
      assertThat(space.parameter("x")).isEqualTo(IntParameter.linear("x", 1, 5));
    }
    Config wrong = ConfigFactory.parseString("space.x.high = a").withFallback(file);
    assertThatThrownBy(() -> HoconSpace.parse(wrong.getConfig("space"), List.of()))
        .hasMessageContaining("x.high must be a whole number, but was \"a\"");
  }

  @Test
  void parse_ofNumbersAsTexts_takesThem() {
    assertThat(parse("x { type = float, low = \"1e-4\", high = 1 }").parameter("x"))
        .isEqualTo(FloatParameter.linear("x", 1e-4, 1));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          space {; x { type = float, low = 0 };  y { type = boolean };  x { type = int } } | 'x' | its type is in line 2 and again in line 4
          space { x { low = 1 } }; ; space { x { low = 2 } }                               | 'x' | its low is in line 1 and again in line 3
          space.x.low = 1; space.x.low = 2                                                 | 'x' | its low is in line 1 and again in line 2
          space.x { low = 1, high = 2; low = 3 }                                           | 'x' | its low is in line 1 and again in line 2
          space { x { choices = [a] }; x { choices = [b, c] } }                            | 'x' | its choices is in line 1 and again in line 2
          space { "x" { low = 1 }; x { low = 2 } }                                         | 'x' | its low is in line 1 and again in line 2
          space { x { when { y = 1 } }; x { when { y = 2 } } }                             | 'x' | its when.y is in line 1 and again in line 2
          {"space": {"x": {"low": 1},; "x": {"low": 2}}}                                   | 'x' | its low is in line 1 and again in line 2
          """)
  void duplicates_ofParameters_areRefusedWithBothLines(String text, String name, String where) {
    assertThatThrownBy(
            () -> DuplicateKeys.requireUniqueParameters(text.replace(';', '\n'), "study.conf"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(
            "Parameter " + name + " (study.conf): a parameter must be defined once")
        .hasMessageContaining(where)
        .hasMessageEndingWith("Maybe remove one of them.");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          space { x { type = float, low = 0, high = 1 }; y { type = float, low = 0, high = 1 } }
          space.x.type = float; space.x.low = 1; space.x { high = 3 }
          space { x { low = 1 } }; other { x { low = 1 }; x { low = 2 } }
          base { low = 1 }; space { x = ${base} { high = 2 } }; space { y = ${base} }
          base { low = 1 }; space { x = ${base}; x { low = 2 } }
          include "common.conf"; space { x { low = 1 } }
          space { include "common.conf"; x { low = 1, high = ${?HIGH} } }
          include required(file("nowhere.conf")); space.x.low = 1
          space { x { choices = [a] }; x.choices += b }
          study { seed = 1 }
          space = infer
          space {}
          space { x { low = 1, # low = 2; high = 2 } // x { low = 3 }; }
          this is { not hocon
          """)
  void duplicates_whereThereAreNone_arePassed(String text) {
    assertThatCode(
            () -> DuplicateKeys.requireUniqueParameters(text.replace(';', '\n'), "study.conf"))
        .doesNotThrowAnyException();
    DuplicateKeys.requireUniqueParameters("", "study.conf");
    DuplicateKeys.requireUniqueParameters(FILE, "study.conf");
  }
}
