package dev.troupe.bench;

import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.StudyPlan;
import dev.troupe.study.ActiveTrial;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Fidelity;
import dev.troupe.study.PausedTrial;
import dev.troupe.study.Suggestion;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.LongAdder;

/**
 * Adds up how long the thread of a strategy computes: unlike the time that goes by, it does not
 * depend on what else the machine does. As thread safe as what it wraps.
 *
 * @param inner the strategy
 * @param nanos what is added to
 */
record TimedStrategy(Strategy inner, LongAdder nanos) implements Strategy {

  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  @Override
  public List<Suggestion> suggest(int count) {
    long start = now();
    List<Suggestion> suggestions = inner.suggest(count);
    nanos.add(now() - start);
    return suggestions;
  }

  @Override
  public List<Suggestion> suggest(int count, int fresh) {
    long start = now();
    List<Suggestion> suggestions = inner.suggest(count, fresh);
    nanos.add(now() - start);
    return suggestions;
  }

  @Override
  public Optional<Fidelity> completion() {
    return inner.completion();
  }

  @Override
  public void paused(List<PausedTrial> newlyPaused) {
    inner.paused(newlyPaused);
  }

  @Override
  public void update(List<EndedTrial> newlyEnded, List<ActiveTrial> active) {
    long start = now();
    inner.update(newlyEnded, active);
    nanos.add(now() - start);
  }

  private static long now() {
    return THREADS.isCurrentThreadCpuTimeSupported()
        ? THREADS.getCurrentThreadCpuTime()
        : System.nanoTime();
  }

  @Override
  public void begin(StudyPlan plan) {
    inner.begin(plan);
  }

  @Override
  public byte[] save() {
    return inner.save();
  }

  @Override
  public void load(byte[] state) {
    inner.load(state);
  }
}
