package dev.troupe.benchmarks;

import dev.troupe.Pruners;
import dev.troupe.Strategies;
import dev.troupe.Study;
import dev.troupe.StudyBuilder;
import dev.troupe.TrialHandle;
import dev.troupe.Troupe;
import dev.troupe.random.RandomStreams;
import dev.troupe.space.Configuration;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.IntParameter;
import dev.troupe.space.SearchSpace;
import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.StrategyRequest;
import dev.troupe.study.ActiveTrial;
import dev.troupe.study.Budget;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Measurement;
import dev.troupe.study.Order;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.StudyResult;
import dev.troupe.study.Suggestion;
import dev.troupe.study.Verdict;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * The process that {@link Chaos} kills: a study of short trials in logical order. Its strategy and
 * its pruner depend on every bit that they are told, so that anything that is lost, or told twice,
 * changes all that follows. Some trials fail, some are pruned, and each takes a random time.
 *
 * <p>On standard output it says {@code on} when its first trial runs, {@code ended} for each trial
 * that has ended, and {@code done} at the end.
 */
public final class ChaosStudy {

  private static final SearchSpace SPACE =
      SearchSpace.builder()
          .add(FloatParameter.linear("x", 0, 1))
          .add(FloatParameter.log("rate", 1e-4, 1))
          .add(IntParameter.linear("n", 1, 1000))
          .build();

  private ChaosStudy() {}

  /** Options: home, ledger, name, trials, parallelism, millis (the longest that a trial takes). */
  public static void main(String[] line) {
    Arguments arguments =
        Arguments.parse(
            line,
            Map.of(
                "home",
                "",
                "ledger",
                "file",
                "name",
                "",
                "trials",
                "1",
                "parallelism",
                "1",
                "millis",
                "0"));
    int parallelism = arguments.number("parallelism");
    int millis = arguments.number("millis");
    try (Troupe troupe = Troupe.start(Troupe.cpuSlots(parallelism))) {
      StudyBuilder<Configuration> builder =
          troupe
              .study(arguments.text("name"), SPACE)
              .ledger(arguments.text("ledger"))
              .home(Path.of(arguments.text("home")))
              .order(Order.LOGICAL)
              .lookahead(2 * parallelism)
              .parallelism(parallelism)
              .seed(1)
              .retries(1)
              .budget(Budget.trials(arguments.number("trials")))
              .strategy(Strategies.of("hash", HashStrategy::new))
              .pruner(Pruners.of("hash", request -> ChaosStudy::judge))
              .listener(new Teller());
      Study<Configuration> study =
          builder.start((candidate, trial) -> run(candidate, trial, millis));
      StudyResult result = study.outcome().toCompletableFuture().join();
      System.out.println("done " + result.reason());
    }
  }

  private static double run(Configuration candidate, TrialHandle trial, int millis)
      throws InterruptedException {
    long mood = Math.floorMod(candidate.fingerprint(), 1000L);
    double loss = Math.abs(candidate.getDouble("x") - 0.3) + candidate.getDouble("rate");
    long steps = mood % 3;
    for (int step = 1; step <= steps; step++) {
      Thread.sleep(ThreadLocalRandom.current().nextInt(millis) / (steps + 1));
      if (trial.report(step, loss + 1.0 / step) != Verdict.CONTINUE) {
        return loss;
      }
    }
    Thread.sleep(ThreadLocalRandom.current().nextInt(millis) / (steps + 1));
    if (mood % 11 == 0) {
      throw new IllegalStateException("in a bad mood");
    }
    return loss;
  }

  private static Verdict judge(
      ActiveTrial trial, List<EndedTrial> ended, List<ActiveTrial> active) {
    var hash = new Hash(trial.id().number());
    ended.forEach(hash::add);
    active.forEach(hash::add);
    hash.add(trial);
    return Math.floorMod(hash.value, 8L) == 0 ? Verdict.STOP : Verdict.CONTINUE;
  }

  /** Says on standard output how far the study is. */
  private static final class Teller implements Consumer<StudyEvent> {

    private final AtomicBoolean on = new AtomicBoolean();

    @Override
    public void accept(StudyEvent event) {
      if (event instanceof StudyEvent.AttemptStarted && on.compareAndSet(false, true)) {
        System.out.println("on");
      } else if (event instanceof StudyEvent.TrialEnded) {
        System.out.println("ended");
      }
    }
  }

  /** A hash of all that it was given, in its order. */
  private static final class Hash {

    private long value;

    Hash(long seed) {
      value = seed;
    }

    void add(long bits) {
      value = (value ^ bits) * 0x9E3779B97F4A7C15L;
      value ^= value >>> 29;
    }

    void add(EndedTrial trial) {
      add(trial.id().number());
      add(trial.state().ordinal());
      trial.metrics().numbers().values().forEach(number -> add(Double.doubleToLongBits(number)));
      trial.measurements().forEach(this::add);
    }

    void add(ActiveTrial trial) {
      add(trial.id().number());
      trial.measurements().forEach(this::add);
    }

    private void add(Measurement measurement) {
      add(measurement.step());
      measurement
          .metrics()
          .numbers()
          .values()
          .forEach(number -> add(Double.doubleToLongBits(number)));
    }
  }

  /** Suggests by a hash of all it was told. */
  private static final class HashStrategy implements Strategy {

    private final SearchSpace space;
    private final Hash hash;
    private long made;

    HashStrategy(StrategyRequest request) {
      space = request.space();
      hash = new Hash(request.streams().seed());
    }

    @Override
    public List<Suggestion> suggest(int count) {
      made++;
      RandomStreams streams = RandomStreams.of(hash.value);
      return List.of(
          Suggestion.evaluate(
              space.sample(name -> streams.stream(RandomStreams.Kind.TRIAL, made, name))));
    }

    @Override
    public void update(List<EndedTrial> newlyEnded, List<ActiveTrial> active) {
      newlyEnded.forEach(hash::add);
      active.forEach(hash::add);
    }

    @Override
    public byte[] save() {
      return ByteBuffer.allocate(2 * Long.BYTES).putLong(hash.value).putLong(made).array();
    }

    @Override
    public void load(byte[] state) {
      ByteBuffer buffer = ByteBuffer.wrap(state);
      hash.value = buffer.getLong();
      made = buffer.getLong();
    }
  }
}
