package dev.troupe.daemon;

import akka.actor.typed.Behavior;
import akka.actor.typed.javadsl.Behaviors;
import dev.troupe.actor.LedgerActor;
import dev.troupe.actor.LedgerProvider;
import dev.troupe.actor.LedgerReader;
import dev.troupe.settings.Option;
import dev.troupe.study.StudyEvent;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** A ledger whose facts outlive their studies, in this JVM, by home folder and study. */
public final class DrawerLedger implements LedgerProvider {

  private static final Map<Path, Map<String, List<StudyEvent>>> HOMES = new ConcurrentHashMap<>();

  /** Called by the service loader. */
  public DrawerLedger() {}

  private static Map<String, List<StudyEvent>> at(Path home) {
    return HOMES.computeIfAbsent(home, unused -> new ConcurrentSkipListMap<>());
  }

  @Override
  public String name() {
    return "drawer";
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
    return setting.equals(name());
  }

  @Override
  public Behavior<LedgerActor.Command> open(String setting, String study, Path home) {
    List<StudyEvent> facts =
        at(home).computeIfAbsent(study, unused -> new CopyOnWriteArrayList<>());
    return Behaviors.receive(LedgerActor.Command.class)
        .onMessage(
            LedgerActor.Read.class,
            read -> {
              read.replyTo().tell(new LedgerActor.Facts(facts));
              return Behaviors.same();
            })
        .onMessage(
            LedgerActor.Append.class,
            append -> {
              facts.addAll(append.events());
              append.replyTo().tell(new LedgerActor.Appended(facts.size()));
              return Behaviors.same();
            })
        .build();
  }

  @Override
  public LedgerReader reader(String setting, Path home) {
    return new LedgerReader() {
      @Override
      public List<String> studies() {
        return List.copyOf(at(home).keySet());
      }

      @Override
      public Recorded read(String study) {
        return new Recorded(
            at(home).getOrDefault(study, List.of()),
            study.equals("torn") ? List.of("page 7 cannot be read") : List.of());
      }

      @Override
      public void close() {}
    };
  }
}
