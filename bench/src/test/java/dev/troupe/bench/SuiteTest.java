package dev.troupe.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SuiteTest {

  @ParameterizedTest
  @MethodSource("dev.troupe.bench.Suite#names")
  void named_each_hasProblemsAndADescription(String name) {
    Suite suite = Suite.named(name);
    assertThat(suite.problems()).isNotEmpty().doesNotHaveDuplicates();
    assertThat(suite.description()).isNotBlank();
  }

  @Test
  void named_somethingElse_namesTheNearest() {
    assertThatThrownBy(() -> Suite.named("synthetics"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There is no suite named 'synthetics'. Maybe 'synthetic'.");
  }

  @Test
  void problem_withoutData_namesTheVariable() {
    Suite suite = Suite.named("nb201");
    assertThatThrownBy(() -> suite.problem("nb201", null, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Suite 'nb201' needs a folder of data, but none is named")
        .hasMessageContaining("TROUPE_DATA");
    assertThatThrownBy(() -> suite.problem("nb201", Path.of("no", "such"), List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is none. Maybe --data DIR");
  }

  @Test
  void problem_thatIsNotInTheSuite_namesTheNearest() {
    assertThatThrownBy(() -> Suite.named("peers").problem("brannin", null, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("Suite 'peers' has no problem named 'brannin'. Maybe 'branin'.");
  }
}
