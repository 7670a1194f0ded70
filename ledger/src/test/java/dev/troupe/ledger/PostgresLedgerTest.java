package dev.troupe.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import com.typesafe.config.ConfigFactory;
import dev.troupe.actor.LedgerActor;
import dev.troupe.actor.LedgerProvider;
import dev.troupe.actor.LedgerReader;
import dev.troupe.codec.RandomEvents;
import dev.troupe.study.StudyEvent;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PostgresLedgerTest extends LedgerContract {

  PostgresLedgerTest() {
    super(new PostgresLedgerProvider());
  }

  @Override
  String newSetting() {
    return PostgresServer.shared().newSetting();
  }

  @Override
  Store store() {
    return PostgresStore.of(setting, Map.of());
  }

  @Override
  Connection connect() throws SQLException {
    return DriverManager.getConnection(setting);
  }

  @Override
  String place() {
    return PostgresStore.of(setting, Map.of()).place();
  }

  @Override
  void refuseEvent(long number) throws SQLException {
    execute(
        "CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS"
            + " $$ BEGIN RAISE disk_full USING MESSAGE = 'disk is full'; END $$");
    execute(
        "CREATE TRIGGER refuse BEFORE INSERT ON event_journal FOR EACH ROW"
            + " WHEN (NEW.sequence_number = %d) EXECUTE FUNCTION refuse()".formatted(number));
  }

  @Override
  void acceptAll() throws SQLException {
    execute("DROP TRIGGER refuse ON event_journal");
  }

  @Test
  void provider_isFoundByItsScheme() {
    assertThat(ServiceLoader.load(LedgerProvider.class))
        .filteredOn(each -> each.serves("jdbc:postgresql://localhost/db"))
        .singleElement()
        .isInstanceOf(PostgresLedgerProvider.class);
  }

  @Test
  void schemas_inOneDatabase_areApart() {
    String other = newSetting();
    List<StudyEvent> here = RandomEvents.list(4, "s", 5);
    List<StudyEvent> there = RandomEvents.list(5, "s", 7);
    try (LedgerClient first = open("s");
        LedgerClient second = LedgerClient.open(kit, provider, other, "s", home)) {
      first.keep(here);
      second.keep(there);
      assertThat(first.read()).isEqualTo(here);
      assertThat(second.read()).isEqualTo(there);
    }
  }

  @Test
  void schema_ofALaterVersion_isRefused() throws SQLException {
    open("s").close();
    execute("UPDATE schema_version SET version = 99");

    assertThatThrownBy(() -> provider.open(setting, "s", home))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("it is of version 99");
    assertThatThrownBy(() -> provider.reader(setting, home).studies())
        .hasMessageContaining("it is of version 99");
  }

  @Test
  void url_thatIsNone_isRefusedWithoutItsPassword() {
    assertThatThrownBy(
            () -> provider.open("jdbc:postgresql://host:port/db?password=secret", "s", home))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot be understood")
        .hasMessageNotContaining("secret");
  }

  @Test
  void server_thatIsNotThere_isNamedWithoutThePassword() {
    String nobody = "jdbc:postgresql://localhost:1/db?user=me&password=secret";
    assertThatThrownBy(() -> provider.open(nobody, "s", home))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("Study 's': its ledger postgresql://localhost:1/db cannot be opened")
        .hasMessageContaining("Maybe start the server")
        .hasMessageNotContaining("secret");
  }

  @Test
  void credentials_ofTheEnvironment_areUsedIfTheUrlHasNone() throws SQLException {
    String bare = setting.replace("user=postgres&password=secret&", "");
    PostgresStore store =
        PostgresStore.of(bare, Map.of("PGUSER", "postgres", "PGPASSWORD", "secret"));

    try (Connection connection = store.connect()) {
      assertThat(connection.getMetaData().getUserName()).isEqualTo("postgres");
    }
  }

  @Test
  void lock_whoseSessionIsEnded_isTakenBackBeforeTheNextAppend() throws Exception {
    List<StudyEvent> events = RandomEvents.list(6, "s", 20);
    try (LedgerClient ledger = open("s")) {
      ledger.keep(events.subList(0, 10));
      endSessions();
      Thread.sleep(1100); // for so long a session is believed to be alive

      assertThat(ledger.keep(events.subList(10, 20))).isEqualTo(20);
      assertThatThrownBy(() -> provider.open(setting, "s", home))
          .hasMessageContaining("is written by process " + ProcessHandle.current().pid());
    }
    assertThat(read("s")).isEqualTo(new LedgerReader.Recorded(events, List.of()));
  }

  @Test
  void study_takenOverByAnotherWriter_failsTheFirstOnesAppend() throws Exception {
    List<StudyEvent> events = RandomEvents.list(7, "s", 30);
    try (LedgerClient first = open("s")) {
      first.keep(events.subList(0, 10));
      endSessions();
      try (LedgerClient second = open("s")) {
        second.keep(events.subList(10, 20));

        LedgerActor.Reply reply = first.append(events.subList(20, 30));

        assertThat(((LedgerActor.AppendFailed) reply).reason())
            .contains("Study 's' is written by process");
      }
    }
    assertThat(read("s").events()).isEqualTo(events.subList(0, 20));
  }

  @Test
  void server_stoppedAndStartedInMidStudy_isWaitedForAndNothingIsWrittenTwice(@TempDir Path data)
      throws Exception {
    List<StudyEvent> events = RandomEvents.list(8, "s", 300);
    try (PostgresServer server = PostgresServer.begin(data.resolve("server"))) {
      setting = server.newSetting();
      try (LedgerClient ledger = open("s")) {
        ledger.keep(events.subList(0, 100));
        server.stop();
        ledger.send(events.subList(100, 200));
        server.start();

        assertThat(ledger.answer()).isEqualTo(new LedgerActor.Appended(200));
        assertThat(ledger.keep(events.subList(200, 300))).isEqualTo(300);
      }
      assertThat(read("s")).isEqualTo(new LedgerReader.Recorded(events, List.of()));
    }
  }

  @Test
  void connection_thatEndsInACommit_isReplacedAndTheEventsAreWrittenOnce() throws Exception {
    List<StudyEvent> events = RandomEvents.list(10, "s", 60);
    try (LedgerClient ledger = open("s")) {
      ledger.keep(events.subList(0, 20));
      execute("CREATE SEQUENCE commits");
      execute(
          "CREATE FUNCTION hang_up() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN"
              + " IF nextval('commits') = 1 THEN PERFORM pg_terminate_backend(pg_backend_pid()); END IF;"
              + " RETURN NULL; END $$");
      execute(
          "CREATE CONSTRAINT TRIGGER hang_up AFTER INSERT ON event_journal"
              + " DEFERRABLE INITIALLY DEFERRED FOR EACH ROW"
              + " WHEN (NEW.sequence_number = 30) EXECUTE FUNCTION hang_up()");

      assertThat(ledger.keep(events.subList(20, 60))).isEqualTo(60);
    }
    assertThat(read("s")).isEqualTo(new LedgerReader.Recorded(events, List.of()));
  }

  @Test
  void server_thatStaysAway_failsTheAppendWhenPatienceEnds(@TempDir Path data) throws Exception {
    kit.shutdownTestKit();
    kit = ActorTestKit.create(ConfigFactory.parseString("troupe.ledger.patience = 1s"));
    List<StudyEvent> events = RandomEvents.list(9, "s", 20);
    try (PostgresServer server = PostgresServer.begin(data.resolve("server"))) {
      setting = server.newSetting();
      try (LedgerClient ledger = open("s")) {
        ledger.keep(events.subList(0, 10));
        server.stop();

        LedgerActor.Reply reply = ledger.append(events.subList(10, 20));

        assertThat(((LedgerActor.AppendFailed) reply).reason())
            .contains("Study 's': postgresql://localhost", "could not be written for 1 s", "Maybe");
      }
    }
  }

  private void endSessions() throws SQLException {
    try (Connection connection = connect();
        var statement = connection.createStatement()) {
      statement.execute(
          "SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory'");
    }
  }
}
