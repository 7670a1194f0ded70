package dev.troupe.architecture.morph;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.Tensor;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Where the weights of a changed network come from: pure data, without any number of the network
 * itself. Immutable and thread safe.
 *
 * @param entries one for each array of the new network, in the order of its nodes; unmodifiable
 */
public record WeightPlan(List<Entry> entries) {

  /**
   * Where one array comes from.
   *
   * @param node the layer that owns it in the new network
   * @param tensor its name and its new sides
   * @param origin where its values come from
   */
  public record Entry(String node, Tensor tensor, WeightOrigin origin) {

    /** Returns its name in the network. */
    public TensorKey key() {
      return new TensorKey(node, tensor.name());
    }
  }

  /** Gives the values of new layers. */
  @FunctionalInterface
  public interface Initializer {
    /** Returns new values for an array of a layer, in the order of {@link Tensor#sides}. */
    double[] values(String node, Layer layer, Tensor tensor);
  }

  /** Copies the list. */
  public WeightPlan {
    entries = List.copyOf(entries);
  }

  /**
   * Returns the plan from one network to another: what {@code origins} say, and what has not
   * changed is kept.
   *
   * @throws IllegalStateException if a layer that was there has another size and no origin
   */
  static WeightPlan between(
      Architecture before, Architecture after, Map<TensorKey, WeightOrigin> origins) {
    var entries = new ArrayList<Entry>();
    for (int i = 0; i < after.size(); i++) {
      String node = after.nodes().get(i).name();
      List<Tensor> old = before.has(node) ? before.tensors(before.index(node)) : List.of();
      for (Tensor tensor : after.tensors(i)) {
        WeightOrigin origin = origins.get(new TensorKey(node, tensor.name()));
        if (origin == null) {
          if (!old.contains(tensor)) {
            throw new IllegalStateException(
                "Layer '%s': %s %s has no origin.".formatted(node, tensor.name(), tensor.sides()));
          }
          origin = new WeightOrigin.Kept();
        }
        entries.add(new Entry(node, tensor, origin));
      }
    }
    return new WeightPlan(entries);
  }

  /**
   * Carries the plan out.
   *
   * @param old the arrays of the old network, each in the order of its sides, the last varying
   *     fastest; they are not changed
   * @param after the new network
   * @param initializer gives what is fresh
   * @return the arrays of the new network, in the order of the entries; each may be changed
   * @throws IllegalArgumentException if an old array is missing or has not the size that the plan
   *     expects
   */
  public Map<TensorKey, double[]> apply(
      Map<TensorKey, double[]> old, Architecture after, Initializer initializer) {
    var values = new LinkedHashMap<TensorKey, double[]>();
    for (Entry entry : entries) {
      values.put(entry.key(), values(entry, old, after, initializer));
    }
    return values;
  }

  /**
   * Carries over what an optimiser keeps for each number, moments of its gradients say. A copy of a
   * unit gets what the original had, without the factors by which weights are shared out: what
   * comes out of a copy has the original's gradients, and for what goes into it a common factor
   * cancels where steps are gradients over their own size, as Adam's. New numbers get nothing.
   *
   * @param old by the names of the old network's arrays, each in the order of its sides; an array
   *     that is missing is missing in the result, too
   * @return for those arrays of the new network that come from old ones; zero in new places
   * @throws IllegalArgumentException if an old array has not the size that the plan expects
   */
  public Map<TensorKey, double[]> carry(Map<TensorKey, double[]> old) {
    var carried = new LinkedHashMap<TensorKey, double[]>();
    for (Entry entry : entries) {
      if (!old.containsKey(entry.key())) {
        continue;
      }
      if (entry.origin() instanceof WeightOrigin.Kept) {
        carried.put(entry.key(), old(entry, old, entry.tensor().size()).clone());
      } else if (entry.origin() instanceof WeightOrigin.Stretched stretched) {
        long oldSize = 1;
        for (AxisMap axis : stretched.axes()) {
          oldSize *= axis.oldSize();
        }
        carried.put(
            entry.key(),
            TensorValues.stretched(
                old(entry, old, oldSize),
                stretched.axes().stream().map(AxisMap::carried).toList()));
      }
    }
    return carried;
  }

  private static double[] values(
      Entry entry, Map<TensorKey, double[]> old, Architecture after, Initializer initializer) {
    Tensor tensor = entry.tensor();
    WeightOrigin origin = entry.origin();
    if (origin instanceof WeightOrigin.Kept) {
      return old(entry, old, tensor.size()).clone();
    }
    if (origin instanceof WeightOrigin.Stretched stretched) {
      long oldSize = 1;
      for (AxisMap axis : stretched.axes()) {
        oldSize *= axis.oldSize();
      }
      return TensorValues.stretched(old(entry, old, oldSize), stretched.axes());
    }
    if (origin instanceof WeightOrigin.Diagonal diagonal) {
      return TensorValues.diagonal(tensor, diagonal);
    }
    if (origin instanceof WeightOrigin.Constant constant) {
      return TensorValues.filled(tensor, constant.value());
    }
    return initializer.values(entry.node(), after.node(entry.node()).layer(), tensor);
  }

  private static double[] old(Entry entry, Map<TensorKey, double[]> old, long size) {
    double[] values = old.get(entry.key());
    if (values == null || values.length != size) {
      throw new IllegalArgumentException(
          "Layer '%s': its old %s must be of %d numbers, but were %s. Maybe they are of another network."
              .formatted(
                  entry.node(),
                  entry.tensor().name(),
                  size,
                  values == null ? "missing" : values.length));
    }
    return values;
  }
}
