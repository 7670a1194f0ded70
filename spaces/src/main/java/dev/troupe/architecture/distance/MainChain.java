package dev.troupe.architecture.distance;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.distance.NetworkOutline.Skip;
import dev.troupe.architecture.distance.NetworkOutline.Stage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The longest path through an architecture, and what leaves it. */
final class MainChain {

  private static final int NONE = Integer.MAX_VALUE;

  private final Architecture architecture;
  private final int[] stagesBefore; // most stages on a path up to a node, itself included
  private final long[] histories; // of paths of one length, a graph's order must not choose one
  private final int[] place; // on the chain; NONE beside it

  MainChain(Architecture architecture) {
    this.architecture = architecture;
    int size = architecture.size();
    stagesBefore = new int[size];
    histories = new long[size];
    place = new int[size];
    Arrays.fill(place, NONE);
  }

  NetworkOutline outline() {
    measure();
    int[] chain = chain();
    for (int i = 0; i < chain.length; i++) {
      place[chain[i]] = i;
    }
    var stages = new ArrayList<Stage>();
    var before = new int[chain.length]; // stages up to each place, itself included
    for (int i = 0; i < chain.length; i++) {
      Layer layer = architecture.layer(chain[i]);
      if (Stages.isStage(layer)) {
        stages.add(Stages.stage(layer));
      }
      before[i] = stages.size();
    }
    return new NetworkOutline(stages, skips(chain, before));
  }

  private void measure() {
    for (int i = 0; i < architecture.size(); i++) {
      int[] inputs = architecture.inputs(i);
      int longest = 0;
      var before = new long[inputs.length];
      for (int j = 0; j < inputs.length; j++) {
        longest = Math.max(longest, stagesBefore[inputs[j]]);
        before[j] = histories[inputs[j]];
      }
      Layer layer = architecture.layer(i);
      stagesBefore[i] = longest + (Stages.isStage(layer) ? 1 : 0);
      histories[i] = history(layer, before);
    }
  }

  private static long history(Layer layer, long[] before) {
    Arrays.sort(before);
    long hash = before.length;
    String label = layer.label();
    for (int i = 0; i < label.length(); i++) {
      hash = mix(hash, label.charAt(i));
    }
    for (long each : before) {
      hash = mix(hash, each);
    }
    return hash;
  }

  /** Stafford's variant 13 of the finalisation of MurmurHash3, over a sum that is not symmetric. */
  private static long mix(long a, long b) {
    long h = a * 0x9E3779B97F4A7C15L + b;
    h = (h ^ h >>> 30) * 0xBF58476D1CE4E5B9L;
    h = (h ^ h >>> 27) * 0x94D049BB133111EBL;
    return h ^ h >>> 31;
  }

  /** Returns the longest path, from the input to the output. */
  private int[] chain() {
    var backwards = new ArrayList<Integer>();
    int at = architecture.size() - 1;
    while (true) {
      backwards.add(at);
      int[] inputs = architecture.inputs(at);
      if (inputs.length == 0) {
        break;
      }
      at = longest(inputs);
    }
    var chain = new int[backwards.size()];
    for (int i = 0; i < chain.length; i++) {
      chain[i] = backwards.get(chain.length - 1 - i);
    }
    return chain;
  }

  private int longest(int[] inputs) {
    int best = inputs[0];
    for (int input : inputs) {
      int longer = Integer.compare(stagesBefore[input], stagesBefore[best]);
      if (longer > 0 || longer == 0 && histories[input] < histories[best]) {
        best = input;
      }
    }
    return best;
  }

  private List<Skip> skips(int[] chain, int[] before) {
    int[] returns = returns();
    var skips = new ArrayList<Skip>();
    for (int i = 0; i + 1 < chain.length; i++) {
      boolean followed = false;
      for (int consumer : architecture.consumers(chain[i])) {
        if (consumer == chain[i + 1] && !followed) {
          followed = true; // the chain itself; a second time would be a skip
          continue;
        }
        int end = place[consumer] == NONE ? returns[consumer] : place[consumer];
        String type = architecture.layer(chain[end]).kind();
        skips.add(new Skip(before[i], before[end], type));
      }
    }
    return skips;
  }

  /** Returns the first place of the chain at which each node beside it can come back. */
  private int[] returns() {
    int[] returns = place.clone();
    for (int i = architecture.size() - 1; i >= 0; i--) {
      if (place[i] == NONE) {
        for (int consumer : architecture.consumers(i)) {
          returns[i] = Math.min(returns[i], returns[consumer]);
        }
      }
    }
    return returns;
  }
}
