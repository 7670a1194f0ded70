package dev.troupe.strategy.bayes.morphism;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.distance.NetworkOutline;
import dev.troupe.space.Configuration;
import dev.troupe.study.TrialId;
import dev.troupe.study.WeightSource;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A candidate with the network for which it stands, and how that came from a trial's.
 *
 * @param configuration the candidate
 * @param architecture its network
 * @param outline what the edit distance sees of the network
 * @param companions coordinates of the parameters beside the morphisms
 * @param fingerprint equal for candidates whose networks and other parameters are the same
 * @param trainings how many its weights have gone through before its own; 0 for fresh ones
 * @param ancestor the trial whose weights it takes over, or null if it has fresh ones
 * @param morphisms what leads here from there, in order, each in its text form
 */
@SuppressWarnings("ArrayRecordComponent") // read in the inner loops of the kernel
record Network(
    Configuration configuration,
    Architecture architecture,
    NetworkOutline outline,
    double[] companions,
    long fingerprint,
    int trainings,
    @Nullable TrialId ancestor,
    List<String> morphisms) {

  private static final int TRAITS = 3;

  /** Returns it as the place from which morphisms start, trained by a trial. */
  Network trainedBy(TrialId trial) {
    return new Network(
        configuration,
        architecture,
        outline,
        companions,
        fingerprint,
        trainings + 1,
        trial,
        List.of());
  }

  /** Returns what may matter of it beside its layers: logarithmic size, depth, trainings. */
  double[] traits() {
    var traits = new double[TRAITS];
    traits[0] = StrictMath.log(architecture.parameters());
    traits[1] = outline.stages().size();
    traits[2] = trainings;
    return traits;
  }

  /** Returns the morphisms with one more. */
  List<String> morphismsAnd(String morphism) {
    var longer = new ArrayList<>(morphisms);
    longer.add(morphism);
    return List.copyOf(longer);
  }

  WeightSource weights() {
    return ancestor == null ? WeightSource.fresh() : new WeightSource.Parent(ancestor, morphisms);
  }
}
