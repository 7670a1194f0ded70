package dev.troupe.strategy.bayes.morphism;

import dev.troupe.codec.EventInput;
import dev.troupe.codec.EventOutput;
import dev.troupe.codec.SuggestionCodec;
import dev.troupe.strategy.internal.FingerprintSet;
import dev.troupe.study.ActiveTrial;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Objective;
import dev.troupe.study.Outcome;
import dev.troupe.study.Suggestion;
import dev.troupe.study.TrialId;
import dev.troupe.study.WeightSource;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * What is known of networks: losses of trials that completed, which failed or were pruned, which
 * are pending, and all that were suggested. Trials at a lower fidelity and stopped ones tell
 * nothing. Not thread safe.
 */
final class Trials {

  private final NetworkSpace space;
  private final List<Observed> observed = new ArrayList<>();
  private final List<Network> failed = new ArrayList<>();
  private final List<Network> pruned = new ArrayList<>();
  private final List<Network> pending = new ArrayList<>();
  private FingerprintSet known = new FingerprintSet();

  Trials(NetworkSpace space) {
    this.space = space;
  }

  /**
   * A trial that completed.
   *
   * @param network what it trained
   * @param losses finite, one for each objective
   */
  @SuppressWarnings("ArrayRecordComponent") // not compared
  record Observed(TrialId trial, Network network, double[] losses) {}

  /** Returns the trials that completed with finite losses, in the order in which they did. */
  List<Observed> observed() {
    return observed;
  }

  /** Returns what failed, or whose losses were not finite. */
  List<Network> failed() {
    return failed;
  }

  /** Returns what was pruned. */
  List<Network> pruned() {
    return pruned;
  }

  /** Returns what has been suggested and has not ended. */
  List<Network> pending() {
    return pending;
  }

  /** Returns whether it was not suggested yet, nor by others. */
  boolean isNew(Network network) {
    return !known.contains(network.fingerprint());
  }

  /** Takes over a suggestion. */
  void addPending(Network network) {
    known.add(network.fingerprint());
    pending.add(network);
  }

  /** Takes over how a trial ended. */
  void end(EndedTrial trial, List<Objective> objectives) {
    if (!(trial.suggestion() instanceof Suggestion.Evaluate evaluate)) {
      return;
    }
    Network network = network(evaluate);
    known.add(network.fingerprint());
    if (!evaluate.fidelity().isFull()) {
      return;
    }
    if (trial.outcome() instanceof Outcome.Completed completed) {
      double[] losses = objectives.stream().mapToDouble(o -> o.loss(completed.metrics())).toArray();
      if (areFinite(losses)) {
        observed.add(new Observed(trial.id(), network, losses));
      } else {
        failed.add(network);
      }
    } else if (trial.outcome() instanceof Outcome.Failed) {
      failed.add(network);
    } else if (trial.outcome() instanceof Outcome.Pruned) {
      pruned.add(network);
    }
  }

  private static boolean areFinite(double[] losses) {
    for (double loss : losses) {
      if (!Double.isFinite(loss)) {
        return false;
      }
    }
    return true;
  }

  /** Takes over which trials have not ended. */
  void setPending(List<ActiveTrial> active) {
    var current = new ArrayList<Network>();
    for (ActiveTrial trial : active) {
      if (trial.suggestion() instanceof Suggestion.Evaluate evaluate) {
        current.add(network(evaluate));
      }
    }
    pending.clear();
    current.forEach(this::addPending);
  }

  /** Returns the network of a suggestion, which is at hand if that is pending. */
  private Network network(Suggestion.Evaluate suggestion) {
    int trainings = trainings(suggestion.weights());
    for (Network each : pending) {
      if (each.configuration().equals(suggestion.candidate()) && each.trainings() == trainings) {
        return each;
      }
    }
    return space.network(suggestion.candidate(), trainings);
  }

  /** Returns how many trainings weights have gone through, as far as that is known. */
  private int trainings(WeightSource weights) {
    if (weights instanceof WeightSource.Parent parent) {
      for (Observed each : observed) {
        if (each.trial().equals(parent.parent())) {
          return each.network().trainings() + 1;
        }
      }
    }
    return 0;
  }

  // Saving

  void write(DataOutputStream out) throws IOException {
    known.write(out);
    var fields = new EventOutput();
    fields.writeAll(observed, Trials::writeObserved);
    for (List<Network> each : List.of(failed, pruned, pending)) {
      fields.writeAll(each, Trials::writeNetwork);
    }
    byte[] bytes = fields.toBytes();
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  private static void writeObserved(EventOutput out, Observed each) {
    out.writeLong(each.trial().number());
    writeNetwork(out, each.network());
    for (double loss : each.losses()) {
      out.writeDouble(loss);
    }
  }

  private static void writeNetwork(EventOutput out, Network network) {
    out.writeLong(network.trainings());
    SuggestionCodec.writeConfiguration(out, network.configuration());
  }

  static Trials read(DataInputStream in, NetworkSpace space, int objectives) throws IOException {
    var read = new Trials(space);
    read.known = FingerprintSet.read(in);
    var fields = new EventInput(in.readNBytes(in.readInt()));
    read.observed.addAll(fields.readAll(from -> readObserved(from, space, objectives)));
    for (List<Network> each : List.of(read.failed, read.pruned, read.pending)) {
      each.addAll(fields.readAll(from -> readNetwork(from, space)));
    }
    return read;
  }

  private static Observed readObserved(EventInput in, NetworkSpace space, int objectives) {
    TrialId trial = TrialId.of(in.readLong());
    Network network = readNetwork(in, space);
    var losses = new double[objectives];
    for (int i = 0; i < objectives; i++) {
      losses[i] = in.readDouble();
    }
    return new Observed(trial, network, losses);
  }

  private static Network readNetwork(EventInput in, NetworkSpace space) {
    int trainings = (int) in.readLong();
    return space.network(SuggestionCodec.readConfiguration(in), trainings);
  }
}
