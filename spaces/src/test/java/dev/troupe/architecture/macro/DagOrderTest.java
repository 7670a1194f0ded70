package dev.troupe.architecture.macro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.random.RandomStreams;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DagOrderTest {

  /** Labels and predecessors. */
  private record Graph(int[] labels, long[] before) {

    static Graph random(int size, int labels, double density, RandomGenerator random) {
      var label = new int[size];
      var before = new long[size];
      for (int to = 0; to < size; to++) {
        label[to] = random.nextInt(labels);
        for (int from = 0; from < to; from++) {
          before[to] |= random.nextDouble() < density ? 1L << from : 0;
        }
      }
      return new Graph(label, before);
    }

    /** Returns the graph with its nodes in this order. */
    Graph in(int[] order) {
      int size = order.length;
      var place = new int[size];
      for (int i = 0; i < size; i++) {
        place[order[i]] = i;
      }
      var label = new int[size];
      var renamed = new long[size];
      for (int i = 0; i < size; i++) {
        label[i] = labels[order[i]];
        for (int from = 0; from < size; from++) {
          renamed[i] |= (before[order[i]] >>> from & 1) << place[from];
        }
      }
      return new Graph(label, renamed);
    }

    /** Returns the graph in another order, with each node after its predecessors. */
    Graph shuffled(RandomGenerator random) {
      var order = new ArrayList<Integer>();
      long placed = 0;
      while (order.size() < labels.length) {
        List<Integer> free = new ArrayList<>();
        for (int node = 0; node < labels.length; node++) {
          if ((placed >>> node & 1) == 0 && (before[node] & ~placed) == 0) {
            free.add(node);
          }
        }
        int next = free.get(random.nextInt(free.size()));
        order.add(next);
        placed |= 1L << next;
      }
      return in(order.stream().mapToInt(Integer::intValue).toArray());
    }

    Graph canonical() {
      return in(DagOrder.of(labels, before));
    }

    String text() {
      return Arrays.toString(labels) + Arrays.toString(before);
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.05, 0.1, 0.3, 0.7, 1})
  void of_graphInAnotherOrder_givesTheSame(double density) {
    RandomGenerator random = RandomStreams.of(1).stream(RandomStreams.Kind.STRATEGY, 0, "dags");
    for (int i = 0; i < 200; i++) {
      Graph graph = Graph.random(1 + random.nextInt(14), 1 + random.nextInt(2), density, random);

      Graph canonical = graph.canonical();

      assertThat(graph.shuffled(random).canonical().text()).isEqualTo(canonical.text());
      assertThat(canonical.canonical().text()).isEqualTo(canonical.text());
      assertThat(Arrays.stream(canonical.before()).map(Long::bitCount).sum())
          .isEqualTo(Arrays.stream(graph.before()).map(Long::bitCount).sum());
    }
  }

  /** Thirty pairs of equal nodes have 30! orders, all of which mean the same. */
  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 10})
  void of_graphOfEqualParts_isQuick(int length) {
    var before = new long[60];
    for (int node = 0; node < 60; node++) {
      before[node] = node % length == 0 ? 0 : 1L << (node - 1);
    }
    var graph = new Graph(new int[60], before);
    RandomGenerator random = RandomStreams.of(2).stream(RandomStreams.Kind.STRATEGY, 0, "parts");

    assertThat(graph.shuffled(random).canonical().text()).isEqualTo(graph.canonical().text());
  }
}
