package dev.troupe.estimator.dl4j;

import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One native operation between fixed arrays, prepared once and run for every batch: preparing it
 * anew takes longer than many of them run.
 */
interface NativeStep extends AutoCloseable {

  /** Computes its outputs from what its inputs hold now. */
  void run();

  @Override
  default void close() {}

  /** Returns an operation with neither numbers nor flags as arguments. */
  static NativeStep of(String name, List<INDArray> inputs, List<INDArray> outputs) {
    return of(name, inputs, outputs, new double[0]);
  }

  /** Returns an operation with real arguments {@code reals} and whole arguments {@code wholes}. */
  static NativeStep of(
      String name, List<INDArray> inputs, List<INDArray> outputs, double[] reals, long... wholes) {
    DynamicCustomOp operation = DynamicCustomOp.builder(name).build();
    OpContext context = Nd4j.getExecutioner().buildContext();
    context.setInputArrays(inputs);
    context.setOutputArrays(outputs);
    if (reals.length > 0) {
      context.setTArguments(reals);
    }
    if (wholes.length > 0) {
      context.setIArguments(wholes);
    }
    return new NativeStep() {
      @Override
      public void run() {
        Nd4j.getExecutioner().exec(operation, context);
      }

      @Override
      public void close() {
        try {
          context.close();
        } catch (Exception e) {
          throw new IllegalStateException("An operation context could not be closed.", e);
        }
      }
    };
  }

  /** Returns an element-wise operation of the older kind. */
  static NativeStep of(Op operation) {
    return () -> Nd4j.getExecutioner().exec(operation);
  }
}
