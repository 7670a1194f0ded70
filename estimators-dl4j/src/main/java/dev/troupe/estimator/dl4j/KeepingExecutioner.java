package dev.troupe.estimator.dl4j;

import java.lang.ref.Reference;
import java.util.List;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.BroadcastOp;
import org.nd4j.linalg.api.ops.CustomOp;
import org.nd4j.linalg.api.ops.IndexAccumulation;
import org.nd4j.linalg.api.ops.Op;
import org.nd4j.linalg.api.ops.OpContext;
import org.nd4j.linalg.api.ops.RandomOp;
import org.nd4j.linalg.api.ops.ReduceOp;
import org.nd4j.linalg.api.ops.ScalarOp;
import org.nd4j.linalg.api.ops.impl.summarystats.Variance;
import org.nd4j.linalg.api.rng.Random;
import org.nd4j.linalg.api.shape.LongShapeDescriptor;
import org.nd4j.linalg.cpu.nativecpu.ops.NativeOpExecutioner;

/**
 * Keeps an operation reachable until its native code is done.
 *
 * <p>ND4J frees the native side of an array that the collector has found unreachable, and an
 * operation that compiled code does not look at any more is unreachable, together with the arrays
 * that only it knows, such as its dimensions: a collection at the wrong moment pulls them from
 * under the native code, and the JVM dies with a segmentation fault (ND4J 1.0.0-M2.1). ND4J makes
 * its executioner from a class that a system property names.
 */
public final class KeepingExecutioner extends NativeOpExecutioner {

  /** The system property by which ND4J finds the class of its executioner. */
  static final String PROPERTY = "opexec";

  /** Called by ND4J. */
  public KeepingExecutioner() {}

  @Override
  public INDArray exec(Op op, OpContext context) {
    try {
      return super.exec(op, context);
    } finally {
      Reference.reachabilityFence(op);
    }
  }

  @Override
  public INDArray exec(IndexAccumulation op, OpContext context) {
    try {
      return super.exec(op, context);
    } finally {
      Reference.reachabilityFence(op);
    }
  }

  @Override
  public INDArray exec(Variance op) {
    try {
      return super.exec(op);
    } finally {
      Reference.reachabilityFence(op);
    }
  }

  @Override
  public INDArray exec(ReduceOp op, OpContext context) {
    try {
      return super.exec(op, context);
    } finally {
      Reference.reachabilityFence(op);
    }
  }

  @Override
  public INDArray exec(ScalarOp op, OpContext context) {
    try {
      return super.exec(op, context);
    } finally {
      Reference.reachabilityFence(op);
    }
  }

  @Override
  public INDArray exec(BroadcastOp op, OpContext context) {
    try {
      return super.exec(op, context);
    } finally {
      Reference.reachabilityFence(op);
    }
  }

  @Override
  public INDArray exec(RandomOp op, OpContext context, Random random) {
    try {
      return super.exec(op, context, random);
    } finally {
      Reference.reachabilityFence(op);
    }
  }

  @Override
  public INDArray[] exec(CustomOp op) {
    try {
      return super.exec(op);
    } finally {
      Reference.reachabilityFence(op);
    }
  }

  @Override
  public INDArray[] exec(CustomOp op, OpContext context) {
    try {
      return super.exec(op, context);
    } finally {
      Reference.reachabilityFence(op);
      Reference.reachabilityFence(context);
    }
  }

  @Override
  public List<LongShapeDescriptor> calculateOutputShape(CustomOp op, OpContext context) {
    try {
      return super.calculateOutputShape(op, context);
    } finally {
      Reference.reachabilityFence(op);
      Reference.reachabilityFence(context);
    }
  }
}
