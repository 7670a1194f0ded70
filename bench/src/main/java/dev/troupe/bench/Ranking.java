package dev.troupe.bench;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.commons.statistics.ranking.NaNStrategy;
import org.apache.commons.statistics.ranking.NaturalRanking;
import org.apache.commons.statistics.ranking.TiesStrategy;
import org.jspecify.annotations.Nullable;

/**
 * Mean ranks over problems. On each problem rows are ranked by the median of their ends, ties
 * getting the mean of their ranks: of the regrets if all rows there have some, else of the values.
 *
 * <p>A row counts on a problem if it has five seeds or more, these made a difference, and it got as
 * far as the problem's budget. Where recorded runs count on some of the problems, the ranking is
 * over these problems only, else over all; ranked is who counts on every one of them.
 *
 * @param problems over which it is, in order
 * @param places by mean rank, equal ones by name
 * @param unranked who is not ranked, by name, with a star as above
 */
public record Ranking(List<String> problems, List<Place> places, List<String> unranked) {

  /**
   * Where somebody stands.
   *
   * @param strategy who; with a star if the runs were recorded elsewhere
   * @param meanRank 1 is best
   */
  public record Place(String strategy, double meanRank) {}

  private static final NaturalRanking AVERAGED =
      new NaturalRanking(NaNStrategy.FAILED, TiesStrategy.AVERAGE);

  /** Copies the lists. */
  public Ranking {
    problems = List.copyOf(problems);
    places = List.copyOf(places);
    unranked = List.copyOf(unranked);
  }

  /** Returns the ranking of rows, at most one for each problem and strategy. */
  public static Ranking of(List<Row> rows) {
    Map<String, Map<String, Double>> scores = scores(rows);
    List<String> problems = problems(rows, scores);
    Set<String> everybody = new LinkedHashSet<>(rows.stream().map(Row::label).toList());
    List<String> ranked =
        everybody.stream()
            .filter(each -> problems.stream().allMatch(p -> known(scores, p).containsKey(each)))
            .toList();
    var sums = new HashMap<String, Double>();
    for (String problem : problems) {
      Map<String, Double> own = known(scores, problem);
      double[] ranks =
          AVERAGED.apply(
              ranked.stream().mapToDouble(each -> own.getOrDefault(each, Double.NaN)).toArray());
      for (int i = 0; i < ranks.length; i++) {
        sums.merge(ranked.get(i), ranks[i], Double::sum);
      }
    }
    List<Place> places =
        ranked.stream()
            .map(each -> new Place(each, sums.getOrDefault(each, 0.0) / problems.size()))
            .sorted(Comparator.comparingDouble(Place::meanRank).thenComparing(Place::strategy))
            .toList();
    return new Ranking(
        problems,
        places,
        everybody.stream().filter(each -> !ranked.contains(each)).sorted().toList());
  }

  private static List<String> problems(List<Row> rows, Map<String, Map<String, Double>> scores) {
    var all = new LinkedHashSet<>(rows.stream().map(Row::problem).toList());
    List<String> recorded =
        all.stream()
            .filter(
                problem ->
                    rows.stream()
                        .filter(row -> row.isRecorded() && row.problem().equals(problem))
                        .anyMatch(row -> known(scores, problem).containsKey(row.label())))
            .toList();
    return recorded.isEmpty() ? List.copyOf(all) : recorded;
  }

  private static Map<String, Double> known(
      Map<String, Map<String, Double>> scores, String problem) {
    return scores.getOrDefault(problem, Map.of());
  }

  /** Returns, for each problem, the median loss of whoever counts there. */
  private static Map<String, Map<String, Double>> scores(List<Row> rows) {
    var byProblem = new LinkedHashMap<String, List<Row>>();
    for (Row row : rows) {
      byProblem.computeIfAbsent(row.problem(), problem -> new ArrayList<>()).add(row);
    }
    var scores = new HashMap<String, Map<String, Double>>();
    byProblem.forEach(
        (problem, own) -> {
          boolean byRegret = own.stream().allMatch(Row::hasRegrets);
          var medians = new HashMap<String, Double>();
          for (Row row : own) {
            Double median = median(row, byRegret);
            if (median != null) {
              medians.put(row.label(), median);
            }
          }
          scores.put(problem, medians);
        });
    return scores;
  }

  private static @Nullable Double median(Row row, boolean byRegret) {
    if (row.runs().size() < Row.LEAST_RANKED || row.isDeterministic()) {
      return null;
    }
    Summary summary = Summary.of(List.copyOf(row.losses(byRegret).values()));
    return summary == null ? null : summary.median();
  }

  /** Returns the rule, the places and who has none, as lines for people. */
  @Override
  public String toString() {
    var text = new StringBuilder();
    text.append("Mean rank of the median end over ");
    text.append(problems.size()).append(problems.size() == 1 ? " problem: " : " problems: ");
    text.append(String.join(", ", problems)).append('\n');
    for (Place place : places) {
      text.append("  %-24s %s%n".formatted(place.strategy(), Numbers.fixed(place.meanRank(), 2)));
    }
    if (!unranked.isEmpty()) {
      text.append("Not ranked, for less than ")
          .append(Row.LEAST_RANKED)
          .append(" seeds, no difference between seeds, or no end at the budget on one of these\n")
          .append("problems: ")
          .append(String.join(", ", unranked))
          .append('\n');
    }
    return text.toString();
  }
}
