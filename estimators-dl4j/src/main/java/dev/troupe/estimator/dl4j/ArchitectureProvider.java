package dev.troupe.estimator.dl4j;

import dev.troupe.architecture.Architecture;
import dev.troupe.estimator.EstimatorRequest;
import dev.troupe.estimator.dl4j.data.PreparedData;
import dev.troupe.random.RandomStreams;
import dev.troupe.settings.Option;
import dev.troupe.space.Decoder;
import dev.troupe.space.SearchSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * The estimator {@code dl4j-architecture}: networks of any architecture. The space says what its
 * configurations stand for; it may search how they are trained at the same time.
 *
 * <p>Beside what all networks report, each reports {@code multiply-adds} (of the inference of one
 * example) and {@code latency} (seconds for the inference of one example by itself, on one thread;
 * the median of some, measured after the first epoch).
 *
 * <p>In spaces of morphisms a trained network leaves its weights to others, and a trial that names
 * a parent begins with the parent's, changed by the morphisms that it names; fresh ones where they
 * are out of reach, because the study keeps no checkpoints, say. What the optimiser keeps of each
 * number goes along, if both have the same rule. Since it knows so much to begin with, such a trial
 * can be given fewer epochs: {@code heir-epochs}. What that saves is booked to inheritance.
 */
public final class ArchitectureProvider extends NetworkProvider {

  private static final String NAME = "dl4j-architecture";
  private static final String HEIR_EPOCHS = "heir-epochs";
  private static final int MOST_CUT = 1_024;

  /** For {@link java.util.ServiceLoader}. */
  public ArchitectureProvider() {
    super(NAME, "trains networks of any architecture on Deeplearning4j", known());
  }

  private static List<Tunable> known() {
    var tunables = new ArrayList<Tunable>(CommonTunables.TRAINING);
    tunables.addAll(LearningRate.tunables());
    tunables.add(
        new Tunable.Whole(
            "cutout", 0, 0, MOST_CUT, "side of a square left out of each picture in training"));
    tunables.add(
        new Tunable.Real(
            "drop-path",
            0,
            0,
            0.9,
            "probability of leaving out a path of a sum in the last epoch; grows up to then"));
    return tunables;
  }

  @Override
  List<Option> furtherOptions() {
    return List.of(
        new Option(
            HEIR_EPOCHS,
            "epochs",
            "epochs of a network most of whose weights were another's to begin with"));
  }

  private static Decoder<Architecture> decoder(SearchSpace space) {
    return space
        .decoder(Architecture.class)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Estimator '%s' needs a space whose configurations stand for architectures, but this one has only the parameters %s. Maybe add architecture { name = nasnet }."
                        .formatted(NAME, space.names())));
  }

  @Override
  Set<String> decidedElsewhere(SearchSpace space) {
    return decoder(space).names();
  }

  @Override
  List<String> costNames() {
    return SearchedNetwork.costNames();
  }

  @Override
  NetworkFactory factory(EstimatorRequest request, PreparedData data, int epochs) {
    requirePictures(request, data);
    Decoder<Architecture> decoder = decoder(request.space());
    var factory =
        new ArchitectureFactory(
            decoder,
            task(data.shape(), data.outputs()),
            epochs,
            request.inherits(),
            request.settings().getInt(HEIR_EPOCHS, epochs, 1, epochs));
    // Any one shows whether the space was built for these data.
    factory.decode(
        request.space().sample(request.streams().stream(RandomStreams.Kind.SPLIT, 0, "example")));
    return factory;
  }

  private static void requirePictures(EstimatorRequest request, PreparedData data) {
    boolean isCut =
        request.settings().getInt("cutout", 0, 0, MOST_CUT) > 0
            || (request.space().has("cutout")
                && !decoder(request.space()).names().contains("cutout"));
    if (isCut && !data.shape().isImage()) {
      throw new IllegalArgumentException(
          "Parameter 'cutout' of %s needs pictures, but data '%s' are rows of %d features. Maybe leave it out."
              .formatted(NAME, data.name(), data.shape().size()));
    }
  }
}
