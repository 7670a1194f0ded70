package dev.troupe.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import dev.troupe.actor.LedgerActor;
import dev.troupe.actor.LedgerProvider;
import dev.troupe.actor.LedgerReader;
import dev.troupe.codec.RandomEvents;
import dev.troupe.study.StudyEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.ServiceLoader;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileLedgerTest {

  @TempDir Path home;

  private final FileLedgerProvider provider = new FileLedgerProvider();
  private ActorTestKit kit;

  @BeforeEach
  void start() {
    kit = ActorTestKit.create();
  }

  @AfterEach
  void stop() {
    kit.shutdownTestKit();
  }

  @Test
  void provider_isFoundByItsName() {
    assertThat(ServiceLoader.load(LedgerProvider.class))
        .filteredOn(each -> each.serves("file"))
        .singleElement()
        .isInstanceOf(FileLedgerProvider.class);
  }

  @Test
  void append_thenRead_givesTheSameEvents() {
    List<StudyEvent> events = RandomEvents.list(1, "s", 1000);
    try (LedgerClient ledger = LedgerClient.open(kit, "s", home)) {
      assertThat(ledger.keep(events.subList(0, 1))).isEqualTo(1);
      assertThat(ledger.keep(List.of())).isEqualTo(1);
      assertThat(ledger.keep(events.subList(1, 1000))).isEqualTo(1000);

      assertThat(ledger.read()).isEqualTo(events);
      assertThat(read("s")).isEqualTo(new LedgerReader.Recorded(events, List.of()));
    }
  }

  @Test
  void study_openedAgain_goesOnWhereItStopped() {
    List<StudyEvent> events = RandomEvents.list(2, "s", 600);
    for (int run = 0; run < 3; run++) {
      try (LedgerClient ledger = LedgerClient.open(kit, "s", home)) {
        if (run != 1) {
          assertThat(ledger.read()).isEqualTo(events.subList(0, 200 * run));
        }
        assertThat(ledger.keep(events.subList(200 * run, 200 * run + 200)))
            .isEqualTo(200 * run + 200);
      }
    }

    assertThat(read("s").events()).isEqualTo(events);
  }

  @Test
  void studies_inOneHome_areListedInTheOrderOfTheirBeginning() {
    List<String> names = List.of("b", "a / ü", "c'\"%", "A");
    for (String name : names) {
      try (LedgerClient ledger = LedgerClient.open(kit, name, home)) {
        ledger.keep(RandomEvents.list(3, name, 10));
      }
    }

    try (LedgerReader reader = provider.reader("file", home)) {
      assertThat(reader.studies()).isEqualTo(names);
      assertThat(reader.read("c'\"%").events()).hasSize(10);
      assertThat(reader.read("nobody")).isEqualTo(new LedgerReader.Recorded(List.of(), List.of()));
    }
  }

  @Test
  void homes_inOneActorSystem_areApart() {
    List<StudyEvent> here = RandomEvents.list(4, "s", 5);
    List<StudyEvent> there = RandomEvents.list(5, "s", 7);
    try (LedgerClient first = LedgerClient.open(kit, "s", home.resolve("a ?#1"));
        LedgerClient second = LedgerClient.open(kit, "s", home.resolve("b"))) {
      first.keep(here);
      second.keep(there);
      assertThat(first.read()).isEqualTo(here);
      assertThat(second.read()).isEqualTo(there);
    }
  }

  @Test
  void study_thatIsOpen_isRefusedWithItsHolderAndFreedAtItsEnd() {
    try (LedgerClient ledger = LedgerClient.open(kit, "s", home)) {
      assertThatThrownBy(() -> provider.open("file", "s", home))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("Study 's' is written by process " + ProcessHandle.current().pid())
          .hasMessageContaining("Maybe");
      assertThat(ledger.keep(RandomEvents.list(6, "s", 1))).isEqualTo(1);
    }

    try (LedgerClient again = LedgerClient.open(kit, "s", home)) {
      assertThat(again.read()).hasSize(1);
    }
  }

  @Test
  void home_thatIsRemoved_failsTheAppendAndNamesTheFile() throws IOException {
    try (LedgerClient ledger = LedgerClient.open(kit, "s", home.resolve("h"))) {
      ledger.keep(RandomEvents.list(7, "s", 3));
      delete(home.resolve("h"));

      LedgerActor.Reply reply = ledger.append(RandomEvents.list(8, "s", 3));

      assertThat(reply).isInstanceOf(LedgerActor.AppendFailed.class);
      assertThat(((LedgerActor.AppendFailed) reply).reason())
          .contains("troupe.db could not be written")
          .contains("gone");
    }

    List<StudyEvent> events = RandomEvents.list(9, "s", 2);
    try (LedgerClient again = LedgerClient.open(kit, "s", home.resolve("h"))) {
      assertThat(again.keep(events)).isEqualTo(2);
    }
    assertThat(provider.reader("file", home.resolve("h")).read("s").events()).isEqualTo(events);
  }

  @Test
  void database_thatRefusesARow_failsTheAppendAndKeepsNothingOfIt() throws SQLException {
    List<StudyEvent> events = RandomEvents.list(10, "s", 30);
    try (LedgerClient ledger = LedgerClient.open(kit, "s", home)) {
      ledger.keep(events.subList(0, 10));
      execute(
          "CREATE TRIGGER refuse BEFORE INSERT ON event_journal WHEN NEW.sequence_number = 20"
              + " BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END");

      LedgerActor.Reply reply = ledger.append(events.subList(10, 30));

      assertThat(((LedgerActor.AppendFailed) reply).reason())
          .contains("Study 's'", "troupe.db could not be written", "disk is full", "Maybe");
      execute("DROP TRIGGER refuse");
    }

    try (LedgerClient again = LedgerClient.open(kit, "s", home)) {
      assertThat(again.read()).isEqualTo(events.subList(0, 10));
      assertThat(again.keep(events.subList(10, 30))).isEqualTo(30);
    }
  }

  @Test
  void database_ofSomebodyElse_isRefused() throws SQLException {
    execute("PRAGMA application_id = 77");

    assertThatThrownBy(() -> provider.open("file", "s", home))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("troupe.db cannot be opened: it is not a database of Troupe");
    assertThatThrownBy(() -> provider.reader("file", home).studies())
        .hasMessageContaining("it is not a database of Troupe");
  }

  @Test
  void database_ofALaterVersion_isRefused() throws SQLException {
    try (LedgerClient ledger = LedgerClient.open(kit, "s", home)) {
      ledger.keep(RandomEvents.list(11, "s", 1));
    }
    execute("PRAGMA user_version = 2");

    assertThatThrownBy(() -> provider.open("file", "s", home))
        .hasMessageContaining(
            "it is of version 2, and this version of Troupe reads versions up to 1");
  }

  @Test
  void home_thatIsAFile_isRefused() throws IOException {
    Path file = Files.writeString(home.resolve("file"), "text");

    assertThatThrownBy(() -> provider.open("file", "s", file))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("cannot be opened")
        .hasMessageContaining("Maybe choose another home folder");
  }

  @Test
  void reader_withoutADatabase_isRefused() {
    assertThatThrownBy(() -> provider.reader("file", home))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("There is no ledger")
        .hasMessageContaining("--home");
  }

  @Test
  void study_withADamagedEvent_isReadButNotWritten() throws SQLException {
    List<StudyEvent> events = RandomEvents.list(12, "s", 20);
    try (LedgerClient ledger = LedgerClient.open(kit, "s", home)) {
      ledger.keep(events);
    }
    execute("UPDATE event_journal SET event_payload = x'00112233445566' WHERE sequence_number = 5");
    execute("DELETE FROM event_journal WHERE sequence_number IN (9, 20)");

    LedgerReader.Recorded recorded = read("s");
    assertThat(recorded.events()).hasSize(17).isSubsetOf(events);
    assertThat(recorded.damages())
        .allMatch(damage -> damage.startsWith(home.resolve("troupe.db").toString()))
        .anyMatch(damage -> damage.contains("event_journal, row 5, event 5: its checksum is wrong"))
        .anyMatch(damage -> damage.contains("events 9 to 9 are lost"))
        .anyMatch(damage -> damage.contains("events 20 to 20 are lost"));
    try (LedgerClient ledger = LedgerClient.open(kit, "s", home)) {
      LedgerActor.Reply reply = ledger.append(events);
      assertThat(((LedgerActor.AppendFailed) reply).reason())
          .contains("is damaged", "can only be read", "Maybe");
      assertThat(ledger.read()).isEqualTo(recorded.events());
    }
  }

  private LedgerReader.Recorded read(String study) {
    try (LedgerReader reader = provider.reader("file", home)) {
      return reader.read(study);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + home.resolve("troupe.db"));
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
