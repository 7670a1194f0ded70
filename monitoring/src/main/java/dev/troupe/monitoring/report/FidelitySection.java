package dev.troupe.monitoring.report;

import dev.troupe.plot.NumberText;
import dev.troupe.space.Configuration;
import dev.troupe.study.Fidelity;
import dev.troupe.study.Objective;
import dev.troupe.study.RankCorrelation;
import dev.troupe.study.Suggestion;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How well evaluations below full fidelity ranked candidates. */
final class FidelitySection implements Section {

  @Override
  public void write(Results results, Markup page) {
    Map<Configuration, Double> full = new LinkedHashMap<>();
    Map<Fidelity, Map<Configuration, Double>> low = new LinkedHashMap<>();
    for (ReportedTrial trial : results.completed()) {
      if (trial.suggestion() instanceof Suggestion.Evaluate evaluate) {
        Objective first = results.objectives().get(0);
        (trial.isFull()
                ? full
                : low.computeIfAbsent(evaluate.fidelity(), unused -> new LinkedHashMap<>()))
            .putIfAbsent(evaluate.candidate(), first.loss(trial.metrics()));
      }
    }
    if (low.isEmpty()) {
      return;
    }
    page.open("section").leaf("h2", "Lower fidelities");
    page.leaf(
        "p",
        "How well they rank candidates: correlations with full fidelity over those that were evaluated at both. 1: the same order, 0: none.");
    var rows = new ArrayList<List<String>>();
    low.forEach(
        (fidelity, losses) -> {
          RankCorrelation correlation = RankCorrelation.overBoth(full, losses);
          rows.add(
              List.of(
                  Results.text(fidelity.axes()),
                  Integer.toString(losses.size()),
                  Integer.toString(correlation == null ? 0 : correlation.pairs()),
                  text(correlation == null ? null : correlation.kendall()),
                  text(correlation == null ? null : correlation.spearman())));
        });
    Table.write(page, List.of("fidelity", "candidates", "at both", "Kendall", "Spearman"), rows);
    page.close();
  }

  private static String text(@Nullable Double correlation) {
    return correlation == null ? "unknown" : NumberText.brief(correlation);
  }
}
