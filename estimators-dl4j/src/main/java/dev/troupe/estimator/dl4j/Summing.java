package dev.troupe.estimator.dl4j;

import org.deeplearning4j.nn.workspace.ArrayType;
import org.deeplearning4j.nn.workspace.LayerWorkspaceMgr;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The sum of its inputs, some of which can be left out in training, or their mean. */
final class Summing implements Operation {

  private static final int ALWAYS = -1;

  private final boolean mean;
  private final DropPath drops;
  private final int[] paths;
  private boolean dropping;

  private Summing(boolean mean, DropPath drops, int[] paths) {
    this.mean = mean;
    this.drops = drops;
    this.paths = paths;
  }

  /**
   * Returns a sum.
   *
   * @param droppable for each input, whether it can be left out
   */
  static Summing sum(DropPath drops, boolean[] droppable) {
    int[] paths = new int[droppable.length];
    for (int i = 0; i < paths.length; i++) {
      paths[i] = droppable[i] ? drops.newPath() : ALWAYS;
    }
    return new Summing(false, drops, paths);
  }

  static Summing mean() {
    return new Summing(true, DropPath.never(), new int[0]);
  }

  @Override
  public INDArray forward(INDArray[] inputs, boolean training, LayerWorkspaceMgr memory) {
    dropping = training && drops.probability() > 0;
    INDArray sum = memory.dup(ArrayType.ACTIVATIONS, inputs[0], 'c');
    if (isDropped(0)) {
      drop(0, sum);
    }
    for (int i = 1; i < inputs.length; i++) {
      INDArray term = inputs[i];
      if (isDropped(i)) {
        term = memory.dup(ArrayType.FF_WORKING_MEM, term, 'c');
        drop(i, term);
      }
      sum.addi(term);
    }
    return mean ? sum.divi(inputs.length) : sum;
  }

  private boolean isDropped(int input) {
    return dropping && paths[input] != ALWAYS;
  }

  private void drop(int input, INDArray term) {
    drops.draw(paths[input], Math.toIntExact(term.size(0)));
    drops.scale(paths[input], term);
  }

  @Override
  public INDArray[] backward(INDArray[] inputs, INDArray gradient, LayerWorkspaceMgr memory) {
    var atInputs = new INDArray[inputs.length];
    for (int i = 0; i < inputs.length; i++) {
      // One for each: gradients of a layer that is read several times are added up in place.
      atInputs[i] = memory.dup(ArrayType.ACTIVATION_GRAD, gradient, 'c');
      if (mean) {
        atInputs[i].divi(inputs.length);
      } else if (isDropped(i)) {
        drops.scale(paths[i], atInputs[i]);
      }
    }
    return atInputs;
  }
}
