package dev.troupe.estimator.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.settings.Option;
import dev.troupe.space.BooleanParameter;
import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.IntParameter;
import dev.troupe.space.Parameter;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NetworkProviderTest {

  private static final Map<String, Object> IRIS = Map.of("data", "iris");

  @Test
  void create_everyParameter_isAccepted() {
    assertThatCode(
            () ->
                create(
                    IRIS,
                    IntParameter.linear("layers", 1, 3),
                    IntParameter.log("units", 8, 256),
                    new BooleanParameter("taper"),
                    CategoricalParameter.of("activation", "relu", "tanh"),
                    new BooleanParameter("batch-norm"),
                    FloatParameter.linear("dropout", 0, 0.5),
                    CategoricalParameter.of("optimizer", "adam", "sgd"),
                    FloatParameter.log("learning-rate", 1e-4, 1e-1),
                    FloatParameter.linear("momentum", 0, 0.99),
                    FloatParameter.log("weight-decay", 1e-6, 1e-2),
                    CategoricalParameter.ordered("batch-size", 32, 64)))
        .doesNotThrowAnyException();
  }

  @Test
  void create_unknownParameter_namesTheNearest() {
    requireRefused(
        "Parameter 'learning-rat' is not known to estimator 'dl4j-mlp'. Maybe 'learning-rate'.",
        FloatParameter.log("learning-rat", 1e-4, 1e-1));
  }

  @Test
  void create_senselessParameters_areRefused() {
    requireRefused(
        "Parameter 'learning-rate' of dl4j-mlp must be a number from 1.0E-8 to 10.0, but can be 'high' in the space. Maybe",
        CategoricalParameter.of("learning-rate", "high", "low"));
    requireRefused(
        "Parameter 'layers' of dl4j-mlp must be a whole number from 1 to 32, but can be '0' in the space. Maybe",
        IntParameter.linear("layers", 0, 3));
    requireRefused(
        "Parameter 'activation' of dl4j-mlp must be one of relu, ",
        CategoricalParameter.of("activation", "relu", "rleu"));
    requireRefused(
        "Parameter 'units' of dl4j-mlp must be a whole number",
        FloatParameter.linear("units", 10, 20));
    requireRefused(
        "Parameter 'batch-norm' of dl4j-mlp must be true or false",
        IntParameter.linear("batch-norm", 0, 1));
  }

  @Test
  void create_parameterSearchedAndFixed_isRefused() {
    assertThatThrownBy(
            () -> create(Map.of("data", "iris", "units", 8), IntParameter.linear("units", 8, 16)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Parameter 'units' must be either searched or fixed, but is in the space and in estimator. Maybe remove it from estimator.");
  }

  @Test
  void create_wrongSettings_areRefused() {
    requireRefused(Map.of(), "estimator.data must be set. Maybe add data = digits.");
    requireRefused(Map.of("data", "digit"), "There is no data set named 'digit'. Maybe 'digits'.");
    requireRefused(
        Map.of("data", "iris", "epochs", 0), "estimator.epochs must be a whole number from 1 to");
    requireRefused(
        Map.of("data", "iris", "layers", 0), "estimator.layers must be a whole number from 1 to");
    requireRefused(
        Map.of("data", "iris", "activation", "rleu"), "estimator.activation must be one of");
    requireRefused(
        Map.of("data", "iris", "validation-fraction", 0.6, "test-fraction", 0.5),
        "estimator.test-fraction must leave rows to train on beside the other fraction (0.6)");
    requireRefused(
        Map.of("data", "iris", "train-limit", 10),
        "estimator.train-limit means nothing to estimator 'dl4j-mlp' with data 'iris'.");
  }

  @Test
  void create_unknownMetric_namesTheNearest() {
    assertThatThrownBy(
            () ->
                Studies.estimator(
                    "dl4j-mlp",
                    "acuracy",
                    Path.of("."),
                    IRIS,
                    FloatParameter.log("learning-rate", 1e-4, 1e-1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Metric 'acuracy' is not reported by estimator 'dl4j-mlp' for the classification of data 'iris'. Maybe 'accuracy'.");
  }

  @Test
  void create_cnnOnVectors_isRefused() {
    assertThatThrownBy(() -> Studies.estimator("dl4j-cnn", IRIS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Estimator 'dl4j-cnn' needs pictures, but data 'iris' are rows of 4 features. Maybe name = dl4j-mlp.");
  }

  @Test
  void options_anyProvider_listsParametersAndKeysOfDataSets() {
    assertThat(new MlpProvider().options())
        .extracting(Option::key)
        .contains("data", "epochs", "units", "learning-rate", "folder", "file", "train-limit")
        .doesNotHaveDuplicates();
    assertThat(new CnnProvider().options())
        .extracting(Option::key)
        .contains("filters", "kernel", "dense-units");
  }

  private static void requireRefused(String message, Parameter parameter) {
    assertThatThrownBy(() -> create(IRIS, parameter))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  private static void requireRefused(Map<String, ?> settings, String message) {
    assertThatThrownBy(() -> create(settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(message);
  }

  private static void create(Map<String, ?> settings, Parameter... space) {
    Studies.estimator("dl4j-mlp", settings, space).close();
  }
}
