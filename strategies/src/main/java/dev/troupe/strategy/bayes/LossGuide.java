package dev.troupe.strategy.bayes;

import dev.troupe.space.SearchSpace;
import dev.troupe.strategy.internal.Scalarisation;
import dev.troupe.study.Explanation;
import dev.troupe.study.Objective;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.Predicate;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Looks for what one model of the losses promises most of. Several objectives are followed in
 * directions drawn at random (ParEGO, see {@link Scalarisation}). Not thread safe.
 */
final class LossGuide implements Guide {

  private static final int ANCHORS = 4;

  private final List<Objective> objectives;

  /** What the model predicts. */
  private final Objective target;

  private final AcquisitionKind acquisition;
  private final LossModelFactory models;
  private final LossModel model;
  private final Beliefs beliefs;
  private final Explainer explainer;

  /** Where the model is trusted; null if everywhere. */
  private @Nullable TrustRegion trust;

  /** By what the last candidates were chosen. */
  private AcquisitionKind turn;

  /** Losses that the model has learned since evidence came in last; null if it has not. */
  private double @Nullable [] learned;

  private LossGuide(
      List<Objective> objectives,
      Objective target,
      AcquisitionKind acquisition,
      LossModelFactory models,
      Explainer explainer,
      @Nullable TrustRegion trust) {
    this.objectives = objectives;
    this.target = target;
    this.acquisition = acquisition;
    turn = acquisition;
    this.models = models;
    model = models.create();
    beliefs = new Beliefs(models.space(), model);
    this.explainer = explainer;
    this.trust = trust;
  }

  /**
   * Returns one that has learned nothing.
   *
   * @param trust where to trust the model, if there is one objective; null for everywhere
   */
  static LossGuide of(
      SearchSpace space,
      List<Objective> objectives,
      AcquisitionKind acquisition,
      LossModelFactory models,
      @Nullable TrustRegion trust) {
    Objective target =
        objectives.size() == 1 ? objectives.get(0) : Objective.minimize("weighted rank");
    return new LossGuide(
        objectives,
        target,
        acquisition,
        models,
        new Explainer(space, models.space(), models.map()),
        trust);
  }

  @Override
  public List<Scored> propose(
      Evidence evidence, long number, Predicate<double[]> isNew, RandomGenerator random) {
    double[] losses = learn(evidence, random);
    long after = trust == null ? 0 : trust.after();
    Incumbents incumbents = new Incumbents(evidence.observations(), after).orAll();
    List<double[]> anchors = anchors(incumbents, losses);
    turn = acquisition.turn(number, !evidence.pending().isEmpty());
    return turn.search(
        new AcquisitionKind.Query(
            models,
            model,
            beliefs,
            evidence,
            incumbents,
            region(anchors.get(0)),
            anchors,
            number,
            isNew,
            random));
  }

  /** Brings the model up to date, pending trials included, and returns what it has learned. */
  private double[] learn(Evidence evidence, RandomGenerator random) {
    double[] losses = learned;
    if (losses == null || objectives.size() > 1) {
      losses = losses(evidence.observations(), random);
      model.learn(evidence.observations(), losses);
      beliefs.begin(evidence, losses);
      learned = losses;
    }
    beliefs.addPending(evidence);
    return losses;
  }

  private double[] losses(Observations observations, RandomGenerator random) {
    return objectives.size() == 1
        ? observations.losses(0)
        : Scalarisation.losses(
            observations.losses(), Scalarisation.weights(objectives.size(), random));
  }

  private Region region(double[] center) {
    return trust == null
        ? Region.whole(center.length)
        : trust.around(center, models.map().lengths(model.parameters()));
  }

  private static List<double[]> anchors(Incumbents incumbents, double[] losses) {
    List<double[]> anchors = new ArrayList<>();
    for (int index : Neighbourhood.sorted(losses)) {
      if (anchors.size() < ANCHORS && incumbents.include(index)) {
        anchors.add(incumbents.observations().point(index));
      }
    }
    return anchors;
  }

  @Override
  public Explanation explain(Evidence evidence, Scored candidate) {
    var figures = new LinkedHashMap<String, Double>();
    explainer.predict(model, candidate.point(), target, figures);
    figures.put("best " + target.metric(), target.direction().toLoss(least(learned)));
    figures.put(turn.figure(), candidate.worth());
    return new Explanation(
        turn.reason(),
        figures,
        explainer.lengthScales(List.of(model)),
        explainer.nearest(List.of(model), evidence.observations(), candidate.point()));
  }

  private static double least(double @Nullable [] losses) {
    double least = Double.POSITIVE_INFINITY;
    for (double loss : losses == null ? new double[0] : losses) {
      least = Math.min(least, loss);
    }
    return least;
  }

  @Override
  public boolean isNoisy() {
    return LossDraws.isNoisy(model);
  }

  @Override
  public boolean needsDesign() {
    return trust != null && trust.needsDesign();
  }

  @Override
  public void designed() {
    if (trust != null) {
      trust.designed();
    }
  }

  @Override
  public void update(Evidence evidence, long newest) {
    learned = null;
    if (trust != null) {
      trust.update(evidence.observations(), evidence.observations().losses(0), newest);
    }
  }

  @Override
  public void write(DataOutputStream out) throws IOException {
    model.write(out);
    if (trust != null) {
      trust.write(out);
    }
  }

  @Override
  public Runnable read(DataInputStream in) throws IOException {
    LossModel.State state = model.read(in);
    TrustRegion region = trust == null ? null : trust.read(in);
    return () -> {
      model.restore(state);
      trust = region;
      learned = null;
    };
  }
}
