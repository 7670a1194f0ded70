package dev.troupe.monitoring.report;

import dev.troupe.study.Objective;
import dev.troupe.study.StudyEvent;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What the study is. */
final class HeadSection implements Section {

  @Override
  public void write(Results results, Markup page) {
    ReportedStudy study = results.study();
    page.leaf("h1", "Study " + study.name());
    page.leaf("p", standing(study), "class", "lead");
    damages(study, page);
    Table.pairs(page, facts(study));
  }

  private static String standing(ReportedStudy study) {
    String state = "State: " + Results.word(study.state());
    return study.reason() == null ? state : state + ", " + study.reason();
  }

  private static void damages(ReportedStudy study, Markup page) {
    if (study.damages().isEmpty()) {
      return;
    }
    page.open("div", "class", "warning");
    page.leaf(
        "p",
        "The record of this study is damaged. The page shows what is intact; a trial of which something is missing has failed.");
    page.open("ul");
    study.damages().stream().limit(20).forEach(damage -> page.leaf("li", damage));
    if (study.damages().size() > 20) {
      page.leaf("li", "and %d more".formatted(study.damages().size() - 20));
    }
    page.close().close();
  }

  private static List<List<String>> facts(ReportedStudy study) {
    var facts = new ArrayList<List<String>>();
    StudyEvent.StudyStarted start = study.start();
    add(facts, "as of", moment(study.last()));
    if (start != null) {
      add(facts, "begun", moment(start.at()));
      add(facts, "objectives", objectives(start.objectives()));
      add(facts, "strategy", start.strategy());
      add(facts, "pruner", firstLine(study.definition("pruner")));
      add(facts, "estimator", firstLine(study.definition("estimator")));
      add(facts, "seed", Long.toString(start.seed()));
      add(facts, "parallelism", Integer.toString(start.parallelism()));
      add(facts, "order", study.definition("order"));
      add(facts, "clock", study.definition("clock"));
    }
    add(facts, "budget", study.budget() == null ? "" : study.budget().describe());
    return facts;
  }

  private static void add(List<List<String>> facts, String name, String text) {
    if (!text.isEmpty()) {
      facts.add(List.of(name, text));
    }
  }

  private static String firstLine(String text) {
    String line = text.lines().findFirst().orElse("");
    return line.length() <= 160 ? line : line.substring(0, 159) + "…";
  }

  private static String objectives(List<Objective> objectives) {
    return objectives.stream()
        .map(objective -> Results.word(objective.direction()) + " " + objective.metric())
        .collect(Collectors.joining(", "));
  }

  private static String moment(@Nullable Instant moment) {
    return moment == null
        ? ""
        : moment.truncatedTo(ChronoUnit.SECONDS).toString().replace('T', ' ').replace("Z", " UTC");
  }
}
