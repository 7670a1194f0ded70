package dev.troupe.estimator.dl4j;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.Tensor;
import dev.troupe.architecture.morph.Morphed;
import dev.troupe.architecture.morph.Morphism;
import dev.troupe.architecture.morph.TensorKey;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.learning.config.IUpdater;

/**
 * Where the optimiser of a network stands: what it keeps for each trained number (two moments for
 * Adam, a velocity for momentum, a sum or a mean of squares for AdaGrad and RMSProp), and after how
 * many steps. The learning rate is no part of it: an heir has its own.
 *
 * @param rule the kind of optimiser
 * @param steps that it has made
 * @param slots one for each number that it keeps for a trained one: by array, each in the order of
 *     its sides
 */
record OptimizerState(String rule, int steps, List<Map<TensorKey, double[]>> slots) {

  private static final int MOST_SLOTS = 16;

  /** Copies the list. */
  OptimizerState {
    slots = List.copyOf(slots);
  }

  /** Returns a copy of what a network's optimiser keeps. */
  static OptimizerState of(ArchitectureNetwork network) {
    var slots = new ArrayList<Map<TensorKey, double[]>>();
    for (TensorKey key : keys(network.architecture())) {
      List<double[]> states = network.tensors().readStates(key.node(), key.tensor());
      while (slots.size() < states.size()) {
        slots.add(new LinkedHashMap<>());
      }
      for (int i = 0; i < states.size(); i++) {
        slots.get(i).put(key, states.get(i));
      }
    }
    return new OptimizerState(rule(network.graph()), steps(network.graph()), slots);
  }

  private static List<TensorKey> keys(Architecture architecture) {
    var keys = new ArrayList<TensorKey>();
    for (int i = 0; i < architecture.size(); i++) {
      String node = architecture.nodes().get(i).name();
      for (Tensor tensor : architecture.tensors(i)) {
        keys.add(new TensorKey(node, tensor.name()));
      }
    }
    return keys;
  }

  private static String rule(ComputationGraph graph) {
    for (var layer : graph.getLayers()) {
      for (String parameter : layer.paramTable(false).keySet()) {
        IUpdater updater = layer.getConfig().getUpdaterByParam(parameter);
        if (updater != null && updater.stateSize(1) > 0) {
          return updater.getClass().getSimpleName();
        }
      }
    }
    return "none";
  }

  private static int steps(ComputationGraph graph) {
    return graph.getConfiguration().getIterationCount();
  }

  /** Returns what becomes of it by morphisms; new numbers have none. */
  OptimizerState carried(Architecture parent, List<String> morphisms) {
    List<Map<TensorKey, double[]>> current = slots;
    for (Morphed step : Morphism.replay(parent, morphisms)) {
      current = current.stream().map(step.plan()::carry).toList();
    }
    return new OptimizerState(rule, steps, current);
  }

  /** Returns what of it belongs to some arrays. */
  OptimizerState only(Set<TensorKey> keys) {
    var kept = new ArrayList<Map<TensorKey, double[]>>();
    for (Map<TensorKey, double[]> slot : slots) {
      var own = new LinkedHashMap<TensorKey, double[]>(slot);
      own.keySet().retainAll(keys);
      kept.add(own);
    }
    return new OptimizerState(rule, steps, kept);
  }

  /** Gives it to a network whose optimiser is of the same rule; does nothing otherwise. */
  void giveTo(ArchitectureNetwork heir) {
    if (slots.isEmpty() || !rule.equals(rule(heir.graph()))) {
      return;
    }
    for (TensorKey key : slots.get(0).keySet()) {
      List<double[]> states = slots.stream().map(slot -> slot.get(key)).toList();
      heir.tensors().writeStates(key.node(), key.tensor(), states);
    }
    heir.graph().getConfiguration().setIterationCount(steps);
  }

  void write(DataOutput out) throws IOException {
    out.writeUTF(rule);
    out.writeInt(steps);
    out.writeInt(slots.size());
    for (Map<TensorKey, double[]> slot : slots) {
      TrainedNetwork.write(out, slot);
    }
  }

  static OptimizerState read(DataInput in) throws IOException {
    String rule = in.readUTF();
    int steps = in.readInt();
    int count = in.readInt();
    if (count < 0 || count > MOST_SLOTS) {
      throw new IOException(
          "An optimiser keeps from 0 to %d numbers for each, but was to keep %d. Maybe it is damaged."
              .formatted(MOST_SLOTS, count));
    }
    var slots = new ArrayList<Map<TensorKey, double[]>>();
    for (int i = 0; i < count; i++) {
      slots.add(TrainedNetwork.readArrays(in));
    }
    return new OptimizerState(rule, steps, slots);
  }
}
