package dev.troupe.monitoring.report;

import dev.troupe.plot.NumberText;
import dev.troupe.study.Objective;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Who inherited weights from whom. */
final class LineageSection implements Section {

  private static final int MOST_NODES = 150;
  private static final int STEP = 44;
  private static final int ROW = 22;
  private static final int MARGIN = 18;

  @Override
  public void write(Results results, Markup page) {
    var family = new Family(results);
    if (family.isEmpty()) {
      return;
    }
    page.open("section").leaf("h2", "Lineage");
    page.leaf(
        "p",
        "%d trials began with the weights of another one. Each to the right of its parent."
            .formatted(family.children()));
    FamilyTree tree = family.tree(MOST_NODES);
    Legend.states(page, tree.nodes().stream().map(FamilyTree.Node::trial).toList());
    draw(results, tree, page);
    if (tree.nodes().size() < family.size()) {
      page.leaf(
          "p",
          "Of %d trials with relatives the %d are shown that the best ones descend from."
              .formatted(family.size(), tree.nodes().size()),
          "class",
          "note");
    }
    bestLine(results, family, page);
    page.close();
  }

  private static void draw(Results results, FamilyTree tree, Markup page) {
    int width = 2 * MARGIN + tree.depth() * STEP + STEP;
    int height = 2 * MARGIN + (tree.rows() - 1) * ROW;
    page.open("figure").leaf("figcaption", "Trials and their children");
    page.open("div", "class", "scroll");
    page.open(
        "svg",
        "class",
        "natural",
        "viewBox",
        "0 0 %d %d".formatted(width, height),
        "width",
        Integer.toString(width),
        "role",
        "img",
        "aria-label",
        "Trials and their children");
    for (FamilyTree.Node node : tree.nodes()) {
      FamilyTree.Node parent = node.parent();
      if (parent != null) {
        String middle = Plot.number(x(node) - STEP / 2.0);
        page.alone(
            "path",
            "class",
            "kin",
            "d",
            "M%s %sC%s %s %s %s %s %s"
                .formatted(
                    Plot.number(x(parent)),
                    Plot.number(y(parent)),
                    middle,
                    Plot.number(y(parent)),
                    middle,
                    Plot.number(y(node)),
                    Plot.number(x(node)),
                    Plot.number(y(node))));
      }
    }
    tree.nodes().forEach(node -> node(results, node, page));
    page.close().close().close();
  }

  private static void node(Results results, FamilyTree.Node node, Markup page) {
    boolean isBest = results.isBest(node.trial());
    page.open("g", "class", Legend.style(node.trial().state()));
    page.open(
        "circle",
        "cx",
        Plot.number(x(node)),
        "cy",
        Plot.number(y(node)),
        "r",
        isBest ? "7" : "4.5");
    String descent = node.trial().descent();
    page.leaf("title", results.title(node.trial()) + (descent.isEmpty() ? "" : "; " + descent));
    page.close().close();
    page.leaf(
        "text",
        Long.toString(node.trial().id().number()),
        "class",
        isBest ? "strong" : "",
        "x",
        Plot.number(x(node) + 8),
        "y",
        Plot.number(y(node) - 4));
  }

  private static double x(FamilyTree.Node node) {
    return MARGIN + node.depth() * (double) STEP;
  }

  private static double y(FamilyTree.Node node) {
    return MARGIN + node.row() * ROW;
  }

  private static void bestLine(Results results, Family family, Markup page) {
    ReportedTrial best = results.best();
    if (best == null || best.parent() == null) {
      return;
    }
    Objective objective = results.objectives().get(0);
    var line = new ArrayList<List<String>>();
    for (ReportedTrial trial : family.line(best)) {
      line.add(
          List.of(
              Long.toString(trial.id().number()),
              trial.descent(),
              NumberText.brief(trial.metrics().getOrNaN(objective.metric()))));
    }
    Collections.reverse(line);
    page.leaf("h3", "Where the best trial comes from");
    Table.write(page, List.of("trial", "by", objective.metric()), line);
  }
}
