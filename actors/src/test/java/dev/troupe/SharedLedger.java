package dev.troupe;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import dev.troupe.actor.LedgerActor;
import dev.troupe.actor.LedgerProvider;
import dev.troupe.actor.LedgerReader;
import dev.troupe.actor.StudySnapshot;
import dev.troupe.settings.Option;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Outcome;
import dev.troupe.study.StudyEvent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A ledger whose facts outlive their studies, in this JVM, by home folder. It can be told to break
 * after any fact: what was kept by then stays, as if the process had been killed at that moment.
 */
public final class SharedLedger implements LedgerProvider {

  /** The setting that means this ledger. */
  static final String SETTING = "shared";

  private static final Map<Path, SharedLedger> HOMES = new ConcurrentHashMap<>();

  private final Map<String, List<StudyEvent>> facts = new LinkedHashMap<>();
  private final List<List<StudyEvent>> batches = new ArrayList<>();
  private final Map<String, StudySnapshot> snapshots = new HashMap<>();
  private int room = Integer.MAX_VALUE;
  private long snapshotFacts;

  /** Called by the service loader. */
  public SharedLedger() {}

  /** Returns the ledger in a home folder, which does not exist. */
  static SharedLedger at(Path home) {
    return HOMES.computeIfAbsent(home, unused -> new SharedLedger());
  }

  /** Breaks after so many more facts; those of one turn of the strategy are kept or lost as one. */
  synchronized void breakAfter(int more) {
    room = more;
  }

  /** Wants snapshots from now on, after so many facts at least. */
  synchronized void keepSnapshots(long least) {
    snapshotFacts = least;
  }

  /** Returns how many facts the newest snapshot stands for. */
  synchronized long snapshotAt(String study) {
    return snapshots.containsKey(study) ? snapshots.get(study).facts() : 0;
  }

  private synchronized void keep(String study, StudySnapshot snapshot) {
    snapshots.put(study, snapshot);
  }

  private synchronized LedgerActor.Facts read(String study, boolean withHistory) {
    List<StudyEvent> all = facts(study);
    StudySnapshot snapshot = snapshots.get(study);
    int from = snapshot == null ? 0 : (int) snapshot.facts();
    List<EndedTrial> ended =
        all.subList(0, from).stream()
            .filter(event -> event instanceof StudyEvent.TrialEnded)
            .map(event -> ((StudyEvent.TrialEnded) event).trial())
            .filter(trial -> !(trial.outcome() instanceof Outcome.Stopped))
            .toList();
    return new LedgerActor.Facts(
        snapshot,
        all.subList(from, all.size()),
        withHistory ? ended : List.of(),
        ended::forEach,
        snapshotFacts);
  }

  synchronized void mend() {
    room = Integer.MAX_VALUE;
  }

  synchronized List<StudyEvent> facts(String study) {
    return List.copyOf(facts.getOrDefault(study, List.of()));
  }

  /** Keeps what another ledger has kept of a study. */
  synchronized void copy(String study, List<StudyEvent> kept) {
    facts.put(study, new ArrayList<>(kept));
  }

  synchronized List<List<StudyEvent>> batches() {
    return List.copyOf(batches);
  }

  private synchronized boolean keep(String study, List<StudyEvent> events) {
    batches.add(events);
    List<StudyEvent> kept = facts.computeIfAbsent(study, unused -> new ArrayList<>());
    for (StudyEvent event : events) {
      int size = event instanceof StudyEvent.StrategyAsked asked ? 1 + asked.made() : 1;
      if (room < (event instanceof StudyEvent.TrialSuggested ? 1 : size)) {
        room = 0;
        return false;
      }
      room--;
      kept.add(event);
    }
    return true;
  }

  @Override
  public String name() {
    return SETTING;
  }

  @Override
  public String description() {
    return "keeps studies as long as the tests run";
  }

  @Override
  public List<Option> options() {
    return List.of();
  }

  @Override
  public boolean serves(String setting) {
    return setting.equals(SETTING);
  }

  @Override
  public Behavior<LedgerActor.Command> open(String setting, String study, Path home) {
    SharedLedger ledger = at(home);
    return Behaviors.receive(LedgerActor.Command.class)
        .onMessage(
            LedgerActor.Read.class,
            read -> {
              read.replyTo().tell(ledger.read(study, read.withHistory()));
              return Behaviors.same();
            })
        .onMessage(
            LedgerActor.KeepSnapshot.class,
            keep -> {
              ledger.keep(study, keep.snapshot());
              return Behaviors.same();
            })
        .onMessage(
            LedgerActor.Append.class,
            append -> {
              boolean kept = ledger.keep(study, append.events());
              append
                  .replyTo()
                  .tell(
                      kept
                          ? new LedgerActor.Appended(ledger.facts(study).size())
                          : new LedgerActor.AppendFailed("broken on purpose"));
              return Behaviors.same();
            })
        .build();
  }

  @Override
  public LedgerReader reader(String setting, Path home) {
    SharedLedger ledger = at(home);
    return new LedgerReader() {
      @Override
      public List<String> studies() {
        synchronized (ledger) {
          return List.copyOf(ledger.facts.keySet());
        }
      }

      @Override
      public Recorded read(String study) {
        return new Recorded(ledger.facts(study), List.of());
      }

      @Override
      public void close() {}
    };
  }
}
