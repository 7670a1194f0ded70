package dev.troupe.benchmarks;

import dev.troupe.random.RandomStreams;
import dev.troupe.settings.Providers;
import dev.troupe.settings.Settings;
import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.IntParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.StrategyProvider;
import dev.troupe.strategy.StrategyRequest;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.Outcome;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * What a strategy costs a trial: one suggestion and what it learns from the outcome, with so many
 * trials behind it, in a space of seven parameters. Sequential; the outcome is a bowl's.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@Warmup(iterations = 3)
@Measurement(iterations = 5)
@Fork(1)
public class Suggestions {

  private static final int TRIALS = 100;

  /** Its registered name. */
  @Param({"random", "quasi-random", "sobol"})
  public String strategy = "random";

  /** The trials behind it. */
  @Param({"100", "1000", "10000"})
  public int history;

  private Strategy subject = make("random");
  private long number;

  private static Strategy make(String name) {
    SearchSpace space =
        SearchSpace.builder()
            .add(FloatParameter.log("rate", 1e-5, 1))
            .add(FloatParameter.log("decay", 1e-8, 1e-1))
            .add(FloatParameter.linear("dropout", 0, 0.9))
            .add(FloatParameter.linear("momentum", 0, 1))
            .add(IntParameter.log("units", 16, 512))
            .add(IntParameter.linear("layers", 1, 8))
            .add(CategoricalParameter.of("activation", "relu", "tanh", "gelu"))
            .build();
    StrategyProvider provider = Providers.find(StrategyProvider.class, "strategy", name);
    return provider.create(
        new StrategyRequest(
            space,
            List.of(Objective.minimize("loss")),
            RandomStreams.of(1),
            Settings.none("strategy")));
  }

  /** Makes a strategy and gives it its history. */
  @Setup(Level.Iteration)
  public void begin() {
    subject = make(strategy);
    number = 0;
    for (int i = 0; i < history; i++) {
      trial();
    }
  }

  /** Measures a hundred trials more. */
  @Benchmark
  @OperationsPerInvocation(TRIALS)
  public long suggestAndUpdate() {
    for (int i = 0; i < TRIALS; i++) {
      trial();
    }
    return number;
  }

  private void trial() {
    for (Suggestion suggestion : subject.suggest(1)) {
      number++;
      double rate = ((Suggestion.Evaluate) suggestion).candidate().getDouble("rate");
      double loss = Math.pow(Math.log10(rate) + 3, 2);
      var outcome = new Outcome.Completed(Metrics.of("loss", loss));
      subject.update(
          List.of(new EndedTrial(TrialId.of(number), suggestion, List.of(), outcome, 1)),
          List.of());
    }
  }
}
