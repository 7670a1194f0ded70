package dev.troupe.monitoring.report;

import java.util.List;

/** What a plot shows. */
sealed interface Drawn {

  /** Returns the class of the page's style sheet that gives its colour. */
  String style();

  /** Returns its points. */
  List<Spot> spots();

  /** Points by themselves. */
  record Dots(String style, List<Spot> spots) implements Drawn {

    public Dots {
      spots = List.copyOf(spots);
    }
  }

  /**
   * A line.
   *
   * @param says what is shown when one points at it; may be empty
   */
  record Line(String style, List<Spot> spots, String says) implements Drawn {

    public Line {
      spots = List.copyOf(spots);
    }
  }
}
