package dev.troupe.monitoring.report;

import dev.troupe.study.StudyEvent;

/** What the study was, in full, and how to run it again. */
final class SettingsSection implements Section {

  @Override
  public void write(Results results, Markup page) {
    StudyEvent.StudyStarted start = results.study().start();
    page.open("section").leaf("h2", "How to run it again");
    page.leaf(
        "p",
        "The same settings and seed give the same suggestions; with order = arrival as long as results arrive in the same order, which the record holds.");
    page.leaf("pre", String.join("\n", results.study().commands()));
    if (start != null) {
      start
          .definition()
          .forEach(
              (name, text) -> {
                if (!text.isEmpty()) {
                  page.leaf("h3", name).leaf("pre", text);
                }
              });
    }
    page.close();
  }
}
