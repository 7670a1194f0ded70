package dev.troupe.strategy.evolution;

import dev.troupe.codec.EventInput;
import dev.troupe.codec.EventOutput;
import dev.troupe.codec.SuggestionCodec;
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
import dev.troupe.study.Fidelity;
import dev.troupe.study.Objective;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.WeightSource;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Regularised evolution (Real, Aggarwal, Huang, Le 2019, doi:10.1609/aaai.v33i01.33014780): the
 * population is a queue. It begins with random candidates; from then on each suggestion is a
 * mutation of the best of a few members drawn at random, and each result that comes in puts the
 * oldest member out, however good that is. So only what does well again and again stays: a lucky
 * measurement dies with its member.
 *
 * <p>The space says what a mutation is: {@link SearchSpace#mutate}. Suggestions never wait: while
 * no result is there, they are random. Failed trials have no offspring; a pruned one loses against
 * any that was evaluated to its end. With several objectives the member counts that the fewest of
 * the sample dominate. A configuration that was suggested before, or means the same, is mutated
 * again, 100 times at most, and then replaced by a random one; a space that is used up ends the
 * search.
 *
 * <p>Children may inherit: one whose parent has completed then begins with that one's weights where
 * names and shapes of layers agree, as in Real et al. 2017 (arXiv:1703.01041); founders and the
 * children of pruned members begin anew.
 *
 * <p>Keeps the population, and about 16 bytes a suggestion. Not thread safe.
 */
public final class RegularizedEvolution implements Strategy {

  static final String NAME = "regularized-evolution";

  /** The second version notes the trial of each member. */
  private static final int VERSION = 2;

  private static final int MOST_MUTATIONS = 100;
  private static final Explanation FOUNDER =
      Explanation.of("It was drawn at random, as a founder of the population.");
  private static final Explanation NOTHING_NEW =
      Explanation.of("It was drawn at random, since the mutations of a good one were known.");

  private final SearchSpace space;
  private final List<Objective> objectives;
  private final RandomStreams streams;
  private final int populationSize;
  private final int sampleSize;
  private final boolean duplicates;
  private final boolean inherits;
  private AgeingPopulation population;
  private Novelty novelty;
  private long suggested;

  private RegularizedEvolution(
      SearchSpace space,
      List<Objective> objectives,
      RandomStreams streams,
      int populationSize,
      int sampleSize,
      boolean duplicates,
      boolean inherits) {
    this.space = space;
    this.objectives = List.copyOf(objectives);
    this.streams = streams;
    this.populationSize = populationSize;
    this.sampleSize = sampleSize;
    this.duplicates = duplicates;
    this.inherits = inherits;
    population = new AgeingPopulation(populationSize);
    novelty = Novelty.of(space);
  }

  /**
   * Returns the strategy.
   *
   * @param objectives at least one
   * @param populationSize members, at least 1
   * @param sampleSize members drawn for a tournament, at least 1
   * @param duplicates whether a configuration may be suggested again
   * @param inherits whether a child begins with those weights of its parent whose names and shapes
   *     fit; only estimators of architectures can do that
   * @throws IllegalArgumentException if a size is below 1
   */
  public static RegularizedEvolution of(
      SearchSpace space,
      List<Objective> objectives,
      RandomStreams streams,
      int populationSize,
      int sampleSize,
      boolean duplicates,
      boolean inherits) {
    requirePositive("population", populationSize);
    requirePositive("sample", sampleSize);
    return new RegularizedEvolution(
        space, objectives, streams, populationSize, sampleSize, duplicates, inherits);
  }

  private static void requirePositive(String what, int size) {
    if (size < 1) {
      throw new IllegalArgumentException(
          "Strategy '%s': the %s must have at least 1 member, but was to have %d. Maybe 5."
              .formatted(NAME, what, size));
    }
  }

  @Override
  public List<Suggestion> suggest(int count) {
    var suggestions = new ArrayList<Suggestion>(count);
    while (suggestions.size() < count) {
      RandomGenerator random = streams.stream(Kind.STRATEGY, suggested + 1, "evolution");
      Suggestion next = next(random);
      if (next == null) {
        break;
      }
      suggested++;
      suggestions.add(next);
    }
    return suggestions;
  }

  private @Nullable Suggestion next(RandomGenerator random) {
    boolean isFounder = suggested < populationSize || population.isEmpty();
    Suggestion child = isFounder ? null : child(random);
    if (child != null) {
      return child;
    }
    Configuration drawn = novelty.draw(random, duplicates);
    return drawn == null
        ? null
        : Suggestion.evaluate(drawn).explained(isFounder ? FOUNDER : NOTHING_NEW);
  }

  /** Returns a mutation of a good member, or null if all that were tried have been suggested. */
  private @Nullable Suggestion child(RandomGenerator random) {
    Member parent = population.tournament(sampleSize, random);
    for (int attempt = 0; attempt < MOST_MUTATIONS && !novelty.isListed(); attempt++) {
      Configuration child = space.mutate(parent.candidate(), random);
      if (novelty.add(child) || duplicates) {
        return new Suggestion.Evaluate(
            child, Fidelity.full(), weights(parent), explanation(parent, child));
      }
    }
    return null;
  }

  private WeightSource weights(Member parent) {
    TrialId trial = parent.trial();
    return inherits && parent.completed() && trial != null
        ? new WeightSource.Partial(trial)
        : WeightSource.fresh();
  }

  /** Members of the population that completed, if children inherit at all. */
  @Override
  public Optional<Set<TrialId>> heritable() {
    return Optional.of(
        population.members().stream()
            .map(this::weights)
            .flatMap(source -> Stream.ofNullable(source.parent()))
            .collect(Collectors.toSet()));
  }

  /** The parent is as far as the parameters that are not as they are there. */
  private Explanation explanation(Member parent, Configuration child) {
    TrialId trial = parent.trial();
    String reason =
        "It is a mutation of %s, the best of %s drawn from the %s youngest."
            .formatted(
                trial == null ? "another" : "trial " + trial,
                sampleSize,
                population.members().size());
    var figures = new LinkedHashMap<String, Double>();
    for (int i = 0; i < objectives.size(); i++) {
      figures.put(
          "parent's loss" + (i == 0 ? "" : " in " + objectives.get(i).metric()),
          parent.losses()[i]);
    }
    var nearest =
        trial == null
            ? List.<Explanation.Neighbour>of()
            : List.of(new Explanation.Neighbour(trial, differences(parent.candidate(), child)));
    return new Explanation(reason, figures, Map.of(), nearest);
  }

  private static long differences(Configuration one, Configuration other) {
    var names = new HashSet<>(one.names());
    names.addAll(other.names());
    return names.stream()
        .filter(name -> !Objects.equals(one.toMap().get(name), other.toMap().get(name)))
        .count();
  }

  @Override
  public void update(List<EndedTrial> newlyEnded, List<ActiveTrial> active) {
    for (EndedTrial trial : newlyEnded) {
      Member member = Member.of(trial, objectives);
      if (member != null) {
        population.add(member);
      }
    }
  }

  @Override
  public byte[] save() {
    return SavedState.write(NAME, VERSION, this::write);
  }

  private void write(DataOutputStream out) throws IOException {
    out.writeLong(suggested);
    novelty.write(out);
    var members = new EventOutput();
    members.writeAll(population.members(), RegularizedEvolution::writeMember);
    byte[] bytes = members.toBytes();
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static void writeMember(EventOutput out, Member member) {
    out.writeLong(member.trial() == null ? 0 : member.trial().number());
    SuggestionCodec.writeConfiguration(out, member.candidate());
    out.writeBoolean(member.completed());
    for (double loss : member.losses()) {
      out.writeDouble(loss);
    }
  }

  private record State(long suggested, Novelty novelty, AgeingPopulation population) {}

  @Override
  public void load(byte[] state) {
    State loaded = SavedState.read(state, NAME, VERSION, this::read);
    suggested = loaded.suggested();
    novelty = loaded.novelty();
    population = loaded.population();
  }

  private State read(DataInputStream in, int version) throws IOException {
    long number = in.readLong();
    Novelty known = Novelty.read(space, in);
    var members = new EventInput(in.readNBytes(in.readInt()));
    var kept = new AgeingPopulation(populationSize);
    members.readAll(from -> readMember(from, version)).forEach(kept::add);
    return new State(number, known, kept);
  }

  private Member readMember(EventInput in, int version) {
    long trial = version == 1 ? 0 : in.readLong();
    Configuration candidate = SuggestionCodec.readConfiguration(in);
    boolean completed = in.readBoolean();
    var losses = new double[objectives.size()];
    for (int i = 0; i < losses.length; i++) {
      losses[i] = in.readDouble();
    }
    return new Member(trial == 0 ? null : TrialId.of(trial), candidate, losses, completed);
  }
}
