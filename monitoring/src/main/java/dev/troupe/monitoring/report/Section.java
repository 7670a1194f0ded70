package dev.troupe.monitoring.report;

/** A part of a report. Stateless. */
@FunctionalInterface
interface Section {

  /** Writes it, or nothing where the study has nothing of the kind. */
  void write(Results results, Markup page);
}
