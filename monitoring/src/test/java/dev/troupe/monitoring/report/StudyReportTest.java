package dev.troupe.monitoring.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.space.Configuration;
import dev.troupe.study.Fidelity;
import dev.troupe.study.Measurement;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.StudyState;
import dev.troupe.study.TrialId;
import dev.troupe.study.TrialState;
import dev.troupe.study.WeightSource;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class StudyReportTest {

  private static Document parse(String page) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(page)));
  }

  private static List<Element> elements(Document page, String tag) {
    NodeList nodes = page.getElementsByTagName(tag);
    return IntStream.range(0, nodes.getLength()).mapToObj(i -> (Element) nodes.item(i)).toList();
  }

  private static List<String> texts(Document page, String tag) {
    return elements(page, tag).stream().map(Element::getTextContent).toList();
  }

  private static ReportedStudy curves(int count) {
    return ReportedStudies.of(List.of(ReportedStudies.LOSS), ReportedStudies.curves(count, 9));
  }

  @Test
  void html_ordinaryStudy_hasEverySectionAndIsWellFormed() throws Exception {
    Document page = parse(StudyReport.html(curves(60)));

    assertThat(texts(page, "h2"))
        .containsExactly(
            "Result",
            "Best value by when",
            "All trials",
            "Learning curves",
            "Parameters",
            "Device time",
            "States and failures",
            "Timeline",
            "Table of trials",
            "How to run it again");
    assertThat(texts(page, "dd"))
        .contains("random", "7", "trials = 40", "test 0.25", "2026-11-27 01:10:00 UTC");
    assertThat(texts(page, "td")).contains("saved by early-stopping", "0.5 h");
    assertThat(texts(page, "figcaption"))
        .contains("Best loss by trials", "Best loss by device time", "loss by trial", "x", "kind");
  }

  @Test
  void html_anyStudy_loadsNothing() {
    String page = StudyReport.html(curves(60));

    assertThat(page)
        .contains("default-src &#39;none&#39;")
        .doesNotContain("src=\"", "href=", "@import", "url(", "https://");
  }

  @Test
  void html_sameStudy_isTheSameInEveryLocale() {
    Locale before = Locale.getDefault();
    String page = StudyReport.html(curves(60));
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(StudyReport.html(curves(60))).isEqualTo(page);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void html_noTrialAndNoBeginning_saysSo() throws Exception {
    var nothing =
        new ReportedStudy(
            "empty",
            StudyState.RUNNING,
            null,
            null,
            null,
            null,
            Metrics.none(),
            Map.of(),
            List.of(),
            List.of("row 3: checksum"),
            null,
            null,
            List.of());

    Document page = parse(StudyReport.html(nothing));

    assertThat(texts(page, "p")).contains("No trial has completed.", "There is no trial yet.");
    assertThat(texts(page, "li")).containsExactly("row 3: checksum");
  }

  @Test
  void html_oneTrial_hasItsPlots() throws Exception {
    Document page = parse(StudyReport.html(curves(1)));

    assertThat(texts(page, "figcaption")).contains("loss by trial", "loss by step", "x");
    assertThat(texts(page, "p")).anyMatch(text -> text.contains("from 20 completed trials on"));
  }

  @Test
  void html_textsOfUsers_areEscaped() throws Exception {
    String evil = "</style><script>alert('x')</script>&\u0000\u001b[1m";
    List<ReportedTrial> trials =
        List.of(
            ReportedStudies.trial(
                1,
                ReportedStudies.candidate(0.5, evil),
                TrialState.COMPLETED,
                Metrics.of("loss", 1).with(evil, 2)),
            ReportedStudies.trial(
                2,
                ReportedStudies.candidate(0.5, "a"),
                WeightSource.fresh(),
                TrialState.FAILED,
                Metrics.none(),
                List.of(),
                evil));

    String html =
        StudyReport.html(ReportedStudies.of(evil, List.of(ReportedStudies.LOSS), trials, null));
    Document page = parse(html);

    assertThat(elements(page, "script")).hasSize(1);
    assertThat(html).doesNotContain("<script>alert");
    assertThat(texts(page, "h1").get(0)).contains("<script>alert('x')</script>&\uFFFD\uFFFD[1m");
  }

  @Test
  void html_valuesNotFinite_areToldAndNotDrawn() throws Exception {
    var trials = new ArrayList<>(ReportedStudies.curves(30, 4));
    trials.add(
        ReportedStudies.trial(
            31,
            ReportedStudies.candidate(0.5, "a"),
            WeightSource.fresh(),
            TrialState.FAILED,
            Metrics.of("loss", Double.NaN),
            List.of(
                new Measurement(1, Metrics.of("loss", 1e15), 1),
                new Measurement(2, Metrics.of("loss", Double.POSITIVE_INFINITY), 2)),
            "Trial 31: loss was NaN."));
    trials.add(
        ReportedStudies.trial(
            32,
            ReportedStudies.candidate(0.5, "a"),
            TrialState.COMPLETED,
            Metrics.of("loss", -Double.MAX_VALUE)));
    trials.add(
        ReportedStudies.trial(
            33,
            ReportedStudies.candidate(0.5, "a"),
            TrialState.COMPLETED,
            Metrics.of("loss", Double.MAX_VALUE)));

    String html = StudyReport.html(ReportedStudies.of(List.of(ReportedStudies.LOSS), trials));

    assertThat(texts(parse(html), "td")).contains("Trial 31: loss was NaN.", "NaN");
    assertThat(texts(parse(html), "p")).contains("1 without a finite value is not drawn.");
    for (Element drawn : elements(parse(html), "circle")) {
      assertThat(drawn.getAttribute("cy")).matches("-?[0-9.]+");
    }
  }

  @Test
  void html_farWorseValues_areDrawnAtTheEdge() throws Exception {
    var trials = new ArrayList<>(ReportedStudies.curves(40, 1));
    trials.add(
        ReportedStudies.trial(
            41,
            ReportedStudies.candidate(0.5, "a"),
            TrialState.COMPLETED,
            Metrics.of("loss", 500)));

    Document page =
        parse(StudyReport.html(ReportedStudies.of(List.of(ReportedStudies.LOSS), trials)));

    assertThat(texts(page, "p"))
        .anyMatch(text -> text.matches("1 value above .* is drawn at the edge."));
  }

  @Test
  void html_tenThousandTrials_staysSmallAndSaysWhatIsLeftOut() throws Exception {
    String html = StudyReport.html(curves(10_000));
    Document page = parse(html);

    assertThat(html.getBytes(StandardCharsets.UTF_8).length).isLessThan(2_000_000);
    assertThat(texts(page, "p"))
        .contains(
            "Of 10000 trials every 2nd is shown, and what is best.",
            "Of 10000 curves every 84th is shown, and what is best.",
            "The last 1000 of 10000 runs.");
  }

  @Test
  void html_severalObjectives_showsTheFront() throws Exception {
    List<ReportedTrial> trials =
        IntStream.rangeClosed(1, 9)
            .mapToObj(
                i ->
                    ReportedStudies.trial(
                        i,
                        ReportedStudies.candidate(0.1 * i, "a"),
                        TrialState.COMPLETED,
                        Metrics.of("loss", i, "size", i == 9 ? 100 : 10 - i)))
            .toList();

    Document page =
        parse(
            StudyReport.html(
                ReportedStudies.of(
                    List.of(ReportedStudies.LOSS, Objective.minimize("size")), trials)));

    assertThat(texts(page, "p"))
        .anyMatch(text -> text.startsWith("8 of 9 completed trials are on the front"));
    assertThat(texts(page, "figcaption")).contains("loss and size", "Best size by trials");
  }

  @Test
  void html_inactiveParameter_standsApart() throws Exception {
    var trials = new ArrayList<>(ReportedStudies.curves(20, 3));
    trials.add(
        ReportedStudies.trial(
            21,
            Configuration.of(Map.of("kind", "a")),
            TrialState.COMPLETED,
            Metrics.of("loss", 1)));

    Document page =
        parse(StudyReport.html(ReportedStudies.of(List.of(ReportedStudies.LOSS), trials)));

    assertThat(texts(page, "text")).contains("inactive");
  }

  @Test
  void html_logParameter_isDrawnOnALogScale() throws Exception {
    assertThat(texts(parse(StudyReport.html(curves(60))), "text"))
        .contains("1e-4", "0.001", "0.01");
  }

  @Test
  void html_trialsWithParents_drawsTheirTree() throws Exception {
    var trials = new ArrayList<ReportedTrial>();
    for (int i = 1; i <= 6; i++) {
      trials.add(
          ReportedStudies.trial(
              i,
              ReportedStudies.candidate(0.1 * i, "a"),
              i == 1
                  ? WeightSource.fresh()
                  : new WeightSource.Parent(TrialId.of(i / 2), List.of("widen(" + i + ")")),
              TrialState.COMPLETED,
              Metrics.of("loss", 10 - i),
              List.of(),
              null));
    }

    Document page =
        parse(StudyReport.html(ReportedStudies.of(List.of(ReportedStudies.LOSS), trials)));

    assertThat(texts(page, "h2")).contains("Lineage");
    assertThat(texts(page, "p"))
        .anyMatch(text -> text.startsWith("5 trials began with the weights of another one."));
    assertThat(
            elements(page, "path").stream()
                .filter(path -> path.getAttribute("class").equals("kin")))
        .hasSize(5);
    assertThat(texts(page, "td")).contains("widen(3)", "widen(6)");
  }

  @Test
  void html_candidatesAtTwoFidelities_tellsTheRankCorrelation() throws Exception {
    var trials = new ArrayList<ReportedTrial>();
    double[] proxies = {1, 2, 4, 3};
    for (int i = 0; i < 8; i++) {
      int candidate = i % 4;
      trials.add(
          ReportedStudies.trial(
              i + 1,
              ReportedStudies.candidate(candidate, "a"),
              i < 4 ? Fidelity.of("epochs", 3) : Fidelity.full(),
              Metrics.of("loss", i < 4 ? proxies[candidate] : candidate)));
    }
    Document page =
        parse(StudyReport.html(ReportedStudies.of(List.of(ReportedStudies.LOSS), trials)));
    assertThat(texts(page, "h2")).contains("Lower fidelities");
    // five of six pairs in the same order; 1 - 6 * 2 / (4 * 15)
    assertThat(texts(page, "td")).containsSequence("epochs 3", "4", "4", "0.66667", "0.8");
    List<ReportedTrial> proxiesAlone = trials.subList(0, 4);
    assertThat(
            texts(
                parse(
                    StudyReport.html(
                        ReportedStudies.of(List.of(ReportedStudies.LOSS), proxiesAlone))),
                "td"))
        .containsSequence("epochs 3", "4", "0", "unknown", "unknown");
  }

  @Test
  void html_longLineOfDescent_isCutToTheBest() throws Exception {
    var trials = new ArrayList<ReportedTrial>();
    for (int i = 1; i <= 5000; i++) {
      trials.add(
          ReportedStudies.trial(
              i,
              ReportedStudies.candidate(0.1, "a"),
              i == 1
                  ? WeightSource.fresh()
                  : new WeightSource.Partial(TrialId.of(Math.max(1, i - 40))),
              TrialState.COMPLETED,
              Metrics.of("loss", 10000 - i),
              List.of(),
              null));
    }

    Document page =
        parse(StudyReport.html(ReportedStudies.of(List.of(ReportedStudies.LOSS), trials)));

    assertThat(texts(page, "p"))
        .anyMatch(text -> text.startsWith("Of 5000 trials with relatives the "));
  }

  @Test
  void html_drawing_isInThePage() throws Exception {
    String drawing = "<svg xmlns=\"http://www.w3.org/2000/svg\"><title>net</title></svg>";

    Document page =
        parse(
            StudyReport.html(
                ReportedStudies.of(
                    "net", List.of(ReportedStudies.LOSS), ReportedStudies.curves(3, 2), drawing)));

    assertThat(texts(page, "title")).contains("net");
    assertThat(texts(page, "summary")).contains("Its network");
  }
}
