package dev.troupe.architecture.morph;

import dev.troupe.architecture.Architecture;
import java.util.ArrayList;
import java.util.List;

/**
 * A change of an architecture that keeps its function: with the weights of its plan the new network
 * puts out at inference what the old one does, up to rounding (Chen, Goodfellow, Shlens 2016,
 * arXiv:1511.05641; Wei et al. 2016, arXiv:1603.01670). Immutable values; thread safe.
 *
 * <p>Layers keep their names; new ones get the first free name of their kind, so that the result is
 * determined by architecture and morphism.
 */
public sealed interface Morphism
    permits Deepen, Widen, WidenKernel, AddSkip, ConcatenateSkip, InsertBlock {

  /** The kinds of morphisms. */
  enum Kind {
    /** {@link Deepen}. */
    DEEPEN,
    /** {@link Widen}. */
    WIDEN,
    /** {@link WidenKernel}. */
    WIDEN_KERNEL,
    /** {@link AddSkip}. */
    ADD_SKIP,
    /** {@link ConcatenateSkip}. */
    CONCATENATE_SKIP,
    /** {@link InsertBlock}. */
    INSERT_BLOCK;

    /** Returns its name in kebab case, as texts write it. */
    public String text() {
      return MorphText.lower(this);
    }
  }

  /** What an inserted layer computes. */
  enum Form {
    /** A dense layer, on a vector. */
    DENSE,
    /** A convolution over all channels. */
    CONVOLUTION,
    /** A depthwise convolution and a 1x1 convolution in one. */
    SEPARABLE
  }

  /** Returns which kind it is. */
  Kind kind();

  /**
   * Changes an architecture.
   *
   * @throws IllegalArgumentException if a layer does not exist or the function could not be kept;
   *     the message names the layer, the rule and the remedy
   */
  Morphed apply(Architecture architecture);

  /** Returns one line from which {@link #parse} makes an equal morphism. */
  String text();

  /**
   * Returns the morphism that a line describes: its kind and then keys with values, such as {@code
   * widen node=dense-1 width=32 mode=split seed=7}.
   *
   * @throws IllegalArgumentException if the line is no morphism; the message says why
   */
  static Morphism parse(String text) {
    return MorphText.parse(text);
  }

  /**
   * Changes an architecture step by step.
   *
   * @param morphisms in order, each in its text form
   * @return the steps; empty without morphisms
   * @throws IllegalArgumentException if one of them is no morphism or is not legal where it comes
   */
  static List<Morphed> replay(Architecture architecture, List<String> morphisms) {
    var steps = new ArrayList<Morphed>();
    Architecture current = architecture;
    for (String text : morphisms) {
      Morphed step = parse(text).apply(current);
      steps.add(step);
      current = step.architecture();
    }
    return steps;
  }
}
