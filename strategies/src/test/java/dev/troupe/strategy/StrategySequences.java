package dev.troupe.strategy;

import dev.troupe.random.RandomStreams;
import dev.troupe.settings.Settings;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.Objective;
import dev.troupe.study.Suggestion;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** Prints what a strategy suggests, for comparison with another JVM. */
public final class StrategySequences {

  private static final int SPACES = 30;
  private static final int ROUNDS = 4;

  private StrategySequences() {}

  /** Prints the sequences of the provider whose class is named. */
  public static void main(String[] arguments) throws ReflectiveOperationException {
    StrategyProvider provider =
        Class.forName(arguments[0])
            .asSubclass(StrategyProvider.class)
            .getDeclaredConstructor()
            .newInstance();
    var out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    of(provider).forEach(out::println);
  }

  static List<String> of(StrategyProvider provider) {
    var lines = new ArrayList<String>();
    for (long seed = 1; seed <= SPACES; seed++) {
      SearchSpace space = SpecialSpaces.of(provider.name(), seed);
      Strategy strategy;
      try {
        strategy =
            provider.create(
                new StrategyRequest(
                    space,
                    List.of(Objective.minimize("loss")),
                    RandomStreams.of(seed),
                    Settings.none("strategy"),
                    StudyPlan.open(),
                    StrategyContract.FIDELITIES));
      } catch (IllegalArgumentException e) {
        lines.add(e.getMessage().replace('\n', ' '));
        continue;
      }
      var events = new RandomHistory(seed, List.of("loss"), strategy.completion().orElse(null));
      for (int round = 0; round < ROUNDS; round++) {
        List<Suggestion> suggestions = strategy.suggest(events.nextCount());
        lines.add(RandomHistory.describe(suggestions));
        events.start(suggestions);
        events.tell(strategy, suggestions.isEmpty());
      }
    }
    return lines;
  }
}
