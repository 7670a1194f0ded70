package dev.troupe.architecture;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds an order of the nodes that does not depend on how they are named or listed, and hashes the
 * graph in that order.
 *
 * <p>Nodes are coloured by their layers, by all that leads to them and all that follows, and then
 * again and again by the colours of their neighbours (Weisfeiler and Leman). Where nodes of one
 * colour remain, each of them in turn is given a colour of its own, and the least of the resulting
 * forms counts; a choice that a symmetry of the graph maps to an earlier one is left out (McKay
 * 1981, Congressus Numerantium 30:45-87). Where hundreds of nodes look alike, that would take too
 * long, and the colours alone are hashed: equal graphs still have equal hashes then, but two that
 * differ in nothing that colours see would have, too.
 */
final class CanonicalForm {

  /** Visits of nodes that the search may take, estimated as if all nodes that look alike are. */
  private static final double MOST_VISITS = 5e7;

  /** No network of practice comes near it: a graph without the symmetries that its colours show. */
  private static final int MOST_LEAVES = 20_000;

  private static final int HASH_BYTES = 16;

  private final int size;
  private final int[][] inputs;
  private final int[][] consumers;
  private final long[] labels;
  private int leaves;

  CanonicalForm(Architecture architecture) {
    size = architecture.size();
    inputs = new int[size][];
    consumers = new int[size][];
    labels = new long[size];
    for (int i = 0; i < size; i++) {
      inputs[i] = architecture.inputs(i);
      consumers[i] = architecture.consumers(i);
      Layer layer = architecture.layer(i);
      labels[i] = hash(layer.kind() + LayerFields.write(layer));
    }
  }

  String hash() {
    long[] colours = refine(start());
    double alike = alike(colours);
    long[] form = size * alike * alike * alike / 6 > MOST_VISITS ? null : least(colours);
    if (form == null) {
      form = colours.clone();
      Arrays.sort(form);
    }
    return HexFormat.of().formatHex(digest(bytes(form)), 0, HASH_BYTES);
  }

  /** Colours each node by its layer, by what leads to it and by what follows. */
  private long[] start() {
    var before = new long[size];
    for (int i = 0; i < size; i++) {
      before[i] = mix(labels[i], sorted(inputs[i], before));
    }
    var after = new long[size];
    for (int i = size - 1; i >= 0; i--) {
      after[i] = mix(labels[i], sorted(consumers[i], after));
    }
    var colours = new long[size];
    for (int i = 0; i < size; i++) {
      colours[i] = mix(before[i], after[i]);
    }
    return colours;
  }

  private long[] refine(long[] colours) {
    long[] current = colours;
    int classes = classes(current);
    while (classes < size) {
      var next = new long[size];
      for (int i = 0; i < size; i++) {
        next[i] = mix(mix(current[i], sorted(inputs[i], current)), sorted(consumers[i], current));
      }
      int found = classes(next);
      if (found == classes) {
        return current;
      }
      current = next;
      classes = found;
    }
    return current;
  }

  private static int classes(long[] colours) {
    return (int) Arrays.stream(colours).distinct().count();
  }

  /** Returns how many nodes share their colour with another. */
  private int alike(long[] colours) {
    long[] sorted = colours.clone();
    Arrays.sort(sorted);
    int alike = 0;
    for (int i = 0; i < size; i++) {
      boolean isLikeOther =
          i > 0 && sorted[i] == sorted[i - 1] || i + 1 < size && sorted[i] == sorted[i + 1];
      alike += isLikeOther ? 1 : 0;
    }
    return alike;
  }

  /** Returns the least form that the colours can lead to, or null if that takes too long. */
  private long @Nullable [] least(long[] colours) {
    int[] cell = firstCell(colours);
    if (cell.length == 0) {
      return ++leaves > MOST_LEAVES ? null : form(colours);
    }
    long[] best = least(individualised(colours, cell[0]));
    long[] firstLeaf = best == null ? null : leaf(individualised(colours, cell[0]));
    for (int i = 1; i < cell.length && best != null; i++) {
      long[] refined = individualised(colours, cell[i]);
      long[] leaf = leaf(refined);
      if (leaf == null) {
        return null;
      }
      if (!Arrays.equals(leaf, firstLeaf)) { // else a symmetry maps this choice to the first
        long[] other = least(refined);
        if (other == null) {
          return null;
        }
        best = Arrays.compare(other, best) < 0 ? other : best;
      }
    }
    return best;
  }

  /** Returns the form at the end of always taking the first node of the first cell. */
  private long @Nullable [] leaf(long[] colours) {
    long[] current = colours;
    int[] cell = firstCell(current);
    while (cell.length > 0) {
      current = individualised(current, cell[0]);
      cell = firstCell(current);
    }
    return ++leaves > MOST_LEAVES ? null : form(current);
  }

  /** Returns the nodes of the least colour that several nodes have; none if there is none. */
  private int[] firstCell(long[] colours) {
    long[] sorted = colours.clone();
    Arrays.sort(sorted);
    for (int i = 1; i < size; i++) {
      if (sorted[i] == sorted[i - 1]) {
        return nodesOf(colours, sorted[i]);
      }
    }
    return new int[0];
  }

  private int[] nodesOf(long[] colours, long colour) {
    List<Integer> nodes = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      if (colours[i] == colour) {
        nodes.add(i);
      }
    }
    return nodes.stream().mapToInt(Integer::intValue).toArray();
  }

  private long[] individualised(long[] colours, int node) {
    long[] changed = colours.clone();
    changed[node] = mix(changed[node], 1);
    return refine(changed);
  }

  /** Returns the graph under the order of its colours, all of which differ: labels and inputs. */
  private long[] form(long[] colours) {
    var order = new Integer[size];
    Arrays.setAll(order, i -> i);
    Arrays.sort(order, (a, b) -> Long.compare(colours[a], colours[b]));
    var place = new int[size];
    for (int i = 0; i < size; i++) {
      place[order[i]] = i;
    }
    int edges = Arrays.stream(inputs).mapToInt(each -> each.length).sum();
    var form = new long[2 * size + edges];
    int at = 0;
    for (int node : order) {
      int[] places = Arrays.stream(inputs[node]).map(input -> place[input]).sorted().toArray();
      form[at++] = labels[node];
      form[at++] = places.length;
      for (int input : places) {
        form[at++] = input;
      }
    }
    return form;
  }

  /** Returns a number for the colours of some nodes, whatever their order. */
  private static long sorted(int[] nodes, long[] colours) {
    var values = new long[nodes.length];
    for (int i = 0; i < nodes.length; i++) {
      values[i] = colours[nodes[i]];
    }
    Arrays.sort(values);
    long hash = nodes.length;
    for (long value : values) {
      hash = mix(hash, value);
    }
    return hash;
  }

  /** The finalisation of MurmurHash3, over a sum that is not symmetric in both numbers. */
  private static long mix(long a, long b) {
    long h = a * 0x9E3779B97F4A7C15L + Long.rotateLeft(b, 31) * 0xC2B2AE3D27D4EB4FL;
    h = (h ^ h >>> 33) * 0xFF51AFD7ED558CCDL;
    h = (h ^ h >>> 33) * 0xC4CEB9FE1A85EC53L;
    return h ^ h >>> 33;
  }

  private static long hash(String text) {
    return ByteBuffer.wrap(digest(text.getBytes(StandardCharsets.UTF_8))).getLong();
  }

  private static byte[] bytes(long[] values) {
    var buffer = ByteBuffer.allocate(Long.BYTES * values.length);
    for (long value : values) {
      buffer.putLong(value);
    }
    return buffer.array();
  }

  private static byte[] digest(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JVM has SHA-256, but this one does not.", e);
    }
  }
}
