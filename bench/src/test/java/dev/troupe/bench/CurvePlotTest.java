package dev.troupe.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import dev.troupe.bench.CurvePlot.Quantity;
import dev.troupe.bench.CurvePlot.Style;
import dev.troupe.bench.Horizon.Unit;
import dev.troupe.bench.Trajectory.Step;
import dev.troupe.plot.Axis;
import dev.troupe.study.Direction;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.SAXException;

class CurvePlotTest {

  private static List<Trajectory> runs(String problem, String strategy, Unit unit) {
    var runs = new ArrayList<Trajectory>();
    for (int seed = 1; seed <= 5; seed++) {
      var steps = new ArrayList<Step>();
      for (int i = 1; i <= 40; i++) {
        double best = 1.0 * seed / i;
        steps.add(new Step(2 * i, best, best, best));
      }
      var horizon = new Horizon(unit, unit == Unit.EVALUATIONS ? 40 : 80);
      runs.add(new Trajectory(problem, strategy, seed, Direction.MINIMIZE, horizon, steps));
    }
    return runs;
  }

  private static Document parse(String svg)
      throws ParserConfigurationException, IOException, SAXException {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(svg.getBytes(StandardCharsets.UTF_8)));
  }

  @Test
  void svg_ofSeveralProblems_isXmlWithPanelsCurvesBandsAndLegend() throws Exception {
    var all = new ArrayList<Trajectory>();
    for (String problem : List.of("first", "a < b & c", "third", "fourth")) {
      all.addAll(runs(problem, "random", Unit.EVALUATIONS));
      all.addAll(runs(problem, "sobol", Unit.EVALUATIONS));
    }
    Document document = parse(CurvePlot.svg(all, new Style(Quantity.REGRET, true)));
    assertThat(document.getElementsByTagName("g").getLength()).isEqualTo(4);
    assertThat(document.getElementsByTagName("polyline").getLength()).isEqualTo(8);
    assertThat(document.getElementsByTagName("polygon").getLength()).isEqualTo(8);
    String text = document.getDocumentElement().getTextContent();
    assertThat(text).contains("a < b & c", "evaluations", "regret", "random", "sobol", "0.1");
  }

  @Test
  void svg_ofTime_namesTheUnit() throws Exception {
    String svg = CurvePlot.svg(runs("p", "random", Unit.SECONDS), new Style(Quantity.BEST, false));
    assertThat(parse(svg).getDocumentElement().getTextContent())
        .contains("time in s", "best value", "80");
  }

  @Test
  void svg_ofNothing_isRefused() {
    var run =
        new Trajectory(
            "p",
            "random",
            1,
            Direction.MINIMIZE,
            new Horizon(Unit.EVALUATIONS, 30),
            List.of(new Step(1, 2.0, 2.0, null)));
    assertThatThrownBy(() -> CurvePlot.svg(List.of(run), new Style(Quantity.REGRET, false)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("There is nothing to draw: no run has a regret. Maybe --value best.");
  }

  @Test
  void axis_linear_hasRoundMarksAroundItsBounds() {
    assertThat(Axis.linear(0.13, 0.92).ticks().stream().map(Numbers::brief))
        .containsExactly("0", "0.2", "0.4", "0.6", "0.8", "1");
    assertThat(Axis.linear(5, 5).high()).isGreaterThan(5);
    assertThat(Axis.exact(20000).ticks()).containsExactly(0.0, 5000.0, 10000.0, 15000.0, 20000.0);
  }

  @Test
  void axis_log_hasPowersOfTen() {
    Axis axis = Axis.log(0.02, 7);
    assertThat(axis.ticks().stream().map(axis::label)).containsExactly("0.01", "0.1", "1", "10");
    assertThat(axis.place(0.1)).isCloseTo(1 / 3.0, within(1e-9));
    assertThat(axis.place(0)).isZero();
    Axis wide = Axis.log(1e-12, 1);
    assertThat(wide.ticks()).hasSizeLessThanOrEqualTo(7);
    assertThat(wide.label(1e-12)).isEqualTo("1e-12");
  }

  @Test
  void brief_ofNumbers_isShort() {
    assertThat(Numbers.brief(0)).isEqualTo("0");
    assertThat(Numbers.brief(93.8541273)).isEqualTo("93.854");
    assertThat(Numbers.brief(-0.25)).isEqualTo("-0.25");
    assertThat(Numbers.brief(20000)).isEqualTo("20000");
    assertThat(Numbers.brief(3.2e-7)).isEqualTo("3.200e-07");
    assertThat(Numbers.brief(Double.NaN)).isEqualTo("NaN");
  }
}
