package dev.troupe.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Map;
import org.junit.jupiter.api.Test;

class ArgumentsTest {

  private static final Map<String, String> DEFAULTS = Map.of("seeds", "3", "record", "runs.jsonl");

  @Test
  void parse_ofSomeOptions_leavesTheOthersAsTheyAre() {
    Arguments arguments = parse("--seeds", "5");

    assertThat(arguments.number("seeds")).isEqualTo(5);
    assertThat(arguments.text("record")).isEqualTo("runs.jsonl");
  }

  @Test
  void parse_ofWhatIsNoOption_namesIt() {
    assertThatThrownBy(() -> parse("--seed", "5"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'--seed'")
        .hasMessageContaining("seeds=3");
  }

  @Test
  void parse_ofAnOptionWithoutAValue_namesIt() {
    assertThatThrownBy(() -> parse("--seeds"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'--seeds'");
  }

  @Test
  void number_ofAnythingElse_namesTheOptionAndTheValue() {
    Arguments arguments = parse("--seeds", "three");

    assertThatThrownBy(() -> arguments.number("seeds"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("--seeds takes a whole number, not 'three'.");
  }

  private static Arguments parse(String... line) {
    return Arguments.parse(line, DEFAULTS);
  }
}
