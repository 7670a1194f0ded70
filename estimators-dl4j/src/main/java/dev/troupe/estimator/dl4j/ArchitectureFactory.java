package dev.troupe.estimator.dl4j;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.CellStack;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.architecture.morph.MorphSpace;
import dev.troupe.estimator.dl4j.data.PreparedData;
import dev.troupe.space.Configuration;
import dev.troupe.space.Decoder;
import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;

/** Builds the networks for which the configurations of a space stand. */
final class ArchitectureFactory implements NetworkFactory {

  private final Decoder<Architecture> decoder;
  private final NetworkTask task;
  private final int epochs;
  private final boolean inherits;
  private final int heirEpochs;

  /**
   * Makes a factory.
   *
   * @param task what the data ask for
   * @param epochs of a whole training
   * @param inherits whether networks inherit from others even if the space does not imply it
   * @param heirEpochs after which a network is done that has inherited
   */
  ArchitectureFactory(
      Decoder<Architecture> decoder,
      NetworkTask task,
      int epochs,
      boolean inherits,
      int heirEpochs) {
    this.decoder = decoder;
    this.task = task;
    this.epochs = epochs;
    this.inherits = inherits;
    this.heirEpochs = heirEpochs;
  }

  @Override
  public Network create(
      Configuration candidate,
      Configuration values,
      PreparedData data,
      NetworkSize size,
      TrialRandomness randomness) {
    Architecture architecture = architecture(candidate, data, size);
    OptimizerRecipe optimizer = OptimizerRecipe.of(values);
    LearningRate rate = LearningRate.of(values, epochs);
    var drops = new DropPath(values.getDouble("drop-path"), epochs, randomness.stream("drop-path"));
    ArchitectureNetwork network =
        ArchitectureNetwork.of(
            architecture,
            data.task(),
            optimizer.updater(rate),
            drops,
            DataType.FLOAT,
            randomness.seed("dropout"),
            randomness.stream("weights"));
    var noise = new ArrayList<TrainingNoise>(List.of(drops));
    if (values.getInt("cutout") > 0) {
      noise.add(new Cutout(values.getInt("cutout"), data.shape(), randomness.stream("cutout")));
    }
    return new SearchedNetwork(network, data, optimizer, rate, noise);
  }

  private Architecture architecture(Configuration candidate, PreparedData data, NetworkSize size) {
    Architecture full = decode(candidate);
    try {
      Architecture shorter =
          size.cells() == 1 ? full : requireStack().decode(candidate, size.cells());
      return NarrowedArchitecture.withInput(
          NarrowedArchitecture.of(shorter, size.width()),
          NetworkProvider.task(data.shape(), task.outputs()).input());
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "The architecture cannot be built for %d x %d pixels at width %s with a share of %s of its cells. %s"
              .formatted(
                  data.shape().height(),
                  data.shape().width(),
                  size.width(),
                  size.cells(),
                  e.getMessage()),
          e);
    }
  }

  private CellStack requireStack() {
    return decoder
        .unwrap(CellStack.class)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "Its space must have cells that are repeated, but has none. Maybe leave the axis 'cells' out."));
  }

  @Override
  public int repeatedCells() {
    return decoder.unwrap(CellStack.class).map(CellStack::cellsInRow).orElse(1);
  }

  /**
   * Returns the architecture of a candidate.
   *
   * @throws IllegalArgumentException if it takes or puts out something else than the data ask for
   */
  Architecture decode(Configuration candidate) {
    Architecture architecture = decoder.decode(candidate);
    if (!architecture.inputShape().equals(task.input())
        || architecture.outputs() != task.outputs()) {
      throw new IllegalArgumentException(
          "The architectures of the space must take %s and put out %d numbers, as the data do, but take %s and put out %d. Maybe build the space for these data."
              .formatted(
                  task.input(), task.outputs(), architecture.inputShape(), architecture.outputs()));
    }
    return architecture;
  }

  @Override
  public boolean takesParents() {
    return true;
  }

  @Override
  public int heirEpochs() {
    return heirEpochs;
  }

  /** In other spaces than of morphisms they have if the study says so. */
  @Override
  public boolean hasHeirs() {
    return inherits || decoder.unwrap(MorphSpace.class).isPresent();
  }
}
