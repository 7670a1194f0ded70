package dev.troupe.strategy.evolution;

import dev.troupe.codec.EventInput;
import dev.troupe.codec.EventOutput;
import dev.troupe.codec.SuggestionCodec;
import dev.troupe.space.Configuration;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.WeightSource;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Chains of trials that are under way, each with one member at work at most. */
final class Chains {

  private static final int LONGEST_TEXT = 1 << 24;

  /**
   * A candidate that later ones extend.
   *
   * @param trial whose weights they take over, or null if it has not completed
   */
  record Member(@Nullable TrialId trial, Configuration configuration) {

    WeightSource weights(String morphism) {
      return trial == null
          ? WeightSource.fresh()
          : new WeightSource.Parent(trial, List.of(morphism));
    }
  }

  /**
   * A chain.
   *
   * @param tip the last member that completed, or null before the first
   * @param pending the member at work, or null if it waits for one
   */
  private record Chain(@Nullable Member tip, Suggestion.@Nullable Evaluate pending) {}

  private final List<Chain> chains = new ArrayList<>();

  /** Every way without steps that was suggested. */
  private final List<Member> starts = new ArrayList<>();

  /** Returns the tip of the first chain that waits for a member, or null. */
  @Nullable Member idleTip() {
    for (Chain chain : chains) {
      if (chain.pending() == null) {
        return chain.tip();
      }
    }
    return null;
  }

  /** Puts a member to work in the chain that waits with this tip. */
  void goOn(Member tip, Suggestion.Evaluate next) {
    chains.set(chains.indexOf(new Chain(tip, null)), new Chain(tip, next.unexplained()));
  }

  /** Ends the chain that waits with this tip. */
  void remove(Member tip) {
    chains.remove(new Chain(tip, null));
  }

  /** Returns the start of which this is the configuration, or null if it is a new one. */
  @Nullable Member start(Configuration configuration) {
    for (Member start : starts) {
      if (start.configuration().equals(configuration)) {
        return start;
      }
    }
    return null;
  }

  /**
   * Begins a chain.
   *
   * @param start the start that the first member extends, or null if that is a start itself
   */
  void begin(Suggestion.Evaluate first, @Nullable Member start) {
    if (start == null) {
      starts.add(new Member(null, first.candidate()));
    }
    Member tip = start == null || start.trial() == null ? null : start;
    chains.add(new Chain(tip, first.unexplained()));
  }

  /**
   * Takes notice of a trial that ended.
   *
   * @param completed its number if it completed, null otherwise
   */
  void end(Suggestion.Evaluate suggestion, @Nullable TrialId completed) {
    Member ended = new Member(completed, suggestion.candidate());
    int start = starts.indexOf(new Member(null, suggestion.candidate()));
    if (start >= 0) {
      starts.set(start, ended);
    }
    for (int i = 0; i < chains.size(); i++) {
      if (suggestion.unexplained().equals(chains.get(i).pending())) {
        Member tip = completed == null ? chains.get(i).tip() : ended;
        if (tip == null) {
          chains.remove(i); // nothing of it has completed
        } else {
          chains.set(i, new Chain(tip, null));
        }
        return;
      }
    }
  }

  /** Returns the trials that later members may extend. */
  Set<TrialId> trials() {
    return Stream.concat(starts.stream(), chains.stream().map(Chain::tip))
        .flatMap(member -> Stream.ofNullable(member == null ? null : member.trial()))
        .collect(Collectors.toSet());
  }

  // Saving

  void write(DataOutputStream out) throws IOException {
    out.writeInt(starts.size());
    for (Member start : starts) {
      write(out, start);
    }
    out.writeInt(chains.size());
    for (Chain chain : chains) {
      out.writeBoolean(chain.tip() != null);
      if (chain.tip() != null) {
        write(out, chain.tip());
      }
      out.writeBoolean(chain.pending() != null);
      if (chain.pending() != null) {
        write(out, chain.pending());
      }
    }
  }

  private static void write(DataOutputStream out, Member member) throws IOException {
    out.writeLong(member.trial() == null ? 0 : member.trial().number());
    write(out, Suggestion.evaluate(member.configuration()));
  }

  private static void write(DataOutputStream out, Suggestion suggestion) throws IOException {
    var encoded = new EventOutput();
    SuggestionCodec.write(encoded, suggestion);
    byte[] bytes = encoded.toBytes();
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static Chains read(DataInputStream in) throws IOException {
    var read = new Chains();
    int starts = in.readInt();
    for (int i = 0; i < starts; i++) {
      read.starts.add(readMember(in));
    }
    int chains = in.readInt();
    for (int i = 0; i < chains; i++) {
      Member tip = in.readBoolean() ? readMember(in) : null;
      Suggestion.Evaluate pending = in.readBoolean() ? readSuggestion(in) : null;
      read.chains.add(new Chain(tip, pending));
    }
    return read;
  }

  private static Member readMember(DataInputStream in) throws IOException {
    long trial = in.readLong();
    return new Member(trial == 0 ? null : TrialId.of(trial), readSuggestion(in).candidate());
  }

  private static Suggestion.Evaluate readSuggestion(DataInputStream in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > LONGEST_TEXT) {
      throw new IllegalArgumentException(
          "A suggestion takes from 0 to %d bytes, but was to take %d. Maybe the state is damaged."
              .formatted(LONGEST_TEXT, length));
    }
    Suggestion read = SuggestionCodec.read(new EventInput(in.readNBytes(length)));
    if (read instanceof Suggestion.Evaluate evaluate) {
      return evaluate;
    }
    throw new IllegalArgumentException(
        "Members of chains are evaluated, but one was %s. Maybe the state is damaged."
            .formatted(read));
  }
}
