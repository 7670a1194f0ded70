package dev.troupe.estimator.dl4j;

import java.util.Set;
import org.deeplearning4j.nn.conf.constraint.BaseConstraint;
import org.deeplearning4j.nn.params.ConvolutionParamInitializer;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * Sets what lies between the taps of a dilated kernel to zero after each step. All taps have their
 * true gradients: those of the zeros change nothing, since optimisers treat each number by itself.
 */
final class KernelMask extends BaseConstraint implements AutoCloseable {

  private final transient KernelLayout layout;
  private transient @Nullable INDArray mask;

  /** Makes the mask of a kernel. */
  KernelMask(KernelLayout layout) {
    super(Set.of(ConvolutionParamInitializer.WEIGHT_KEY));
    this.layout = layout;
  }

  @Override
  public void apply(INDArray weights) {
    INDArray known = mask;
    if (known == null) {
      known =
          Nd4j.createUninitializedDetached(weights.dataType(), 'c', weights.shape())
              .assign(Nd4j.createFromArray(layout.mask()).reshape('c', weights.shape()));
      mask = known;
    }
    weights.muli(known);
  }

  /** Frees its memory. */
  @Override
  public void close() {
    if (mask != null) {
      mask.close();
      mask = null;
    }
  }

  @Override
  public KernelMask clone() {
    return new KernelMask(layout);
  }

  /** As the same object: two kernels have two masks. */
  @Override
  public boolean equals(@Nullable Object other) {
    return this == other;
  }

  @Override
  protected boolean canEqual(Object other) {
    return this == other;
  }

  @Override
  public int hashCode() {
    return System.identityHashCode(this);
  }
}
