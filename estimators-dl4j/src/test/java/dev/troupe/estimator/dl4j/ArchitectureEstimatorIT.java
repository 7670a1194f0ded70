package dev.troupe.estimator.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.withinPercentage;

import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.architecture.ArchitectureSpaces;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.architecture.Shape;
import dev.troupe.architecture.morph.MorphSpace;
import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.RecordingEvaluation;
import dev.troupe.estimator.SpaceRequest;
import dev.troupe.estimator.weights.Checkpoint;
import dev.troupe.settings.Settings;
import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.Fidelity;
import dev.troupe.study.Measurement;
import dev.troupe.study.Metrics;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.WeightSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ArchitectureEstimatorIT {

  private static final String NAME = "dl4j-architecture";
  private static final Map<String, Object> DIGITS = Map.of("data", "digits", "epochs", 2);

  @TempDir private Path folder;

  private Estimator estimator(NetworkTask task, String metric, Map<String, ?> settings) {
    return Studies.estimator(NAME, SmallSpace.of(task).searchSpace(), metric, folder, settings);
  }

  private Estimator onDigits(Map<String, ?> more) {
    var settings = new HashMap<String, Object>(DIGITS);
    settings.putAll(more);
    return estimator(SmallSpace.DIGITS, "accuracy", settings);
  }

  private static Map<String, Double> repeatable(Metrics metrics) {
    var numbers = new HashMap<>(metrics.numbers());
    assertThat(numbers.remove("latency")).isPositive();
    return numbers;
  }

  private static List<Map<String, Double>> repeatable(List<Measurement> reports) {
    return reports.stream().map(report -> repeatable(report.metrics())).toList();
  }

  @ParameterizedTest
  @CsvSource({"convolution, average", "dilated, identity", "separable, gated"})
  void evaluate_digits_learnsAndSaysWhatUseCosts(String first, String second) throws Exception {
    Configuration candidate = SmallSpace.configuration(first, second);
    var architecture = SmallSpace.of(SmallSpace.DIGITS).instance(candidate);
    try (Estimator estimator =
        onDigits(Map.of("epochs", 8, "learning-rate", 0.01, "weight-decay", 0.01))) {
      Metrics result = Studies.evaluate(estimator, 1, candidate);

      assertThat(result.get("accuracy")).isGreaterThan(0.93);
      assertThat(result.get("parameters")).isEqualTo((double) architecture.parameters());
      assertThat(result.get("multiply-adds")).isEqualTo((double) architecture.multiplyAdds());
      assertThat(result.get("latency")).isPositive();
      assertThat(Studies.test(estimator, Studies.ended(1, candidate, result)).get("accuracy"))
          .isGreaterThan(0.93);
    }
  }

  @Test
  void evaluate_jointSpace_trainsAsTheCandidateSays() throws Exception {
    SearchSpace training =
        SearchSpace.builder()
            .add(FloatParameter.log("learning-rate", 1e-5, 1e-1))
            .add(CategoricalParameter.of("optimizer", "adam", "sgd"))
            .build();
    SearchSpace joint = SmallSpace.of(SmallSpace.DIGITS).joinedWith(training);
    try (Estimator estimator = Studies.estimator(NAME, joint, "loss", folder, DIGITS)) {
      Metrics slow = Studies.evaluate(estimator, 1, joint(1e-5));
      Metrics good = Studies.evaluate(estimator, 1, joint(1e-2));

      assertThat(good.get("loss")).isLessThan(slow.get("loss"));
    }
  }

  private static Configuration joint(double rate) {
    return Configuration.of(
        Map.of(
            "first", "dilated",
            "second", "gated",
            "learning-rate", rate,
            "optimizer", "adam"));
  }

  @Test
  void evaluate_tabularData_learns() throws Exception {
    var task = new NetworkTask(Shape.vector(4), 3);
    try (Estimator estimator =
        estimator(
            task,
            "accuracy",
            Map.of("data", "iris", "epochs", 60, "batch-size", 16, "learning-rate", 0.01))) {
      Metrics result =
          Studies.evaluate(estimator, 1, SmallSpace.configuration("convolution", "average"));

      assertThat(result.get("accuracy")).isGreaterThan(0.8);
      assertThat(result.get("parameters")).isEqualTo(5 * 16 + 17 * 16 + 17 * 3);
    }
  }

  @Test
  void evaluate_regression_learns() throws Exception {
    Files.writeString(folder.resolve("plane.csv"), plane());
    try (Estimator estimator =
        estimator(
            new NetworkTask(Shape.vector(2), 1),
            "r2",
            Map.of(
                "data",
                "csv",
                "file",
                "plane.csv",
                "target",
                "y",
                "epochs",
                60,
                "batch-size",
                16,
                "learning-rate",
                0.01))) {
      Metrics result =
          Studies.evaluate(estimator, 1, SmallSpace.configuration("convolution", "average"));

      assertThat(result.get("r2")).isGreaterThan(0.95);
    }
  }

  private static String plane() {
    var random = new Random(1);
    var text = new StringBuilder("a,b,y\n");
    for (int i = 0; i < 300; i++) {
      double a = random.nextDouble();
      double b = random.nextDouble();
      text.append(a).append(',').append(b).append(',').append(30 * a - 20 * b).append('\n');
    }
    return text.toString();
  }

  @Test
  void evaluate_cosineSchedule_slowsTheTrainingDown() throws Exception {
    Configuration candidate = SmallSpace.configuration("convolution", "gated");
    Map<String, Object> cosine = Map.of("schedule", "cosine", "weight-decay", 0.1);
    try (Estimator constant = onDigits(Map.of("weight-decay", 0.1));
        Estimator level = onDigits(with(cosine, "lowest-learning-rate", 1e-3));
        Estimator falling = onDigits(with(cosine, "lowest-learning-rate", 0))) {
      Map<String, Double> expected = repeatable(Studies.evaluate(constant, 1, candidate));

      assertThat(repeatable(Studies.evaluate(level, 1, candidate))).isEqualTo(expected);
      assertThat(repeatable(Studies.evaluate(falling, 1, candidate)).get("train-loss"))
          .isGreaterThan(expected.get("train-loss"));
    }
  }

  private static Map<String, Object> with(Map<String, Object> settings, String key, Object value) {
    var more = new HashMap<>(settings);
    more.put(key, value);
    return more;
  }

  @Test
  void evaluate_sameSeed_isBitwiseTheSameInParallelAndOnAnyThread() throws Exception {
    Configuration candidate = SmallSpace.configuration("dilated", "gated");
    var executor = Executors.newFixedThreadPool(2);
    try (Estimator estimator = onDigits(Map.of("cutout", 3, "drop-path", 0.3));
        Estimator other = onDigits(Map.of("cutout", 3, "drop-path", 0.3))) {
      Map<String, Double> first = repeatable(Studies.evaluate(estimator, 1, candidate));
      Map<String, Double> second = repeatable(Studies.evaluate(estimator, 2, candidate));
      assertThat(first.get("loss")).isNotEqualTo(second.get("loss"));

      Callable<Metrics> again = () -> Studies.evaluate(other, 1, candidate);
      for (Future<Metrics> result : executor.invokeAll(List.of(again, again))) {
        assertThat(repeatable(result.get())).isEqualTo(first);
      }
    } finally {
      executor.shutdown();
    }
  }

  @ParameterizedTest
  @CsvSource({"adam, dilated, gated", "sgd, separable, average", "rmsprop, convolution, identity"})
  void evaluate_fromAnyCheckpoint_measuresTheSame(String optimizer, String first, String second)
      throws Exception {
    Map<String, ?> settings =
        Map.of(
            "epochs",
            3,
            "optimizer",
            optimizer,
            "weight-decay",
            0.01,
            "cutout",
            3,
            "drop-path",
            0.3,
            "checkpoint-interval",
            0);
    Suggestion suggestion = Suggestion.evaluate(SmallSpace.configuration(first, second));
    try (Estimator estimator = onDigits(settings)) {
      RecordingEvaluation whole = RecordingEvaluation.of(3, Studies.SEED).keepingCheckpoints();
      Metrics result = estimator.evaluate(suggestion, whole);
      assertThat(whole.saved()).extracting(Checkpoint::step).containsExactly(1L, 2L);

      for (Checkpoint checkpoint : whole.saved()) {
        RecordingEvaluation rest =
            RecordingEvaluation.of(3, Studies.SEED).keepingCheckpoints().goingOnFrom(checkpoint);

        assertThat(repeatable(estimator.evaluate(suggestion, rest))).isEqualTo(repeatable(result));
        assertThat(repeatable(rest.reports()))
            .isEqualTo(repeatable(whole.reports().subList((int) checkpoint.step(), 3)));
      }
    }
  }

  @Test
  void evaluate_childWhoseParentLeftNothing_trainsFromFreshWeightsAndSaysSo() throws Exception {
    Configuration candidate = SmallSpace.configuration("convolution", "average");
    var child =
        new Suggestion.Evaluate(
            candidate, Fidelity.full(), new WeightSource.Parent(TrialId.of(1), List.of()));
    try (Estimator estimator = onDigits(Map.of())) {
      Metrics fresh = Studies.evaluate(estimator, 2, candidate);
      Metrics inherited = estimator.evaluate(child, RecordingEvaluation.of(2, Studies.SEED));

      assertThat(repeatable(inherited)).isEqualTo(repeatable(fresh.with(Training.INHERITED, 0.0)));
    }
  }

  private static final SearchSpace MORPHS =
      ArchitectureSpaces.named(
              "morphs", SmallSpace.DIGITS, Map.of("steps", 3, "filters", 4, "start", "flat-cnn"))
          .searchSpace();

  private Estimator onMorphs(double rate) {
    return onMorphs(rate, Map.of());
  }

  private Estimator onMorphs(double rate, Map<String, ?> more) {
    var settings =
        new HashMap<String, Object>(
            Map.of("data", "digits", "epochs", 2, "learning-rate", rate, "batch-size", 32));
    settings.putAll(more);
    return Studies.estimator(NAME, MORPHS, "loss", folder, settings);
  }

  /** The start, trained, and a network two morphisms away from it. */
  private record Family(Metrics parent, Suggestion.Evaluate child, Map<TrialId, byte[]> left) {}

  private Family family() throws Exception {
    var morphs = MorphSpace.behind(MORPHS).orElseThrow();
    Configuration start = MORPHS.configuration(Map.of("steps", 0));
    var first = morphs.extended(start, 11).orElseThrow();
    var second = morphs.extended(first.configuration(), 5).orElseThrow();
    var morphisms = List.of(first.step().morphism().text(), second.step().morphism().text());
    var left = new HashMap<TrialId, byte[]>();
    try (Estimator estimator = onMorphs(0.01)) {
      Metrics parent =
          estimator.evaluate(
              Suggestion.evaluate(start),
              RecordingEvaluation.of(1, Studies.SEED).keepingCheckpoints().inheriting(left));
      return new Family(
          parent,
          new Suggestion.Evaluate(
              second.configuration(),
              Fidelity.full(),
              new WeightSource.Parent(TrialId.of(1), morphisms)),
          left);
    }
  }

  @Test
  void evaluate_childByMorphisms_beginsWithWhatItsParentHasLearned() throws Exception {
    Family family = family();
    assertThat(family.left()).containsOnlyKeys(TrialId.of(1));
    try (Estimator idle = onMorphs(1e-6)) {
      Metrics child =
          idle.evaluate(
              family.child(), RecordingEvaluation.of(2, Studies.SEED).inheriting(family.left()));
      Metrics fresh = idle.evaluate(family.child(), RecordingEvaluation.of(2, Studies.SEED));

      assertThat(child.get("parameters")).isGreaterThan(family.parent().get("parameters"));
      assertThat(child.get("loss")).isCloseTo(family.parent().get("loss"), withinPercentage(10));
      assertThat(fresh.get("loss")).isGreaterThan(1.5 * child.get("loss"));
      assertThat(child.get(Training.INHERITED)).isEqualTo(1);
      assertThat(fresh.get(Training.INHERITED)).isZero();
    }
  }

  @Test
  void evaluate_childByMorphisms_canBeRepeated() throws Exception {
    Family family = family();
    try (Estimator estimator = onMorphs(0.01)) {
      Metrics first =
          estimator.evaluate(
              family.child(), RecordingEvaluation.of(2, Studies.SEED).inheriting(family.left()));
      Metrics second =
          estimator.evaluate(
              family.child(), RecordingEvaluation.of(2, Studies.SEED).inheriting(family.left()));

      assertThat(repeatable(second)).isEqualTo(repeatable(first));
      assertThat(first.get("loss")).isLessThan(family.parent().get("loss"));
    }
  }

  @Test
  void evaluate_heirEpochs_endHeirsEarlierAndNobodyElse() throws Exception {
    Family family = family();
    Map<String, Object> settings = Map.of("epochs", 4, "heir-epochs", 2, "schedule", "cosine");
    try (Estimator estimator = onMorphs(0.01, settings);
        Estimator likewise = onMorphs(0.01, Map.of("epochs", 2, "schedule", "cosine"))) {
      RecordingEvaluation whole =
          RecordingEvaluation.of(2, Studies.SEED).keepingCheckpoints().inheriting(family.left());
      Metrics heir = estimator.evaluate(family.child(), whole);
      Metrics orphan = estimator.evaluate(family.child(), RecordingEvaluation.of(2, Studies.SEED));

      assertThat(whole.reports()).extracting(Measurement::step).containsExactly(1L, 2L);
      assertThat(heir.get("epochs")).isEqualTo(2);
      assertThat(orphan.get("epochs")).isEqualTo(4);
      assertThat(repeatable(heir))
          .as("the learning rate falls in as many epochs")
          .isEqualTo(
              repeatable(
                  likewise.evaluate(
                      family.child(),
                      RecordingEvaluation.of(2, Studies.SEED).inheriting(family.left()))));
    }
  }

  @Test
  void evaluate_heirThatGoesOn_endsWhereItWouldHave() throws Exception {
    Family family = family();
    Map<String, Object> settings =
        Map.of("epochs", 6, "heir-epochs", 3, "schedule", "cosine", "checkpoint-interval", "0");
    try (Estimator estimator = onMorphs(0.01, settings)) {
      RecordingEvaluation whole =
          RecordingEvaluation.of(2, Studies.SEED).keepingCheckpoints().inheriting(family.left());
      Metrics result = estimator.evaluate(family.child(), whole);
      RecordingEvaluation rest =
          RecordingEvaluation.of(2, Studies.SEED)
              .keepingCheckpoints()
              .goingOnFrom(whole.saved().get(0));

      assertThat(repeatable(estimator.evaluate(family.child(), rest)))
          .isEqualTo(repeatable(result));
    }
  }

  @Test
  void evaluate_childWhoseMorphismsLeadElsewhere_isRefused() throws Exception {
    Family family = family();
    var wrong =
        new Suggestion.Evaluate(
            family.child().candidate(),
            Fidelity.full(),
            new WeightSource.Parent(TrialId.of(1), List.of()));
    try (Estimator estimator = onMorphs(0.01)) {
      assertThatThrownBy(
              () ->
                  estimator.evaluate(
                      wrong, RecordingEvaluation.of(2, Studies.SEED).inheriting(family.left())))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("Morphisms must lead from the parent to the candidate");
    }
  }

  @Test
  void evaluate_childOfALikeOne_takesOverWhatFits() throws Exception {
    Family family = family();
    var partial =
        new Suggestion.Evaluate(
            MORPHS.configuration(Map.of("steps", 0)),
            Fidelity.full(),
            new WeightSource.Partial(TrialId.of(1)));
    try (Estimator idle = onMorphs(1e-6)) {
      Metrics copy =
          idle.evaluate(partial, RecordingEvaluation.of(2, Studies.SEED).inheriting(family.left()));

      assertThat(copy.get("loss")).isCloseTo(family.parent().get("loss"), withinPercentage(5));
      assertThat(copy.get(Training.INHERITED)).isEqualTo(1);
    }
  }

  @Test
  void test_afterARestart_scoresWithWhatTheTrialHasLeft() throws Exception {
    Family family = family();
    var start = MORPHS.configuration(Map.of("steps", 0));
    try (Estimator other = onMorphs(0.01);
        Estimator forgetful = onMorphs(0.01)) {
      var ended = Studies.ended(1, start, family.parent());
      Metrics scores =
          other.test(ended, RecordingEvaluation.of(1, Studies.SEED).inheriting(family.left()));

      assertThat(scores).isEqualTo(forgetful.test(ended, RecordingEvaluation.of(1, Studies.SEED)));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"parameters", "multiply-adds", "latency"})
  void create_objectiveOnCosts_isAccepted(String metric) {
    estimator(SmallSpace.DIGITS, metric, DIGITS).close();
  }

  @Test
  void create_spaceWithoutArchitectures_isRefusedWithTheWayOut() {
    assertThatThrownBy(() -> Studies.estimator(NAME, DIGITS))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "Estimator 'dl4j-architecture' needs a space whose configurations stand for architectures, but this one has only the parameters [weight-decay]. Maybe add architecture { name = nasnet }.");
  }

  @Test
  void create_spaceForOtherData_isRefusedWithBothShapes() {
    assertThatThrownBy(() -> estimator(SmallSpace.DIGITS, "accuracy", Map.of("data", "iris")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "The architectures of the space must take 4 x 1 x 1 and put out 3 numbers, as the data do, but take 1 x 8 x 8 and put out 10. Maybe build the space for these data.");
  }

  @Test
  void create_cutoutOfRows_isRefused() {
    var task = new NetworkTask(Shape.vector(4), 3);

    assertThatThrownBy(() -> estimator(task, "loss", Map.of("data", "iris", "cutout", 2)))
        .hasMessage(
            "Parameter 'cutout' of dl4j-architecture needs pictures, but data 'iris' are rows of 4 features. Maybe leave it out.");
  }

  @Test
  void create_unknownParameterBesideTheArchitecture_namesTheNearest() {
    SearchSpace training =
        SearchSpace.builder().add(FloatParameter.log("learning-rat", 1e-5, 1e-1)).build();
    SearchSpace joint = SmallSpace.of(SmallSpace.DIGITS).joinedWith(training);

    assertThatThrownBy(() -> Studies.estimator(NAME, joint, "loss", folder, DIGITS))
        .hasMessage(
            "Parameter 'learning-rat' is not known to estimator 'dl4j-architecture'. Maybe 'learning-rate'.");
  }

  @Test
  void create_parameterNamedAsATunable_belongsToTheArchitecture() throws Exception {
    var space =
        ArchitectureSpace.of(
            SearchSpace.builder().add(CategoricalParameter.of("momentum", "much", "little")),
            configuration -> Architectures.chain(Shape.image(1, 8, 8), 10, 1, 2));
    Configuration candidate = Configuration.of(Map.of("momentum", "much"));
    try (Estimator estimator =
        Studies.estimator(NAME, space.searchSpace(), "loss", folder, DIGITS)) {
      assertThat(Studies.evaluate(estimator, 1, candidate).get("loss")).isPositive();
    }
  }

  @Test
  void networkTask_anyData_isWhatTheyAskFor() {
    assertThat(task("digits")).isEqualTo(SmallSpace.DIGITS);
    assertThat(task("iris")).isEqualTo(new NetworkTask(Shape.vector(4), 3));
  }

  private NetworkTask task(String data) {
    var request =
        new SpaceRequest(
            Settings.of("estimator", Map.of("data", data)), Settings.none("infer"), folder);
    return new ArchitectureProvider().networkTask(request).orElseThrow();
  }
}
