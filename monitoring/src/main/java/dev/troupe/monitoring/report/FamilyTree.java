package dev.troupe.monitoring.report;

import dev.troupe.study.TrialId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Trials with places: a column for each generation, a row for each one without children, parents in
 * the middle of theirs. Not thread safe.
 */
final class FamilyTree {

  /** A trial and its place. */
  static final class Node {
    private final ReportedTrial trial;
    private final @Nullable Node parent;
    private final List<Node> children = new ArrayList<>();
    private final int depth;
    private double row;

    Node(ReportedTrial trial, @Nullable Node parent) {
      this.trial = trial;
      this.parent = parent;
      depth = parent == null ? 0 : parent.depth + 1;
    }

    ReportedTrial trial() {
      return trial;
    }

    @Nullable Node parent() {
      return parent;
    }

    int depth() {
      return depth;
    }

    double row() {
      return row;
    }
  }

  private final Map<TrialId, Node> byTrial = new HashMap<>();
  private final List<Node> nodes = new ArrayList<>();
  private int rows;

  /** Adds a trial after its parent. */
  void add(ReportedTrial trial, @Nullable ReportedTrial parent) {
    Node above = parent == null ? null : byTrial.get(parent.id());
    var node = new Node(trial, above);
    byTrial.put(trial.id(), node);
    nodes.add(node);
    if (above != null) {
      above.children.add(node);
    }
  }

  /** Gives all their rows. */
  FamilyTree placed() {
    nodes.stream().filter(node -> node.parent == null).forEach(this::leaves);
    for (int i = nodes.size() - 1; i >= 0; i--) { // children come after their parents
      Node node = nodes.get(i);
      if (!node.children.isEmpty()) {
        Node first = node.children.get(0);
        Node last = node.children.get(node.children.size() - 1);
        node.row = (first.row + last.row) / 2;
      }
    }
    return this;
  }

  /** Numbers the trials without children from top to bottom; a line of descent may be long. */
  private void leaves(Node root) {
    var pending = new ArrayList<Node>(List.of(root));
    while (!pending.isEmpty()) {
      Node node = pending.remove(pending.size() - 1);
      if (node.children.isEmpty()) {
        node.row = rows++;
      }
      for (int i = node.children.size() - 1; i >= 0; i--) {
        pending.add(node.children.get(i));
      }
    }
  }

  List<Node> nodes() {
    return List.copyOf(nodes);
  }

  /** Returns how many rows there are, at least 1. */
  int rows() {
    return Math.max(1, rows);
  }

  /** Returns the last column, from 0. */
  int depth() {
    return nodes.stream().mapToInt(Node::depth).max().orElse(0);
  }
}
