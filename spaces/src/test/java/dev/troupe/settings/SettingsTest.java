package dev.troupe.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class SettingsTest {

  private static final Settings SETTINGS =
      Settings.of(
          "strategy",
          ConfigFactory.parseString(
              """
              whole = 3
              real = 2.5
              huge = 1e300
              text = hello
              flag = yes
              list = [a, b]
              wait = 90s
              none = null
              block { inner = 4 }
              "dotted.key" = 5
              """));

  @Test
  void getters_ofPresentKeys_giveTheirValues() {
    assertThat(SETTINGS.getInt("whole", 0, 1, 5)).isEqualTo(3);
    assertThat(SETTINGS.getLong("whole", 0, 1, 5)).isEqualTo(3L);
    assertThat(SETTINGS.getDouble("real", 0, 0, 5)).isEqualTo(2.5);
    assertThat(SETTINGS.getDouble("whole", 0, 0, 5)).isEqualTo(3.0);
    assertThat(SETTINGS.getBoolean("flag", false)).isTrue();
    assertThat(SETTINGS.getString("text", "")).isEqualTo("hello");
    assertThat(SETTINGS.getString("whole", "")).isEqualTo("3");
    assertThat(SETTINGS.getStrings("list", List.of())).containsExactly("a", "b");
    assertThat(SETTINGS.getStrings("text", List.of())).containsExactly("hello");
    assertThat(SETTINGS.findDuration("wait")).isEqualTo(Duration.ofSeconds(90));
    assertThat(SETTINGS.getSettings("block").getInt("inner", 0, 0, 9)).isEqualTo(4);
    assertThat(SETTINGS.getOneOf("text", "x", List.of("hello", "bye"))).isEqualTo("hello");
    assertThat(SETTINGS.getInt("dotted.key", 0, 0, 9)).isEqualTo(5);
  }

  @Test
  void getters_ofAbsentKeys_giveTheFallback() {
    assertThat(SETTINGS.getInt("absent", 7, 1, 5)).isEqualTo(7);
    assertThat(SETTINGS.getInt("none", 7, 1, 5)).isEqualTo(7);
    assertThat(SETTINGS.getLong("absent", 7, 1, 5)).isEqualTo(7);
    assertThat(SETTINGS.getDouble("absent", 7, 1, 5)).isEqualTo(7);
    assertThat(SETTINGS.getBoolean("absent", true)).isTrue();
    assertThat(SETTINGS.getString("absent", "x")).isEqualTo("x");
    assertThat(SETTINGS.getStrings("absent", List.of("x"))).containsExactly("x");
    assertThat(SETTINGS.findDuration("absent")).isNull();
    assertThat(SETTINGS.findString("absent")).isNull();
    assertThat(SETTINGS.getSettings("absent").keys()).isEmpty();
    assertThat(SETTINGS.getOneOf("absent", "hello", List.of("hello"))).isEqualTo("hello");
  }

  @Test
  void getters_ofWrongValues_namePartKeyRuleValueAndLine() {
    refuses(
        () -> SETTINGS.getInt("whole", 0, 4, 5),
        "strategy.whole must be a whole number from 4 to 5, but was 3 (line 1).");
    refuses(
        () -> SETTINGS.getInt("real", 0, 0, 5), "must be a whole number from 0 to 5, but was 2.5");
    refuses(
        () -> SETTINGS.getLong("real", 0, 0, 5), "must be a whole number from 0 to 5, but was 2.5");
    refuses(
        () -> SETTINGS.getLong("huge", 0, 0, Long.MAX_VALUE),
        "strategy.huge must be a whole number");
    refuses(
        () -> SETTINGS.getInt("text", 0, 0, 5),
        "must be a whole number, but was \"hello\" (line 4)");
    refuses(
        () -> SETTINGS.getDouble("list", 0, 0, 5),
        "must be a number, but was [\"a\",\"b\"] (line 6)");
    refuses(
        () -> SETTINGS.getDouble("real", 0, 3, 5), "must be a number from 3.0 to 5.0, but was 2.5");
    refuses(() -> SETTINGS.getBoolean("whole", true), "must be true or false, but was 3");
    refuses(() -> SETTINGS.getString("list", ""), "must be a text, but was");
    refuses(() -> SETTINGS.getStrings("block", List.of()), "must be a list of texts");
    refuses(() -> SETTINGS.findDuration("text"), "must be a duration such as 30s, 10m or 2h");
    refuses(() -> SETTINGS.getSettings("whole"), "must be a block in braces, but was 3");
    refuses(
        () -> SETTINGS.requireString("absent", "x"),
        "strategy.absent must be set. Maybe add absent = x.");
    refuses(
        () -> SETTINGS.getOneOf("text", "x", List.of("hell", "bye")),
        "strategy.text must be one of hell, bye, but was 'hello' (line 4). Maybe 'hell'.");
    refuses(
        () -> SETTINGS.getSettings("block").getInt("inner", 0, 0, 3),
        "strategy.block.inner must be a whole number from 0 to 3, but was 4 (line 9).");
    refuses(
        () -> Settings.of("s", ConfigFactory.parseString("d = 0s")).findDuration("d"),
        "must be a duration above zero");
  }

  @Test
  void requireKnown_withUnknownKey_suggestsNearest() {
    refuses(() -> SETTINGS.requireKnown(List.of("whole", "reel")), "is not a key of 'strategy'");
    refuses(
        () -> Settings.of("s", Map.of("sede", 1)).requireKnown(List.of("seed", "name")),
        "s.sede is not a key of 's'. Maybe 'seed'.");
    Settings.none("s").requireKnown(List.of());
  }

  @Test
  void of_map_takesKeysAsTheyAre() {
    Settings settings =
        Settings.of("s", Map.of("a.b", 1, "map", Map.of("c.d", List.of(1, 2)), "quo\"te", 2));
    assertThat(settings.keys()).containsExactlyInAnyOrder("a.b", "map", "quo\"te");
    assertThat(settings.getInt("a.b", 0, 0, 9)).isEqualTo(1);
    assertThat(settings.getSettings("map").keys()).containsExactly("c.d");
    assertThat(settings)
        .isEqualTo(
            Settings.of("s", Map.of("quo\"te", 2, "map", Map.of("c.d", List.of(1, 2)), "a.b", 1)))
        .isNotEqualTo(Settings.none("s"));
    assertThat(settings.toMap()).containsEntry("a.b", 1);
  }

  @Test
  void nearest_ofNames_findsWhatWasMeant() {
    List<String> names = List.of("optimizer", "layers", "sgd", "x");
    assertThat(Nearest.find("optimiser", names)).isEqualTo("optimizer");
    assertThat(Nearest.find("LAYER", names)).isEqualTo("layers");
    assertThat(Nearest.find("sdg", names)).isEqualTo("sgd");
    assertThat(Nearest.find("q", names)).isNull();
    assertThat(Nearest.find("", names)).isNull();
    assertThat(Nearest.hint("zzz", List.of("a", "b"))).isEqualTo("There are: a, b.");
    assertThat(Nearest.hint("zzz", List.of())).isEqualTo("There are none.");
    assertThat(Nearest.hint("layer", names)).isEqualTo("Maybe 'layers'.");
    List<String> many = IntStream.range(0, 30).mapToObj(i -> "name-" + i).toList();
    assertThat(Nearest.hint("zzz", many)).isEqualTo("There are 30 others.");
  }

  @Test
  void providers_ofTypeWithout_areRefusedByName() {
    assertThat(Providers.all(Provider.class)).isEmpty();
    refuses(
        () -> Providers.find(Provider.class, "strategy", "randm"),
        "There is no strategy named 'randm'. There are none.");
  }

  private static void refuses(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
