package dev.troupe.estimator.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.Shape;
import dev.troupe.architecture.morph.Bounds;
import dev.troupe.architecture.morph.Morphed;
import dev.troupe.architecture.morph.Morphisms;
import dev.troupe.architecture.morph.SymmetryNoise;
import dev.troupe.estimator.RecordingEvaluation;
import dev.troupe.estimator.dl4j.data.BundledData;
import dev.troupe.estimator.dl4j.data.DataRequest;
import dev.troupe.estimator.dl4j.data.PreparedData;
import dev.troupe.random.RandomStreams;
import dev.troupe.settings.Settings;
import dev.troupe.space.Configuration;
import dev.troupe.study.TrialId;
import dev.troupe.study.WeightSource;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * Trained networks hand on what they know: random networks with normalisation and skips are trained
 * on digits, changed by one to three morphisms, and trained on, beside the same children from
 * scratch. Says how far the outputs are from the parents', what an inheritance takes, and the
 * children's accuracy. The system property {@code troupe.networks} asks for more networks.
 */
class InheritanceIT {

  private static final int NETWORKS = Integer.getInteger("troupe.networks", 2);
  private static final int PARENT_EPOCHS = 3;
  private static final int CHILD_EPOCHS = 3;

  /** Trials of children are numbered from here on. */
  private static final long CHILDREN = 1_000_000;

  private static final Configuration VALUES =
      Configuration.of(
          Map.of(
              "optimizer",
              "adam",
              "learning-rate",
              4e-3,
              "momentum",
              0.0,
              "weight-decay",
              0.0,
              "batch-size",
              64));

  private static PreparedData data;

  @BeforeAll
  static void loadData() {
    Natives.load();
    NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
    data =
        PreparedData.of(
            new BundledData.Digits()
                .load(new DataRequest(Settings.none("estimator"), Path.of("."))),
            0.2,
            0.2,
            new Random(1));
  }

  /** A network, and a way that leads on from it. */
  private record Pair(Architecture parent, List<String> way, Architecture child) {

    static Pair of(long seed) {
      var random = new Random(seed);
      Architecture parent = start(random);
      for (int left = 2 + random.nextInt(7); left > 0; left--) {
        parent = step(parent, random).map(Morphed::architecture).orElse(parent);
      }
      var way = new ArrayList<String>();
      Architecture child = parent;
      for (int left = 1 + random.nextInt(3); left > 0; left--) {
        Optional<Morphed> next = step(child, random);
        if (next.isPresent()) {
          way.add(next.get().morphism().text());
          child = next.get().architecture();
        }
      }
      return new Pair(parent, way, child);
    }

    private static Architecture start(Random random) {
      Shape shape = Shape.image(1, 8, 8);
      return random.nextInt(3) == 0
          ? Architectures.random(random, shape, 10, 8)
          : Architectures.chain(shape, 10, 2 + random.nextInt(2), 4 + random.nextInt(8));
    }

    private static Optional<Morphed> step(Architecture from, Random random) {
      Bounds bounds =
          Bounds.defaults().withBatchNormalization(random.nextInt(4) > 0).withSize(50_000, 100);
      return Morphisms.sample(from, bounds, random);
    }

    boolean has(Class<? extends Layer> kind) {
      return parent.nodes().stream().anyMatch(node -> kind.isInstance(node.layer()));
    }
  }

  private static SearchedNetwork network(Architecture architecture, TrialRandomness randomness) {
    OptimizerRecipe optimizer = OptimizerRecipe.of(VALUES);
    var rate = new LearningRate(optimizer.learningRate(), optimizer.learningRate(), 1, 1);
    var drops = new DropPath(0, PARENT_EPOCHS, randomness.stream("drop-path"));
    ArchitectureNetwork network =
        ArchitectureNetwork.of(
            architecture,
            data.task(),
            optimizer.updater(rate),
            drops,
            DataType.FLOAT,
            randomness.seed("dropout"),
            randomness.stream("weights"));
    return new SearchedNetwork(network, data, optimizer, rate, List.of(drops));
  }

  private static Training training(SearchedNetwork network, TrialRandomness randomness) {
    int[] rows = IntStream.range(0, data.training().rows()).toArray();
    return new Training(
        network,
        data,
        rows,
        VALUES,
        RecordingEvaluation.of(randomness.trial().number(), Studies.SEED),
        randomness);
  }

  private static TrialRandomness randomness(long trial) {
    return new TrialRandomness(RandomStreams.of(Studies.SEED), TrialId.of(trial));
  }

  private static float[] outputs(Network network) {
    int rows = Math.min(Network.PREDICTED_AT_ONCE, data.validation().rows());
    var outputs = new float[rows * data.outputs()];
    network.predict(data.validation(), 0, rows, outputs);
    return outputs;
  }

  private static double accuracy(Network network) {
    return Scores.of(network, data, data.validation()).get("accuracy");
  }

  /** What was seen of all pairs. */
  private static final class Seen {

    private static final List<Integer> TOLD = List.of(0, 1, CHILD_EPOCHS);

    private int normalised;
    private int skipping;
    private double absolute;
    private double relative;
    private double absoluteWithNoise;
    private final List<Double> parents = new ArrayList<>();
    private final List<Double> milliseconds = new ArrayList<>();
    private final List<List<Double>> heirs = lists(CHILD_EPOCHS);
    private final List<List<Double>> fresh = lists(PARENT_EPOCHS + CHILD_EPOCHS);

    private static List<List<Double>> lists(int epochs) {
      return IntStream.rangeClosed(0, epochs)
          .<List<Double>>mapToObj(epoch -> new ArrayList<>())
          .toList();
    }

    private static double median(List<Double> values) {
      double[] sorted = values.stream().mapToDouble(Double::doubleValue).sorted().toArray();
      return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
    }

    private void tell() {
      System.out.printf(
          "%d networks, %d with normalisation, %d with skips: largest difference of a logarithm of a probability %.1e, %.1e of the largest; %.1e with noise%n",
          parents.size(), normalised, skipping, absolute, relative, absoluteWithNoise);
      System.out.printf(
          "an inheritance takes %.1f ms (median; longest %.1f)%n",
          median(milliseconds), milliseconds.stream().mapToDouble(each -> each).max().orElse(0));
      System.out.printf("median accuracy of parents: %.4f%n", median(parents));
      for (int epochs : TOLD) {
        System.out.printf(
            "median accuracy after %d epochs: with inheritance %.4f, from scratch %.4f%n",
            epochs, median(heirs.get(epochs)), median(fresh.get(epochs)));
      }
      System.out.printf(
          "from scratch after as many epochs as parent and child had, %d: %.4f%n",
          fresh.size() - 1, median(fresh.get(fresh.size() - 1)));
    }
  }

  @Test
  void inherit_trainedNetworks_goOnFromWhereTheParentStood() throws Exception {
    var seen = new Seen();
    for (long seed = 1; seen.parents.size() < NETWORKS; seed++) {
      Pair pair = Pair.of(seed);
      if (!pair.way().isEmpty()) {
        see(pair, seed, seen);
      }
    }
    seen.tell();

    assertThat(seen.relative).isLessThan(1e-4);
    assertThat(Seen.median(seen.heirs.get(0))).isGreaterThan(Seen.median(seen.fresh.get(0)) + 0.2);
    assertThat(Seen.median(seen.heirs.get(1))).isGreaterThan(Seen.median(seen.fresh.get(1)));
  }

  private static void see(Pair pair, long seed, Seen seen) throws Exception {
    seen.normalised += pair.has(Layer.BatchNormalization.class) ? 1 : 0;
    seen.skipping += pair.has(Layer.Add.class) || pair.has(Layer.Concatenate.class) ? 1 : 0;
    var source = new WeightSource.Parent(TrialId.of(seed), pair.way());
    var left = new ByteArrayOutputStream();
    float[] before;
    try (SearchedNetwork parent = network(pair.parent(), randomness(seed));
        Training training = training(parent, randomness(seed))) {
      for (int epoch = 1; epoch <= PARENT_EPOCHS; epoch++) {
        training.epoch(epoch);
      }
      seen.parents.add(accuracy(parent));
      before = outputs(parent);
      parent.leave(new DataOutputStream(left));
    }
    try (SearchedNetwork exact = network(pair.child(), randomness(CHILDREN + seed))) {
      MorphismTransfer.transfer(
          exact.network(),
          pair.parent(),
          TrainedNetwork.read(in(left)).weights(),
          pair.way(),
          SymmetryNoise.none(),
          new Random(seed));
      double difference = difference(before, outputs(exact));
      seen.absolute = Math.max(seen.absolute, difference);
      seen.relative = Math.max(seen.relative, difference / largest(before));
    }
    try (SearchedNetwork heir = network(pair.child(), randomness(CHILDREN + seed));
        Training training = training(heir, randomness(CHILDREN + seed))) {
      long start = System.nanoTime();
      heir.inherit(in(left), source, new Random(seed));
      seen.milliseconds.add((System.nanoTime() - start) / 1e6);
      seen.absoluteWithNoise = Math.max(seen.absoluteWithNoise, difference(before, outputs(heir)));
      follow(training, heir, seen.heirs);
    }
    try (SearchedNetwork fresh = network(pair.child(), randomness(CHILDREN + seed));
        Training training = training(fresh, randomness(CHILDREN + seed))) {
      follow(training, fresh, seen.fresh);
    }
  }

  private static DataInputStream in(ByteArrayOutputStream bytes) {
    return new DataInputStream(new ByteArrayInputStream(bytes.toByteArray()));
  }

  /** Trains for as many epochs as there are lists, and adds the accuracy after each to its own. */
  private static void follow(Training training, Network network, List<List<Double>> accuracies) {
    accuracies.get(0).add(accuracy(network));
    for (int epoch = 1; epoch < accuracies.size(); epoch++) {
      training.epoch(epoch);
      accuracies.get(epoch).add(accuracy(network));
    }
  }

  private static double difference(float[] first, float[] second) {
    double largest = 0;
    for (int i = 0; i < first.length; i++) {
      assertThat(second[i]).isFinite();
      largest = Math.max(largest, Math.abs((double) first[i] - second[i]));
    }
    return largest;
  }

  private static double largest(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> Math.abs(values[i])).max().orElse(1);
  }
}
