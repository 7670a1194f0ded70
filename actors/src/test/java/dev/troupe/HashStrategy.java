package dev.troupe;

import dev.troupe.random.RandomStreams;
import dev.troupe.space.SearchSpace;
import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.StrategyRequest;
import dev.troupe.study.ActiveTrial;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Suggestion;
import dev.troupe.study.Verdict;
import java.nio.ByteBuffer;
import java.util.List;

/** Suggests by a hash of all it was told; now and then it waits for news. */
final class HashStrategy implements Strategy {

  private final SearchSpace space;
  private Fingerprint fingerprint;
  private final long most;
  private long made;
  private boolean alone = true;

  HashStrategy(StrategyRequest request, long most) {
    this.space = request.space();
    this.fingerprint = new Fingerprint(request.streams().seed());
    this.most = most;
  }

  @Override
  public List<Suggestion> suggest(int count) {
    fingerprint.add(count);
    boolean waits = !alone && fingerprint.choose(4) == 0;
    if (waits || made >= most) {
      return List.of();
    }
    made++;
    RandomStreams streams = fingerprint.streams();
    return List.of(
        Suggestion.evaluate(
            space.sample(name -> streams.stream(RandomStreams.Kind.TRIAL, made, name))));
  }

  @Override
  public void update(List<EndedTrial> newlyEnded, List<ActiveTrial> active) {
    fingerprint.addEnded(newlyEnded).addActive(active);
    alone = active.isEmpty();
  }

  @Override
  public byte[] save() {
    return ByteBuffer.allocate(2 * Long.BYTES + 1)
        .putLong(fingerprint.state())
        .putLong(made)
        .put((byte) (alone ? 1 : 0))
        .array();
  }

  @Override
  public void load(byte[] state) {
    ByteBuffer saved = ByteBuffer.wrap(state);
    fingerprint = new Fingerprint(saved.getLong());
    made = saved.getLong();
    alone = saved.get() == 1;
  }

  /** Stops trials by a hash of all it was told. */
  static Verdict judge(ActiveTrial trial, List<EndedTrial> ended, List<ActiveTrial> active) {
    var fingerprint = new Fingerprint(trial.id().number());
    fingerprint.addEnded(ended).addActive(active).addActive(List.of(trial));
    return fingerprint.choose(8) == 0 ? Verdict.STOP : Verdict.CONTINUE;
  }
}
