package dev.troupe.daemon;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.KeptStudies;
import dev.troupe.KeptSummary;
import dev.troupe.KeptTrial;
import dev.troupe.study.Explanation;
import dev.troupe.study.Lineage;
import dev.troupe.study.RankCorrelation;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.TrialId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Tells what a trial of a study that is kept was suggested for. */
@Command(
    name = "explain",
    description =
        "Tells why a trial was suggested: what its strategy expected, and on what grounds.",
    mixinStandardHelpOptions = true)
final class ExplainCommand implements Callable<Integer> {

  private final Terminal terminal;

  @Parameters(paramLabel = "STUDY", description = "the study's name")
  private String name = "";

  @Parameters(paramLabel = "TRIAL", description = "the trial's number")
  private long number;

  @Mixin private final KeptArguments arguments = new KeptArguments();

  @Option(names = "--json", description = "as a line of JSON, with all that is on record of it")
  private boolean json;

  ExplainCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public Integer call() {
    try (KeptStudies studies = arguments.open()) {
      var found = new ArrayList<KeptTrial>(1);
      var links = new ArrayList<Lineage.Link>();
      KeptSummary study =
          studies.forEachTrial(
              name,
              trial -> {
                Lineage.Link link = Lineage.link(trial.id(), trial.suggestion());
                if (link != null) {
                  links.add(link);
                }
                if (trial.id().number() == number) {
                  found.add(trial);
                }
              });
      KeptArguments.warn(study, terminal.err());
      if (found.isEmpty()) {
        throw unknown(study);
      }
      KeptTrial trial = found.get(0);
      Family family = Family.of(trial.id(), Lineage.of(links));
      print(study, trial, family, others(studies, study, trial, family));
      if (!json) {
        printRanking(KeptRanking.of(studies, study, trial));
      }
    }
    return ExitStatus.DONE;
  }

  private void print(
      KeptSummary study, KeptTrial trial, Family family, Map<TrialId, KeptTrial> others) {
    if (!json) {
      new ExplanationText(study, others, terminal.out()).print(trial, family);
      return;
    }
    ObjectNode node = KeptJson.trial(trial);
    StudyEvent.StudyStarted start = study.start();
    node.put("study", study.name());
    node.put("strategy", start == null ? null : start.strategy());
    node.put("settings", start == null ? null : start.definition().get("strategy"));
    KeptJson.addMetrics(node, others);
    family.addTo(node, others);
    JsonLines.print(node, terminal.out());
  }

  private void printRanking(@Nullable RankCorrelation ranking) {
    if (ranking != null) {
      Double kendall = ranking.kendall();
      terminal
          .out()
          .printf(
              "%nits fidelity has a rank correlation of %s (Kendall) with full fidelity, over %d"
                  + " candidates%n",
              kendall == null ? "unknown size" : Text.number(kendall), ranking.pairs());
    }
  }

  /** Reads the trials that the explanation refers to; a study may be too large to keep them all. */
  private static Map<TrialId, KeptTrial> others(
      KeptStudies studies, KeptSummary study, KeptTrial trial, Family family) {
    var trials = new HashMap<TrialId, KeptTrial>();
    Explanation explanation = trial.explanation();
    Set<TrialId> wanted = family.members();
    if (explanation != null) {
      explanation.nearest().forEach(neighbour -> wanted.add(neighbour.trial()));
    }
    if (!wanted.isEmpty()) {
      studies.forEachTrial(
          study,
          other -> {
            if (wanted.contains(other.id())) {
              trials.put(other.id(), other);
            }
          });
    }
    return trials;
  }

  private IllegalArgumentException unknown(KeptSummary study) {
    long others = study.counts().values().stream().mapToLong(Long::longValue).sum();
    String remedy =
        others == 0
            ? "Maybe wait for the first."
            : "Maybe look at them: troupe trials " + name + ".";
    return new IllegalArgumentException(
        "Study '%s' has no trial %d, but %s. %s"
            .formatted(
                name, number, others == 0 ? "none yet" : Text.count(others, "other"), remedy));
  }
}
