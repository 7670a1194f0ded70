package dev.troupe.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.actor.LedgerActor;
import dev.troupe.actor.LedgerProvider;
import dev.troupe.actor.LedgerReader;
import dev.troupe.actor.RepairReport;
import dev.troupe.codec.RandomEvents;
import dev.troupe.study.Budget;
import dev.troupe.study.Objective;
import dev.troupe.study.StudyEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;

class FileLedgerTest extends LedgerContract {

  private static final StudyEvent BEGINNING =
      new StudyEvent.StudyStarted(
          "s",
          Instant.EPOCH,
          List.of(Objective.minimize("loss")),
          "random",
          1,
          1,
          Budget.trials(1),
          Map.of());

  FileLedgerTest() {
    super(new FileLedgerProvider());
  }

  @Override
  String newSetting() {
    return "file";
  }

  @Override
  Store store() {
    return SqliteStore.in(home);
  }

  @Override
  Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + home.resolve("troupe.db"));
  }

  @Override
  String place() {
    return home.resolve("troupe.db").toString();
  }

  @Override
  void refuseEvent(long number) throws SQLException {
    execute(
        "CREATE TRIGGER refuse BEFORE INSERT ON event_journal WHEN NEW.sequence_number = %d"
                .formatted(number)
            + " BEGIN SELECT RAISE(ABORT, 'database or disk is full'); END");
  }

  @Override
  void acceptAll() throws SQLException {
    execute("DROP TRIGGER refuse");
  }

  private LedgerClient open(String study, Path folder) {
    return LedgerClient.open(kit, provider, setting, study, folder);
  }

  @Test
  void provider_isFoundByItsName() {
    assertThat(ServiceLoader.load(LedgerProvider.class))
        .filteredOn(each -> each.serves("file"))
        .singleElement()
        .isInstanceOf(FileLedgerProvider.class);
  }

  @Test
  void homes_inOneActorSystem_areApart() {
    List<StudyEvent> here = RandomEvents.list(4, "s", 5);
    List<StudyEvent> there = RandomEvents.list(5, "s", 7);
    try (LedgerClient first = open("s", home.resolve("a ?#1"));
        LedgerClient second = open("s", home.resolve("b"))) {
      first.keep(here);
      second.keep(there);
      assertThat(first.read()).isEqualTo(here);
      assertThat(second.read()).isEqualTo(there);
    }
  }

  @Test
  void home_thatIsRemoved_failsTheAppendAndNamesTheFile() throws IOException {
    try (LedgerClient ledger = open("s", home.resolve("h"))) {
      ledger.keep(RandomEvents.list(7, "s", 3));
      delete(home.resolve("h"));

      LedgerActor.Reply reply = ledger.append(RandomEvents.list(8, "s", 3));

      assertThat(reply).isInstanceOf(LedgerActor.AppendFailed.class);
      assertThat(((LedgerActor.AppendFailed) reply).reason())
          .contains("troupe.db could not be written")
          .contains("gone");
    }

    List<StudyEvent> events = RandomEvents.list(9, "s", 2);
    try (LedgerClient again = open("s", home.resolve("h"))) {
      assertThat(again.keep(events)).isEqualTo(2);
    }
    assertThat(provider.reader("file", home.resolve("h")).read("s").events()).isEqualTo(events);
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
    try (LedgerClient ledger = open("s")) {
      ledger.keep(RandomEvents.list(11, "s", 1));
    }
    execute("PRAGMA user_version = 99");

    assertThatThrownBy(() -> provider.open("file", "s", home))
        .hasMessageContaining(
            "it is of version 99, and this version of Troupe reads versions up to ");
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
        .hasMessageContaining("--home")
        .hasMessageContaining("ledger = file");
  }

  @Test
  void repair_ofOneStudy_leavesTheOthersAndACopyOfTheDamagedFile() throws Exception {
    List<StudyEvent> intact = RandomEvents.list(13, "a", 50);
    List<StudyEvent> torn = new ArrayList<>(RandomEvents.list(14, "b", 50));
    torn.add(0, new StudyEvent.StudyResumed("b", Instant.EPOCH, 1, Budget.trials(1)));
    try (LedgerClient a = open("a");
        LedgerClient b = open("b");
        LedgerClient s = open("s")) {
      a.keep(intact);
      b.keep(torn);
      s.keep(List.of(BEGINNING));
      s.keep(torn.subList(0, 1));
    }
    kit.shutdownTestKit();
    execute("DELETE FROM event_journal WHERE persistence_id = 'study|b' AND sequence_number = 7");
    execute("DELETE FROM event_journal WHERE persistence_id = 'study|s' AND sequence_number = 2");
    LedgerReader.Recorded before = read("b");
    byte[] old = Files.readAllBytes(home.resolve("troupe.db"));

    RepairReport report = provider.repair(setting, "s", home);

    assertThat(Path.of(report.aside())).hasBinaryContent(old);
    assertThat(read("a")).isEqualTo(new LedgerReader.Recorded(intact, List.of()));
    assertThat(read("b").events()).isEqualTo(before.events());
    assertThat(read("b").damages()).anyMatch(damage -> damage.contains("events 7 to 7 are lost"));
    assertThat(read("s").damages()).isEmpty();
    assertThat(provider.reader(setting, home).studies()).containsExactly("a", "b", "s");
  }

  private static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
