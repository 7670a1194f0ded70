package dev.troupe.architecture.morph;

import java.util.List;

/** Where the values of an array of weights come from. */
public sealed interface WeightOrigin {

  /** The array of the same layer and name, unchanged. */
  record Kept() implements WeightOrigin {}

  /**
   * The array of the same layer and name, stretched: a new number is the old one at the sources of
   * its places, times their factors, and zero where one has no source.
   *
   * @param axes one for each side of the array; unmodifiable
   */
  record Stretched(List<AxisMap> axes) implements WeightOrigin {

    /** Copies the list. */
    public Stretched {
      axes = List.copyOf(axes);
    }
  }

  /**
   * One number everywhere.
   *
   * @param value that number
   */
  record Constant(double value) implements WeightOrigin {}

  /**
   * Ones where the places on the leading axes are equal and those on the axes after them are the
   * tap, zeros elsewhere: what makes a convolution or a dense layer pass on its first channels.
   *
   * @param leading how many axes lead: 2 where a weight goes from a channel to a channel, 1 where
   *     each channel stays by itself
   * @param tap places on the other axes; empty without any; unmodifiable
   */
  record Diagonal(int leading, List<Integer> tap) implements WeightOrigin {

    /** Copies the list. */
    public Diagonal {
      tap = List.copyOf(tap);
    }
  }

  /** New random values, as for a layer of a new network. */
  record Fresh() implements WeightOrigin {}
}
