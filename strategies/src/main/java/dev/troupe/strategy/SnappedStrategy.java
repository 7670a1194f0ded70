package dev.troupe.strategy;

import static java.util.Objects.requireNonNull;

import dev.troupe.space.Configuration;
import dev.troupe.space.NearestConfigurations;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.ActiveTrial;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Explanation;
import dev.troupe.study.Fidelity;
import dev.troupe.study.PausedTrial;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.WeightSource;
import java.io.DataInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Searches a list: takes, for each candidate that another strategy suggests, the nearest one that
 * is left, and teaches that strategy what was taken. Each is taken once in a pass; when all passes
 * are over, nothing is left to suggest. Not thread safe, like every strategy.
 */
public final class SnappedStrategy implements Strategy {

  private static final String NAME = "snapped";
  private static final int VERSION = 1;

  @SuppressWarnings("ArrayRecordComponent") // goes from one method to the next
  private record Saved(byte[] inner, int[] taken) {}

  private final Strategy inner;
  private final List<Configuration> list;
  private final NearestConfigurations index;
  private final int passes;

  /** How often each was taken. */
  private final int[] taken;

  private int pass = 1;
  private int takenInPass;

  /**
   * Wraps a strategy.
   *
   * @param inner suggests; owned from now on
   * @param space where both search
   * @param list the candidates, at least one, each of {@code space} and without duplicates
   * @param passes how often each may be taken, at least 1
   */
  public SnappedStrategy(Strategy inner, SearchSpace space, List<Configuration> list, int passes) {
    this.inner = requireNonNull(inner, "inner");
    this.list = List.copyOf(list);
    this.index = new NearestConfigurations(space, this.list);
    this.passes = passes;
    this.taken = new int[this.list.size()];
    if (passes < 1) {
      throw new IllegalArgumentException(
          "A list is searched in at least 1 pass, but was to be in %d. Maybe 1.".formatted(passes));
    }
  }

  @Override
  public void begin(StudyPlan plan) {
    inner.begin(plan);
  }

  @Override
  public List<Suggestion> suggest(int count) {
    int left = left(count);
    return left < 1 ? List.of() : snap(inner.suggest(left));
  }

  @Override
  public List<Suggestion> suggest(int count, int fresh) {
    return snap(inner.suggest(count, left(fresh)));
  }

  private int left(int count) {
    return (int) Math.min(count, (long) list.size() * passes - totalTaken());
  }

  private List<Suggestion> snap(List<Suggestion> suggestions) {
    var snapped = new ArrayList<Suggestion>();
    for (Suggestion suggestion : suggestions) {
      snapped.add(suggestion instanceof Suggestion.Evaluate evaluate ? snap(evaluate) : suggestion);
    }
    return snapped;
  }

  @Override
  public Optional<Fidelity> completion() {
    return inner.completion();
  }

  @Override
  public void paused(List<PausedTrial> newlyPaused) {
    inner.paused(newlyPaused);
  }

  private long totalTaken() {
    return (long) (pass - 1) * list.size() + takenInPass;
  }

  private Suggestion snap(Suggestion.Evaluate wanted) {
    if (!wanted.weights().equals(WeightSource.fresh()) && index.find(wanted.candidate()) >= 0) {
      return wanted; // a trial that goes on
    }
    if (takenInPass == list.size()) {
      pass++;
      takenInPass = 0;
    }
    int number = index.nearest(wanted.candidate(), i -> taken[i] < pass);
    taken[number]++;
    takenInPass++;
    return new Suggestion.Evaluate(
        list.get(number),
        wanted.fidelity(),
        wanted.weights(),
        explanation(wanted, list.get(number)));
  }

  private static @Nullable Explanation explanation(
      Suggestion.Evaluate wanted, Configuration taken) {
    Explanation inner = wanted.explanation();
    return inner == null || taken.equals(wanted.candidate())
        ? inner
        : new Explanation(
            inner.reason() + " Of the list, the nearest one that was left was taken.",
            inner.figures(),
            inner.lengthScales(),
            inner.nearest());
  }

  @Override
  public void update(List<EndedTrial> newlyEnded, List<ActiveTrial> active) {
    inner.update(newlyEnded, active);
  }

  @Override
  public Optional<Set<TrialId>> heritable() {
    return inner.heritable();
  }

  @Override
  public Optional<String> remark() {
    return inner.remark();
  }

  @Override
  public byte[] save() {
    byte[] innerState = inner.save();
    return SavedState.write(
        NAME,
        VERSION,
        out -> {
          out.writeInt(innerState.length);
          out.write(innerState);
          out.writeInt(taken.length);
          for (int times : taken) {
            out.writeInt(times);
          }
        });
  }

  @Override
  public void load(byte[] state) {
    Saved saved = SavedState.read(state, NAME, VERSION, this::read);
    inner.load(saved.inner());
    System.arraycopy(saved.taken(), 0, taken, 0, taken.length);
    pass = Math.max(1, Arrays.stream(taken).max().orElse(1));
    takenInPass = (int) Arrays.stream(taken).filter(times -> times == pass).count();
  }

  private Saved read(DataInputStream in, int version) throws IOException {
    byte[] innerState = in.readNBytes(in.readInt());
    int size = in.readInt();
    if (size != taken.length) {
      throw new IllegalArgumentException(
          "The saved state is of a list of %d candidates, but this one has %d."
              .formatted(size, taken.length));
    }
    var times = new int[size];
    for (int i = 0; i < size; i++) {
      times[i] = in.readInt();
    }
    return new Saved(innerState, times);
  }
}
