package dev.troupe.strategy.bayes;

import dev.troupe.space.SearchSpace;
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

/**
 * Looks for what is expected to add most to the front of several objectives, each of which has a
 * model of its own: see {@link HypervolumeImprovement}. The front is that of predicted means, so
 * that noise makes nothing better than it is, and has pending trials in it. It is measured in
 * standardised losses, within a reference that follows from the front. Losses are not warped: what
 * a logarithm finds far apart may be next to nothing for the front. Not thread safe.
 */
final class FrontGuide implements Guide {

  /** With more objectives the boxes become too many. */
  static final int MOST_OBJECTIVES = 4;

  /** By the number of objectives: vectors of the front that are told apart. */
  private static final int[] MOST_VECTORS = {0, 1, 60, 30, 15};

  private static final int ANCHORS = 6;

  private final List<Objective> objectives;
  private final LossModelFactory factory;
  private final List<LossModel> models = new ArrayList<>();
  private final List<Beliefs> beliefs = new ArrayList<>();
  private final Explainer explainer;
  private boolean isLearned;

  private FrontGuide(List<Objective> objectives, LossModelFactory factory, Explainer explainer) {
    this.objectives = objectives;
    this.factory = factory;
    this.explainer = explainer;
    for (int m = 0; m < objectives.size(); m++) {
      LossModel model = factory.createEven();
      models.add(model);
      beliefs.add(new Beliefs(factory.space(), model));
    }
  }

  /**
   * Returns one that has learned nothing.
   *
   * @param objectives from 2 to 4
   */
  static FrontGuide of(SearchSpace space, List<Objective> objectives, LossModelFactory models) {
    return new FrontGuide(objectives, models, new Explainer(space, models.space(), models.map()));
  }

  @Override
  public List<Scored> propose(
      Evidence evidence, long number, Predicate<double[]> isNew, RandomGenerator random) {
    learn(evidence);
    ParetoFront front = ParetoFront.of(vectors(evidence)).spread(MOST_VECTORS[models.size()]);
    List<Box> boxes = BoxDecomposition.of(front.vectors(), front.reference());
    var worth =
        new FrontWorth(
            models.stream().map(LossModel::process).toList(), new HypervolumeImprovement(boxes));
    var search =
        new AcquisitionSearch(
            factory.space(), Region.whole(factory.space().dimensions()), worth, isNew, random);
    int size = models.get(0).process().size();
    return search.search(anchors(evidence, front), AcquisitionSearch.Effort.of(size));
  }

  private void learn(Evidence evidence) {
    for (int m = 0; m < models.size(); m++) {
      if (!isLearned) {
        double[] losses = evidence.observations().losses(m);
        models.get(m).learn(evidence.observations(), losses);
        beliefs.get(m).begin(evidence, losses);
      }
      beliefs.get(m).addPending(evidence);
    }
    isLearned = true;
  }

  /** What is expected of each observation, then of each pending trial. */
  private List<double[]> vectors(Evidence evidence) {
    List<double[]> vectors = new ArrayList<>();
    for (int i = 0; i < evidence.observations().size(); i++) {
      vectors.add(vector(evidence.observations().point(i)));
    }
    for (double[] point : evidence.pending()) {
      vectors.add(vector(point));
    }
    return vectors;
  }

  private double[] vector(double[] point) {
    boolean[] active = factory.space().active(point);
    return models.stream()
        .mapToDouble(model -> model.process().predictMean(point, active))
        .toArray();
  }

  private static List<double[]> anchors(Evidence evidence, ParetoFront front) {
    List<double[]> anchors = new ArrayList<>();
    int observed = evidence.observations().size();
    for (int index : front.spread(ANCHORS).indices()) {
      anchors.add(
          index < observed
              ? evidence.observations().point(index)
              : evidence.pending().get(index - observed));
    }
    return anchors;
  }

  @Override
  public Explanation explain(Evidence evidence, Scored candidate) {
    var figures = new LinkedHashMap<String, Double>();
    for (int m = 0; m < models.size(); m++) {
      explainer.predict(models.get(m), candidate.point(), objectives.get(m), figures);
    }
    figures.put("log expected hypervolume improvement", candidate.worth());
    return new Explanation(
        "It was expected to widen the front most.",
        figures,
        explainer.lengthScales(models),
        explainer.nearest(models, evidence.observations(), candidate.point()));
  }

  @Override
  public boolean isNoisy() {
    return models.stream().anyMatch(LossDraws::isNoisy);
  }

  @Override
  public void update(Evidence evidence, long newest) {
    isLearned = false;
  }

  @Override
  public void write(DataOutputStream out) throws IOException {
    for (LossModel model : models) {
      model.write(out);
    }
  }

  @Override
  public Runnable read(DataInputStream in) throws IOException {
    List<LossModel.State> states = new ArrayList<>();
    for (LossModel model : models) {
      states.add(model.read(in));
    }
    return () -> {
      for (int m = 0; m < states.size(); m++) {
        models.get(m).restore(states.get(m));
      }
      isLearned = false;
    };
  }
}
