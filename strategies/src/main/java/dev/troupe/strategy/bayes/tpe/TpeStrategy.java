package dev.troupe.strategy.bayes.tpe;

import static java.util.Objects.requireNonNull;

import dev.troupe.random.RandomStreams;
import dev.troupe.random.RandomStreams.Kind;
import dev.troupe.space.Configuration;
import dev.troupe.space.SearchSpace;
import dev.troupe.strategy.SavedState;
import dev.troupe.strategy.Strategy;
import dev.troupe.strategy.internal.Novelty;
import dev.troupe.study.ActiveTrial;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Explanation;
import dev.troupe.study.Objective;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * The tree-structured Parzen estimator (Bergstra, Bardenet, Bengio, Kégl 2011, NIPS 24:2546-2554),
 * multivariate (Falkner, Klein, Hutter 2018, arXiv:1807.01774) and with widths by Watanabe 2023,
 * arXiv:2304.11127, and our own measurements. The trials are split into the best few and the rest;
 * each part is modelled by a mixture of kernels, one around each trial and a wide one over the
 * whole space. Candidates are drawn from the mixture of the good, and the one is suggested at which
 * the good are densest in comparison with the bad: expected improvement grows with that ratio.
 *
 * <p>Where we differ from the papers:
 *
 * <ul>
 *   <li>A good trial of rank r out of n weighs ln((n + 1) / r), as parents do in evolution
 *       strategies, and bad ones weigh the same, old or new.
 *   <li>The width of a normal kernel is the larger gap to its neighbours along the axis, but at
 *       least (1 + n)^-(1 + 2/d) among n good kernels in d dimensions, (1 + n)^-(0.5 + 2/d) among
 *       bad ones, 0.01 of the range and half a cell.
 *   <li>The first suggestions are points of a scrambled Sobol sequence, not random ones.
 *   <li>Only the best bad trials, 500 unless set otherwise, have kernels.
 * </ul>
 *
 * <p>Whole numbers, steps and ordered choices are modelled by the mass of normal kernels in their
 * cells, other choices by kernels of Aitchison and Aitken. Parameters that exist under the same
 * conditions form a group; a kernel of a trial that lacks the group borrows the mixture of those
 * that have it, so that a conditional parameter is learned from the trials that have it, together
 * with what it depends on.
 *
 * <p>Running trials count as bad ones, so that suggestions for several workers differ (constant
 * liar). Failed trials, and those whose loss is not finite, are the worst: they are among the bad
 * and never among the good. Pruned ones come after all that completed, and of these the first that
 * came farthest. A completed trial counts alike whatever its fidelity. With several objectives
 * those trials are good that the fewest others dominate, and among equals those that lie apart. No
 * configuration is suggested twice; in a space that is nearly used up the rest is listed and drawn
 * from evenly, and once all were suggested, nothing is suggested any more.
 *
 * <p>The draws of suggestion k come from the stream (strategy, k, "~tpe"), the arithmetic is the
 * same in every JVM. A suggestion costs O(candidates x kernels x dimensions), which does not grow
 * once there are more bad trials than kernels for them. Keeps some 8 d + 100 bytes a trial. Not
 * thread safe.
 */
public final class TpeStrategy implements Strategy {

  static final String NAME = "tpe";

  private static final int VERSION = 1;
  private static final Explanation STARTUP =
      Explanation.of("It is one of the first, which are spread evenly over the space.");
  private static final Explanation DRAWN =
      Explanation.of("It was drawn at random, since nothing else was new.");

  private final SearchSpace space;
  private final List<Objective> objectives;
  private final RandomStreams streams;
  private final TpeOptions options;
  private final Layout layout;
  private final CandidateSearch search;
  private final Strategy startup;
  private Trials trials;
  private TpeModel model;
  private Novelty novelty;

  /** Where trials run that the last update named, by number. */
  private Map<TrialId, Place> active = new LinkedHashMap<>();

  /** Where trials run that the last update did not name. */
  private List<Place> others = new ArrayList<>();

  private long suggested;

  TpeStrategy(
      SearchSpace space, List<Objective> objectives, RandomStreams streams, TpeOptions options) {
    this.space = requireNonNull(space, "space");
    this.objectives = List.copyOf(objectives);
    this.streams = requireNonNull(streams, "streams");
    this.options = options;
    layout = Layout.of(space);
    search = new CandidateSearch(space, layout, options.candidates());
    startup = Startup.of(space, streams);
    trials = new Trials(layout, this.objectives.size());
    model = new TpeModel(layout, options, trials);
    novelty = Novelty.of(space);
  }

  /**
   * Returns the strategy with defaults.
   *
   * @param objectives at least one
   */
  public static TpeStrategy of(
      SearchSpace space, List<Objective> objectives, RandomStreams streams) {
    return new TpeStrategy(space, objectives, streams, TpeOptions.defaults());
  }

  @Override
  public List<Suggestion> suggest(int count) {
    var suggestions = new ArrayList<Suggestion>(count);
    while (suggestions.size() < count) {
      CandidateSearch.Found next = next(streams.stream(Kind.STRATEGY, suggested + 1, "~tpe"));
      if (next == null) {
        break;
      }
      suggested++;
      others.add(Place.of(next.candidate(), space, layout));
      suggestions.add(Suggestion.evaluate(next.candidate()).explained(next.explanation()));
    }
    return suggestions;
  }

  private CandidateSearch.@Nullable Found next(RandomGenerator random) {
    CandidateSearch.Found next = null;
    if (!novelty.isListed()) {
      next = trials.size() < options.startup() ? first() : modelled(random);
    }
    if (next != null) {
      return next;
    }
    Configuration drawn = novelty.draw(random, false);
    return drawn == null ? null : new CandidateSearch.Found(drawn, DRAWN);
  }

  private CandidateSearch.@Nullable Found first() {
    for (Suggestion suggestion : startup.suggest(1)) {
      Configuration candidate = ((Suggestion.Evaluate) suggestion).candidate();
      if (novelty.add(candidate)) {
        return new CandidateSearch.Found(candidate, STARTUP);
      }
    }
    return null;
  }

  private CandidateSearch.@Nullable Found modelled(RandomGenerator random) {
    var running = new ArrayList<>(active.values());
    running.addAll(others);
    model.fit(running);
    return search.find(model, random, novelty::add);
  }

  @Override
  public void update(List<EndedTrial> newlyEnded, List<ActiveTrial> allActive) {
    for (EndedTrial trial : newlyEnded) {
      Configuration candidate = trial.candidate();
      Merit merit = Merit.of(trial, objectives);
      if (candidate != null && merit != null) {
        trials.add(place(trial.id(), candidate), merit);
      }
    }
    var stillActive = new LinkedHashMap<TrialId, Place>();
    for (ActiveTrial trial : allActive) {
      if (trial.suggestion() instanceof Suggestion.Evaluate evaluate) {
        stillActive.put(trial.id(), place(trial.id(), evaluate.candidate()));
      }
    }
    active = stillActive;
    others = new ArrayList<>();
  }

  private Place place(TrialId id, Configuration candidate) {
    Place known = active.get(id);
    if (known != null) {
      return known;
    }
    if (!novelty.isListed()) {
      novelty.add(candidate); // another may have suggested it
    }
    return Place.of(candidate, space, layout);
  }

  @Override
  public byte[] save() {
    return SavedState.write(NAME, VERSION, this::write);
  }

  private void write(DataOutputStream out) throws IOException {
    out.writeInt(layout.dimensions());
    out.writeInt(layout.groups());
    out.writeInt(objectives.size());
    out.writeLong(suggested);
    byte[] startupState = startup.save();
    out.writeInt(startupState.length);
    out.write(startupState);
    novelty.write(out);
    trials.write(out);
    out.writeInt(active.size() + others.size());
    for (Place place : active.values()) {
      place.write(out);
    }
    for (Place place : others) {
      place.write(out);
    }
  }

  @SuppressWarnings("ArrayRecordComponent") // goes from one method to the next
  private record State(
      long suggested, byte[] startup, Novelty novelty, Trials trials, List<Place> running) {}

  @Override
  public void load(byte[] state) {
    State loaded = SavedState.read(state, NAME, VERSION, (in, version) -> read(in));
    startup.load(loaded.startup());
    suggested = loaded.suggested();
    novelty = loaded.novelty();
    trials = loaded.trials();
    model = new TpeModel(layout, options, trials);
    active = new LinkedHashMap<>();
    others = new ArrayList<>(loaded.running());
  }

  private State read(DataInputStream in) throws IOException {
    requireSame("parameters", in.readInt(), layout.dimensions());
    requireSame("groups of parameters", in.readInt(), layout.groups());
    requireSame("objectives", in.readInt(), objectives.size());
    long number = in.readLong();
    byte[] startupState = in.readNBytes(in.readInt());
    Novelty known = Novelty.read(space, in);
    Trials ended = Trials.read(in, layout, objectives.size());
    var running = new ArrayList<Place>();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      running.add(Place.read(in, layout));
    }
    return new State(number, startupState, known, ended, running);
  }

  private static void requireSame(String what, int saved, int actual) {
    if (saved != actual) {
      throw new IllegalArgumentException(
          "Strategy 'tpe': a saved state must be of the same study, but it has %d %s and not %d."
                  .formatted(saved, what, actual)
              + " Maybe begin anew.");
    }
  }
}
