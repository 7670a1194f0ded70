package dev.troupe.daemon;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.KeptTrial;
import dev.troupe.study.Lineage;
import dev.troupe.study.TrialId;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * From whom a trial has its weights, and who has them from it.
 *
 * @param trial the one in question
 * @param ancestry from its parent to the oldest ancestor
 * @param children that inherited from it, in their order
 */
record Family(TrialId trial, List<Lineage.Link> ancestry, List<Lineage.Link> children) {

  /** Copies the lists. */
  Family {
    ancestry = List.copyOf(ancestry);
    children = List.copyOf(children);
  }

  /** Returns that of a trial. */
  static Family of(TrialId trial, Lineage lineage) {
    var children = new ArrayList<Lineage.Link>();
    for (TrialId child : lineage.children(trial)) {
      Lineage.Link link = lineage.link(child);
      if (link != null) {
        children.add(link);
      }
    }
    return new Family(trial, lineage.ancestry(trial), children);
  }

  boolean isEmpty() {
    return ancestry.isEmpty() && children.isEmpty();
  }

  /** Returns all of them but the trial itself. */
  Set<TrialId> members() {
    var members = new HashSet<TrialId>();
    ancestry.forEach(link -> members.add(link.parent()));
    children.forEach(link -> members.add(link.child()));
    return members;
  }

  /** Returns the tree, the oldest first, two more spaces in each generation. */
  List<String> lines(Map<TrialId, String> results) {
    var lines = new ArrayList<String>();
    int generations = ancestry.size();
    for (int i = generations - 1; i >= 0; i--) {
      TrialId ancestor = ancestry.get(i).parent();
      Lineage.Link link = i + 1 < generations ? ancestry.get(i + 1) : null;
      lines.add(line(generations - 1 - i, ancestor, link, results));
    }
    Lineage.Link own = ancestry.isEmpty() ? null : ancestry.get(0);
    lines.add(line(generations, trial, own, results) + " (this one)");
    children.forEach(link -> lines.add(line(generations + 1, link.child(), link, results)));
    return lines;
  }

  private static String line(
      int depth, TrialId trial, Lineage.@Nullable Link link, Map<TrialId, String> results) {
    String by = link == null ? "" : " by " + link.describe();
    String result = results.getOrDefault(trial, "not on record");
    return "  ".repeat(depth) + "trial " + trial + by + ": " + result;
  }

  /** Adds it to an explained trial. */
  void addTo(ObjectNode node, Map<TrialId, KeptTrial> others) {
    ObjectNode lineage = node.putObject("lineage");
    ArrayNode ancestors = lineage.putArray("ancestors");
    ancestry.forEach(link -> add(ancestors.addObject(), link.parent(), link, others));
    ArrayNode heirs = lineage.putArray("children");
    children.forEach(link -> add(heirs.addObject(), link.child(), link, others));
  }

  private static void add(
      ObjectNode node, TrialId trial, Lineage.Link link, Map<TrialId, KeptTrial> others) {
    node.put("trial", trial.number());
    node.put("inherited-by", link.way().label());
    link.morphisms().forEach(node.putArray("morphisms")::add);
    KeptTrial kept = others.get(trial);
    node.set("metrics", kept == null ? null : JsonLines.metrics(kept.metrics()));
  }
}
