package dev.troupe.estimator.onnx;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.typesafe.config.ConfigFactory;
import dev.troupe.settings.Settings;
import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.Condition;
import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.IntParameter;
import dev.troupe.space.SearchSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A space with everything that may occur, of our own making. */
final class InputLayoutTest {

  private static final String SPACE =
      """
      {"hyperparameters": [
        {"name": "booster", "type": "categorical", "choices": ["tree", "dart", "linear"]},
        {"name": "eta", "type": "uniform_float", "log": true, "lower": 0.001, "upper": 1.0},
        {"name": "levels", "type": "ordinal", "sequence": [1, 2, 4]},
        {"name": "Max.Depth", "type": "uniform_int", "log": false, "lower": 1, "upper": 15},
        {"name": "method", "type": "constant", "value": "exact"},
        {"name": "rate_drop", "type": "uniform_float", "log": false, "lower": 0.0, "upper": 1.0},
        {"name": "task_id", "type": "categorical", "choices": ["7", "11"]}],
       "conditions": [
        {"child": "eta", "parent": "booster", "type": "IN", "values": ["tree", "dart"]},
        {"type": "AND", "child": "rate_drop", "conditions": [
          {"child": "rate_drop", "parent": "booster", "type": "EQ", "value": "dart"},
          {"child": "rate_drop", "parent": "levels", "type": "IN", "values": [2, 4]}]}],
       "forbiddens": []}
      """;
  private static final String ENCODING =
      """
      {"booster": {"#na#": 0, "dart": 1, "linear": 2, "tree": 3},
       "method": {"#na#": 0, "exact": 5},
       "task_id": {"#na#": 0, "11": 1, "7": 2}}
      """;
  private static final String SETTINGS =
      """
      folder = ".", instance = 7, outputs = [loss]
      inputs = [task_id, booster, method, rate_drop, eta, levels, Max.Depth]
      """;

  @TempDir Path folder;

  @BeforeEach
  void writeFiles() throws IOException {
    Files.writeString(folder.resolve("config_space.json"), SPACE);
    Files.writeString(folder.resolve("encoding.json"), ENCODING);
  }

  @Test
  void space_everyKindOfEntry_isReadInTheModelsOrder() {
    SearchSpace space = task().space();

    assertThat(space)
        .isEqualTo(
            SearchSpace.builder()
                .add(CategoricalParameter.of("booster", "tree", "dart", "linear"))
                .add(
                    FloatParameter.linear("rate-drop", 0, 1),
                    Condition.oneOf("booster", "dart"),
                    Condition.oneOf("levels", 2, 4))
                .add(
                    FloatParameter.log("eta", 0.001, 1), Condition.oneOf("booster", "tree", "dart"))
                .add(CategoricalParameter.ordered("levels", 1, 2, 4))
                .add(IntParameter.linear("max-depth", 1, 15))
                .build());
    assertThat(space.names()).containsExactly("booster", "rate-drop", "eta", "levels", "max-depth");
  }

  @Test
  void row_activeValues_areEncodedInOrder() {
    InputLayout.Row row =
        row(Map.of("booster", "dart", "rate-drop", 0.25, "eta", 0.5, "levels", 4, "max-depth", 3));

    assertThat(row.categories()).containsExactly(2, 1, 5);
    assertThat(row.numbers()).containsExactly(0.25f, 0.5f, 4, 3);
  }

  @Test
  void row_inactiveValues_areZero() {
    InputLayout.Row row = row(Map.of("booster", "linear", "levels", 1, "max-depth", 3));

    assertThat(row.categories()).containsExactly(2, 2, 5);
    assertThat(row.numbers()).containsExactly(0, 0, 1, 3);
  }

  @Test
  void row_valuesOfASpaceWithoutConditions_countOnlyWhereTheyMeanSomething() {
    InputLayout.Row linear =
        row(Map.of("booster", "linear", "rate-drop", 0.2, "eta", 0.5, "levels", 4, "max-depth", 3));
    InputLayout.Row shallow =
        row(Map.of("booster", "dart", "rate-drop", 0.2, "eta", 0.5, "levels", 1, "max-depth", 3));

    assertThat(linear.numbers()).containsExactly(0, 0, 4, 3);
    assertThat(shallow.numbers()).containsExactly(0, 0.5f, 1, 3);
  }

  @Test
  void row_unknownChoice_isRefused() {
    assertThatThrownBy(() -> row(Map.of("booster", "forest", "levels", 1, "max-depth", 3)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("'booster'", "forest");
  }

  @Test
  void read_unknownKinds_areRefused() throws IOException {
    assertRefused(SPACE.replace("uniform_int", "normal_int"), "'Max.Depth'", "'normal_int'");
    assertRefused(SPACE.replace("\"EQ\"", "\"GT\""), "condition of 'rate_drop'", "'GT'");
    assertRefused(SPACE.replace("\"forbiddens\": []", "\"forbiddens\": [1]"), "forbiddens");
    assertRefused(SPACE.replace("\"child\": \"eta\"", "\"child\": \"beta\""), "conditions", "beta");
    assertRefused(SPACE.replace("\"lower\": 1,", "\"lower\": null,"), "'Max.Depth'", "lower");
    assertRefused("{}", "hyperparameters");
  }

  private void assertRefused(String space, String... parts) throws IOException {
    Files.writeString(folder.resolve("config_space.json"), space);
    assertThatThrownBy(this::task)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(parts)
        .hasMessageContaining("config_space.json");
  }

  private InputLayout.Row row(Map<String, Object> candidate) {
    SurrogateTask task = task();
    return new InputLayout(task, folder.resolve("encoding.json"))
        .row(Configuration.of(candidate), task.fixed());
  }

  private SurrogateTask task() {
    return SurrogateTask.from(
        Settings.of("estimator", ConfigFactory.parseString(SETTINGS)), folder);
  }
}
