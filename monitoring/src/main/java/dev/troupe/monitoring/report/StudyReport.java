package dev.troupe.monitoring.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A study on one page of HTML, which needs neither a network nor scripts: its style, its drawings
 * and a script that only puts tables in another order are in the page, and a policy in its head
 * forbids it to load anything. It is well-formed XML as well.
 *
 * <p>The page follows from what it is given alone: the same study gives the same bytes. Texts that
 * users write (names, choices, reasons of failures) are escaped. Of studies too large to be shown
 * in full it shows a part by a fixed rule, and says so, so that it stays below about 2 MB for
 * 10,000 trials. Thread safe.
 */
public final class StudyReport {

  private static final List<Section> SECTIONS =
      List.of(
          new HeadSection(),
          new ResultSection(),
          new ProgressSection(),
          new TrialsSection(),
          new CurvesSection(),
          new ParametersSection(),
          new FidelitySection(),
          new DeviceTimeSection(),
          new StatesSection(),
          new LineageSection(),
          new TimelineSection(),
          new TrialTableSection(),
          new SettingsSection());

  private static final String POLICY =
      "default-src 'none'; style-src 'unsafe-inline'; script-src 'unsafe-inline'";

  private StudyReport() {}

  /**
   * Returns the page, to be written as UTF-8. Takes time in the number of trials, seconds for
   * 10,000; trials of several objectives are compared in pairs.
   */
  public static String html(ReportedStudy study) {
    var page = new Markup();
    page.trusted("<!DOCTYPE html>\n");
    page.open("html", "xmlns", "http://www.w3.org/1999/xhtml", "lang", "en").open("head");
    page.alone("meta", "charset", "utf-8");
    page.alone("meta", "http-equiv", "Content-Security-Policy", "content", POLICY);
    page.alone("meta", "name", "viewport", "content", "width=device-width, initial-scale=1");
    page.alone("meta", "name", "color-scheme", "content", "light dark");
    page.leaf("title", "Study " + study.name());
    page.open("style").trusted(resource("report.css")).close();
    page.close().open("body").open("main");
    var results = new Results(study);
    SECTIONS.forEach(section -> section.write(results, page));
    page.close();
    page.open("script").trusted(resource("report.js")).close();
    page.close().close();
    return page.toString();
  }

  private static String resource(String name) {
    try (InputStream in = StudyReport.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("The jar lacks '%s'. Maybe build it anew.".formatted(name));
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
