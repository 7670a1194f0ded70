package dev.troupe.monitoring.report;

import dev.troupe.study.TrialState;
import java.util.List;
import java.util.function.IntFunction;
import java.util.function.Predicate;
import java.util.stream.IntStream;

/** The colours of states, which are those of Okabe and Ito. */
final class Legend {

  /** The states as they are drawn: later ones lie above. */
  static final List<TrialState> ORDER =
      List.of(
          TrialState.WAITING,
          TrialState.RUNNING,
          TrialState.STOPPED,
          TrialState.FAILED,
          TrialState.PAUSED,
          TrialState.PRUNED,
          TrialState.COMPLETED);

  private Legend() {}

  /** Returns the class of the style sheet for a state. */
  static String style(TrialState state) {
    return "s-" + Results.word(state);
  }

  /**
   * Draws a point for each trial in the colour of its state, the best above all others.
   *
   * @param spot where the i-th trial is
   */
  static void dots(Plot plot, Results results, List<ReportedTrial> trials, IntFunction<Spot> spot) {
    for (TrialState state : ORDER) {
      dots(plot, style(state), trials, trial -> trial.state() == state, spot);
    }
    dots(plot, "s-best", trials, results::isBest, spot);
  }

  private static void dots(
      Plot plot,
      String style,
      List<ReportedTrial> trials,
      Predicate<ReportedTrial> isDrawn,
      IntFunction<Spot> spot) {
    List<Spot> spots =
        IntStream.range(0, trials.size())
            .filter(i -> isDrawn.test(trials.get(i)))
            .mapToObj(spot)
            .toList();
    if (!spots.isEmpty()) {
      plot.dots(style, spots);
    }
  }

  /** Writes which colour is which state, of those that occur. */
  static void states(Markup page, List<ReportedTrial> trials) {
    page.open("p", "class", "legend");
    for (TrialState state : ORDER) {
      long count = trials.stream().filter(trial -> trial.state() == state).count();
      if (count > 0) {
        entry(page, style(state), "%s (%d)".formatted(Results.word(state), count));
      }
    }
    entry(page, "s-best", "best");
    page.close();
  }

  /** Writes what a colour stands for. */
  static void entry(Markup page, String style, String text) {
    page.open("span", "class", "key " + style);
    page.open("svg", "width", "12", "height", "12", "viewBox", "0 0 12 12", "aria-hidden", "true");
    page.open("g", "class", style).alone("circle", "cx", "6", "cy", "6", "r", "4.5").close();
    page.close().text(" " + text).close().text(" ");
  }
}
