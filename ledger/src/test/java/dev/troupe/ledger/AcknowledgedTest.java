package dev.troupe.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import dev.troupe.actor.LedgerActor;
import dev.troupe.actor.LedgerReader;
import dev.troupe.codec.RandomEvents;
import dev.troupe.study.StudyEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Events that were acknowledged and that SQLite lost without a word. */
class AcknowledgedTest {

  private static final List<StudyEvent> EVENTS = RandomEvents.list(1, "s", 60);

  @TempDir Path folder;

  private ActorTestKit kit;

  @BeforeEach
  void start() {
    kit = ActorTestKit.create();
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  /** Leaves a home in which all events are in the write-ahead log, as after a crash. */
  private Path crashed() throws IOException {
    Path home = folder.resolve("home");
    Path running = folder.resolve("running");
    ActorTestKit writing = ActorTestKit.create();
    try (LedgerClient ledger = LedgerClient.open(writing, "s", home)) {
      for (int from = 0; from < 60; from += 20) {
        ledger.keep(EVENTS.subList(from, from + 20));
      }
      Files.createDirectories(running);
      for (String name : List.of("troupe.db", "troupe.db-wal")) {
        Files.copy(home.resolve(name), running.resolve(name));
      }
    }
    writing.shutdownTestKit();
    // Into the same file again, as it would be after the crash: a copy has no acknowledged events.
    for (String name : List.of("troupe.db", "troupe.db-wal")) {
      Files.write(home.resolve(name), Files.readAllBytes(running.resolve(name)));
    }
    Files.deleteIfExists(home.resolve("troupe.db-shm"));
    return home;
  }

  private static void flipInTheMiddle(Path file) throws IOException {
    byte[] content = Files.readAllBytes(file);
    content[content.length / 2] ^= 1;
    Files.write(file, content);
  }

  @Test
  void log_thatIsIntact_losesNothing() throws IOException {
    Path home = crashed();

    assertThat(read(home)).isEqualTo(new LedgerReader.Recorded(EVENTS, List.of()));
  }

  @Test
  void log_withAFlippedBit_isReportedAndKeptAside() throws IOException {
    Path home = crashed();
    flipInTheMiddle(home.resolve("troupe.db-wal"));
    byte[] damaged = Files.readAllBytes(home.resolve("troupe.db-wal"));

    LedgerReader.Recorded recorded = read(home);

    int left = recorded.events().size();
    assertThat(left).isLessThan(60);
    assertThat(recorded.events()).isEqualTo(EVENTS.subList(0, left));
    assertThat(recorded.damages())
        .anyMatch(damage -> damage.contains("events %d to 60 are lost".formatted(left + 1)));
    try (LedgerClient ledger = LedgerClient.open(kit, "s", home)) {
      LedgerActor.Reply reply = ledger.append(EVENTS);
      assertThat(((LedgerActor.AppendFailed) reply).reason()).contains("are lost");
    }
    try (var files = Files.list(home)) {
      assertThat(files)
          .filteredOn(file -> file.getFileName().toString().startsWith("troupe.db-wal.damaged-"))
          .singleElement()
          .satisfies(file -> assertThat(file).hasBinaryContent(damaged));
    }
  }

  @Test
  void log_thatIsGone_isReportedAlthoughNothingOfTheStudyIsLeft() throws IOException {
    Path home = crashed();
    Files.delete(home.resolve("troupe.db-wal"));

    try (LedgerReader reader = new FileLedgerProvider().reader("file", home)) {
      assertThat(reader.studies()).containsExactly("s");
      assertThat(reader.read("s").damages()).anyMatch(each -> each.contains("events 1 to 60"));
    }
  }

  @Test
  void copyOfAnOlderState_isIntact() throws IOException {
    Path home = crashed();
    Path copy = Files.createDirectories(folder.resolve("copy"));
    Files.copy(home.resolve("troupe.db"), copy.resolve("troupe.db"));
    Files.createDirectories(copy.resolve("locks"));
    Files.copy(home.resolve("locks/s.count"), copy.resolve("locks/s.count"));

    assertThat(read(copy)).isEqualTo(new LedgerReader.Recorded(List.of(), List.of()));
  }

  @Test
  void databaseThatWasRemoved_beginsAnew() throws IOException {
    Path home = crashed();
    Files.delete(home.resolve("troupe.db"));
    Files.delete(home.resolve("troupe.db-wal"));
    try (LedgerClient ledger = LedgerClient.open(kit, "s", home)) {
      assertThat(ledger.read()).isEmpty();
      assertThat(ledger.keep(EVENTS.subList(0, 1))).isEqualTo(1);
    }

    assertThat(read(home).damages()).isEmpty();
  }

  @Test
  void count_thatIsTornOrDamaged_doesNotCount() throws IOException {
    Path home = crashed();
    Path count = home.resolve("locks/s.count");
    byte[] intact = Files.readAllBytes(count);
    for (int bit = 0; bit < 8 * intact.length; bit++) {
      byte[] damaged = intact.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      Files.write(count, damaged);
      assertThat(read(home)).isEqualTo(new LedgerReader.Recorded(EVENTS, List.of()));
    }
  }

  private static LedgerReader.Recorded read(Path home) {
    try (LedgerReader reader = new FileLedgerProvider().reader("file", home)) {
      return reader.read("s");
    }
  }
}
