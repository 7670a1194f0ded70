package dev.troupe.monitoring.report;

import dev.troupe.plot.Axis;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What ran when. The record has the end of each run and for how long it held its device, so that
 * its beginning is known but for the time between; which of several like places it had is not, so
 * that it gets the first one that was free.
 */
final class TimelineSection implements Section {

  private static final int MOST_RUNS = 1000;
  private static final int MOST_LANES = 80;
  private static final int WIDTH = 760;
  private static final int LEFT = 110;
  private static final int RIGHT = 16;
  private static final int LANE = 16;
  private static final int TOP = 6;
  private static final int BOTTOM = 40;

  /** Small overlaps come from rounding and from the time between. */
  private static final double SLACK = 0.02;

  /** A run in seconds since the beginning. */
  private record Bar(ReportedTrial trial, ReportedRun run, double from, double to) {}

  /** What ran on one place, in order. */
  private record Lane(String name, List<Bar> bars) {}

  @Override
  public void write(Results results, Markup page) {
    List<Bar> all = bars(results.study());
    if (all.isEmpty()) {
      return;
    }
    List<Bar> shown = all.subList(Math.max(0, all.size() - MOST_RUNS), all.size());
    List<Lane> lanes = lanes(shown);
    page.open("section").leaf("h2", "Timeline");
    Legend.states(page, shown.stream().map(Bar::trial).distinct().toList());
    page.leaf(
        "p",
        "Each run from its end back by the time for which it held its device, on the first place that was free. Runs that failed or were lost and were tried again are not on record with their times.",
        "class",
        "note");
    draw(results, lanes.subList(0, Math.min(MOST_LANES, lanes.size())), page);
    if (shown.size() < all.size()) {
      note(page, "The last %d of %d runs.".formatted(shown.size(), all.size()));
    }
    if (lanes.size() > MOST_LANES) {
      note(page, "The first %d of %d places.".formatted(MOST_LANES, lanes.size()));
    }
    page.close();
  }

  private static void note(Markup page, String text) {
    page.leaf("p", text, "class", "note");
  }

  private static List<Bar> bars(ReportedStudy study) {
    Instant begin = study.start() == null ? null : study.start().at();
    var bars = new ArrayList<Bar>();
    for (ReportedTrial trial : study.trials()) {
      for (ReportedRun run : trial.runs()) {
        if (begin == null) {
          begin = run.ended();
        }
        double to = seconds(begin, run.ended());
        if (run.seconds() > 0) {
          bars.add(new Bar(trial, run, to - run.seconds(), to));
        }
      }
    }
    bars.sort(Comparator.comparingDouble(Bar::from).thenComparing(bar -> bar.trial().id()));
    return bars;
  }

  private static double seconds(Instant from, Instant to) {
    return Duration.between(from, to).toNanos() / 1e9;
  }

  private static List<Lane> lanes(List<Bar> bars) {
    Map<String, List<Lane>> byDevice = new TreeMap<>();
    for (Bar bar : bars) {
      String device = bar.run().device() == null ? "" : bar.run().device();
      List<Lane> lanes = byDevice.computeIfAbsent(device, key -> new ArrayList<>());
      free(lanes, device, bar).bars().add(bar);
    }
    return byDevice.values().stream().flatMap(List::stream).toList();
  }

  private static Lane free(List<Lane> lanes, String device, Bar bar) {
    double slack = SLACK * (bar.to() - bar.from());
    for (Lane lane : lanes) {
      if (lane.bars().get(lane.bars().size() - 1).to() <= bar.from() + slack) {
        return lane;
      }
    }
    String name = device.isEmpty() ? "place " + (lanes.size() + 1) : device;
    var lane = new Lane(name, new ArrayList<>());
    lanes.add(lane);
    return lane;
  }

  private static void draw(Results results, List<Lane> lanes, Markup page) {
    double from = lanes.stream().mapToDouble(lane -> lane.bars().get(0).from()).min().orElse(0);
    double to =
        lanes.stream().flatMap(lane -> lane.bars().stream()).mapToDouble(Bar::to).max().orElse(1);
    double begin = Math.min(0, from) < -1e-3 * (to - from) || from > (to - from) ? from : 0;
    Span span = Span.fitting(to);
    Axis axis =
        begin == 0
            ? Axis.exact(span.of(to))
            : Axis.linear(span.of(begin), span.of(Math.max(to, begin + 1e-3)));
    int height = TOP + lanes.size() * LANE + BOTTOM;
    page.open("figure").leaf("figcaption", "What ran when");
    page.open(
        "svg",
        "viewBox",
        "0 0 %d %d".formatted(WIDTH, height),
        "width",
        Integer.toString(WIDTH),
        "role",
        "img",
        "aria-label",
        "What ran when, a row for each place");
    ticks(axis, span, height, page);
    for (int i = 0; i < lanes.size(); i++) {
      lane(results, lanes.get(i), TOP + i * LANE, axis, span, page);
    }
    page.close().close();
  }

  private static void ticks(Axis axis, Span span, int height, Markup page) {
    int bottom = height - BOTTOM;
    for (double tick : axis.ticks()) {
      String x = Plot.number(x(axis, tick));
      page.alone(
          "line",
          "class",
          "grid",
          "x1",
          x,
          "x2",
          x,
          "y1",
          Plot.number(TOP),
          "y2",
          Plot.number(bottom));
      label(page, x, Plot.number(bottom + 16), "middle", axis.label(tick));
    }
    label(
        page,
        Plot.number((LEFT + WIDTH - RIGHT) / 2.0),
        Plot.number(height - 6),
        "middle",
        span.name() + " since the beginning");
  }

  private static void lane(Results results, Lane lane, int y, Axis axis, Span span, Markup page) {
    String name = lane.name().length() <= 16 ? lane.name() : lane.name().substring(0, 15) + "…";
    label(page, Plot.number(LEFT - 6), Plot.number(y + LANE - 4), "end", name);
    for (Bar bar : lane.bars()) {
      double left = x(axis, span.of(bar.from()));
      double right = x(axis, span.of(bar.to()));
      page.open(
          "rect",
          "class",
          "b-" + Results.word(bar.run().state()),
          "x",
          Plot.number(left),
          "y",
          Plot.number(y + 2),
          "width",
          Plot.number(Math.max(0.5, right - left)),
          "height",
          Plot.number(LANE - 4));
      page.leaf(
          "title",
          "%s, held %s".formatted(results.title(bar.trial()), Span.text(bar.run().seconds())));
      page.close();
    }
  }

  private static double x(Axis axis, double value) {
    return LEFT + axis.place(value) * (WIDTH - LEFT - RIGHT);
  }

  private static void label(Markup page, String x, String y, String anchor, String text) {
    page.leaf("text", text, "x", x, "y", y, "text-anchor", anchor);
  }
}
