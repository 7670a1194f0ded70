package dev.troupe.architecture.macro;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.settings.Option;
import dev.troupe.settings.Settings;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class SettingTest {

  private static final Setting<List<Integer>> SIDES =
      new Setting.Wholes("sides", List.of(1, 3), 1, 9, "sides of a kernel");

  private static Settings sides(Object value) {
    return Settings.of("architecture", Map.of("sides", value));
  }

  @Test
  void wholes_notSet_areTheFallback() {
    assertThat(SIDES.of(Settings.none("architecture"))).containsExactly(1, 3);
    assertThat(SIDES.option()).isEqualTo(new Option("sides", "[1, 3]", "sides of a kernel"));
  }

  @Test
  void wholes_ofOneNumberOrSeveral_areTheirList() {
    assertThat(SIDES.of(sides(5))).containsExactly(5);
    assertThat(SIDES.of(sides(List.of(9, 1, 1)))).containsExactly(9, 1, 1);
  }

  @Test
  void wholes_ofAnythingElse_areRefused() {
    for (Object value : List.of(0, 10, 1.5, "x", List.of(), List.of(1, "y"), Map.of())) {
      assertThatThrownBy(() -> SIDES.of(sides(value)))
          .as("%s", value)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("architecture.sides must be a list of");
    }
  }
}
