package dev.troupe.strategy.bayes;

import static java.util.Objects.requireNonNull;

import dev.troupe.settings.Providers;
import dev.troupe.strategy.SavedState;
import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.StrategyProvider;
import dev.troupe.strategy.StrategyRequest;
import dev.troupe.strategy.StudyPlan;
import dev.troupe.study.ActiveTrial;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Explanation;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The strategy of studies that name none: chooses another one by the space, the budget of trials
 * and the parallelism, and leaves the search to it.
 *
 * <ul>
 *   <li>A finite space of no more configurations than trials is gone through in random order, by
 *       {@code grid}.
 *   <li>Architectures that grow by morphisms are left to {@code autokeras}, if it is there, and
 *       others of more than 24 choices to {@code regularized-evolution}.
 *   <li>With more than 64 trials in flight, or more than 3,000 in all, it is {@code tpe}.
 *   <li>Everything else is for {@code gp-ucb}.
 * </ul>
 *
 * <p>Says what it chose, and why, in the log and in the explanation of each suggestion. The choice
 * is made by what the study is given when it begins and stays: a study that is taken up again, with
 * another budget as well, goes on with the strategy that it had.
 *
 * <p>Not thread safe, as no strategy is.
 */
public final class AutoStrategy implements Strategy {

  static final String NAME = "auto";

  private static final int VERSION = 1;

  private final StrategyRequest request;
  private AutoChoice choice;
  private Strategy chosen;

  /**
   * Chooses.
   *
   * @param request of which the settings are not passed on
   * @throws IllegalArgumentException if what is chosen refuses the space, with its name
   */
  AutoStrategy(StrategyRequest request) {
    this.request = requireNonNull(request, "request");
    choice = AutoChoice.of(request.space(), request.plan());
    chosen = create(choice);
  }

  private Strategy create(AutoChoice made) {
    try {
      return Providers.find(StrategyProvider.class, "strategy", made.strategy())
          .create(made.request(request));
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "Strategy '%s' chose '%s', since %s, which failed: %s"
              .formatted(NAME, made.strategy(), made.reason(), e.getMessage()),
          e);
    }
  }

  /** Returns the name of the strategy that it chose. */
  public String chosen() {
    return choice.strategy();
  }

  /** Returns why it chose that, as it follows "since". */
  public String reason() {
    return choice.reason();
  }

  @Override
  public void begin(StudyPlan plan) {
    AutoChoice made = AutoChoice.of(request.space(), plan);
    if (!made.strategy().equals(choice.strategy())) {
      chosen = create(made);
    }
    choice = made;
    chosen.begin(plan);
  }

  @Override
  public List<Suggestion> suggest(int count) {
    var suggestions = new ArrayList<Suggestion>();
    for (Suggestion suggestion : chosen.suggest(count)) {
      suggestions.add(
          suggestion instanceof Suggestion.Evaluate evaluate
              ? evaluate.explained(explanation(evaluate))
              : suggestion);
    }
    return suggestions;
  }

  private Explanation explanation(Suggestion.Evaluate suggestion) {
    Explanation inner = suggestion.explanation();
    return inner == null
        ? Explanation.of(choice.sentence())
        : new Explanation(
            choice.sentence() + " " + inner.reason(),
            inner.figures(),
            inner.lengthScales(),
            inner.nearest());
  }

  @Override
  public void update(List<EndedTrial> newlyEnded, List<ActiveTrial> active) {
    chosen.update(newlyEnded, active);
  }

  @Override
  public Optional<Set<TrialId>> heritable() {
    return chosen.heritable();
  }

  @Override
  public Optional<String> remark() {
    return Optional.of(choice.sentence());
  }

  @Override
  public byte[] save() {
    return SavedState.write(NAME, VERSION, this::write);
  }

  private void write(DataOutputStream out) throws IOException {
    out.writeUTF(choice.strategy());
    out.writeUTF(choice.reason());
    byte[] state = chosen.save();
    out.writeInt(state.length);
    out.write(state);
  }

  @SuppressWarnings("ArrayRecordComponent") // goes from one method to the next
  private record State(AutoChoice choice, byte[] chosen) {}

  /** Goes on with what was chosen, also where that would be another one by now. */
  @Override
  public void load(byte[] state) {
    State loaded = SavedState.read(state, NAME, VERSION, (in, version) -> read(in));
    Strategy other = create(loaded.choice());
    other.load(loaded.chosen());
    choice = loaded.choice();
    chosen = other;
  }

  private static State read(DataInputStream in) throws IOException {
    var choice = new AutoChoice(in.readUTF(), in.readUTF());
    return new State(choice, in.readNBytes(in.readInt()));
  }
}
