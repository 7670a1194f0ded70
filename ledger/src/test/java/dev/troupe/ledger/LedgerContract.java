package dev.troupe.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import dev.troupe.KeptStudies;
import dev.troupe.KeptTrial;
import dev.troupe.Troupe;
import dev.troupe.actor.LedgerActor;
import dev.troupe.actor.LedgerProvider;
import dev.troupe.actor.LedgerReader;
import dev.troupe.actor.Mailbox;
import dev.troupe.actor.RepairReport;
import dev.troupe.actor.Saved;
import dev.troupe.actor.Spent;
import dev.troupe.actor.StudySnapshot;
import dev.troupe.actor.StudySums;
import dev.troupe.codec.RandomEvents;
import dev.troupe.space.Configuration;
import dev.troupe.study.Budget;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Instruction;
import dev.troupe.study.Outcome;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.StudyResult;
import dev.troupe.study.StudyState;
import dev.troupe.study.TrialId;
import dev.troupe.study.TrialState;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every ledger does that keeps studies in a database. */
abstract class LedgerContract {

  @TempDir Path home;

  /** Keeps the studies of a test. */
  final LedgerProvider provider;

  ActorTestKit kit;

  /** Names the database of the test. */
  String setting = "";

  LedgerContract(LedgerProvider provider) {
    this.provider = provider;
  }

  /** Returns the setting of a database that nobody else uses. */
  abstract String newSetting();

  /** Returns the database. */
  abstract Store store();

  /** Opens the database. */
  abstract Connection connect() throws SQLException;

  /** Returns how messages call the database. */
  abstract String place();

  /** Has the database refuse an event, saying that the disk is full. */
  abstract void refuseEvent(long number) throws SQLException;

  /** Has it accept all events again. */
  abstract void acceptAll() throws SQLException;

  @BeforeEach
  void start() {
    setting = newSetting();
    kit = ActorTestKit.create();
  }

  @AfterEach
  void stop() {
    if (kit != null) {
      kit.shutdownTestKit();
    }
  }

  LedgerClient open(String study) {
    return LedgerClient.open(kit, provider, setting, study, home);
  }

  @Test
  void append_thenRead_givesTheSameEvents() {
    List<StudyEvent> events = RandomEvents.list(1, "s", 1000);
    try (LedgerClient ledger = open("s")) {
      assertThat(ledger.keep(events.subList(0, 1))).isEqualTo(1);
      assertThat(ledger.keep(List.of())).isEqualTo(1);
      assertThat(ledger.keep(events.subList(1, 1000))).isEqualTo(1000);

      assertThat(ledger.read()).isEqualTo(events);
      assertThat(read("s")).isEqualTo(new LedgerReader.Recorded(events, List.of()));
    }
  }

  private static StudySnapshot snapshot(List<StudyEvent> facts) {
    return new StudySnapshot(
        facts.size(),
        facts.subList(0, 3),
        new StudySums(
            7,
            5,
            true,
            Map.of(TrialState.FAILED, 2L),
            null,
            List.of(),
            null,
            4,
            9,
            Map.of(TrialId.of(3), 8L, TrialId.of(7), 9L)),
        new Spent(1.5, 2.5, 3.5, 0.5, Instant.ofEpochSecond(7, 8), 3),
        new Saved(9, new Saved.Part(0.25, 1.5), new Saved.Part(2.5, 0.125), new Saved.Part(0.5, 4)),
        new byte[] {1, 2, 3});
  }

  private static List<EndedTrial> ended(List<StudyEvent> facts) {
    return facts.stream()
        .filter(StudyEvent.TrialEnded.class::isInstance)
        .map(event -> ((StudyEvent.TrialEnded) event).trial())
        .filter(trial -> !(trial.outcome() instanceof Outcome.Stopped))
        .toList();
  }

  private static List<EndedTrial> earlier(LedgerActor.Facts facts) {
    var trials = new ArrayList<EndedTrial>();
    facts.earlier().forEach(trials::add);
    return trials;
  }

  @Test
  void snapshot_studyOpenedAgain_standsForTheFactsBefore() {
    List<StudyEvent> events = RandomEvents.list(21, "s", 300);
    StudySnapshot kept = snapshot(events.subList(0, 200));
    try (LedgerClient ledger = open("s")) {
      ledger.keep(events.subList(0, 100));
      ledger.keep(snapshot(events.subList(0, 100)));
      ledger.keep(events.subList(100, 300));
      ledger.keep(kept);
      ledger.read(); // by now it is kept
    }

    try (LedgerClient ledger = open("s")) {
      LedgerActor.Facts facts = ledger.readAll();

      assertThat(facts.snapshot()).usingRecursiveComparison().isEqualTo(kept);
      assertThat(facts.events()).isEqualTo(events.subList(200, 300));
      assertThat(facts.history()).isEqualTo(ended(events.subList(0, 200)));
      assertThat(earlier(facts)).isEqualTo(facts.history());
    }
    assertThat(read("s").events()).isEqualTo(events);
  }

  @Test
  void snapshot_newestIsDamaged_theOneBeforeIsTaken() throws SQLException {
    List<StudyEvent> events = RandomEvents.list(22, "s", 300);
    try (LedgerClient ledger = open("s")) {
      ledger.keep(events);
      for (int facts = 50; facts <= 250; facts += 50) {
        ledger.keep(snapshot(events.subList(0, facts)));
      }
      ledger.read();
    }
    execute("UPDATE snapshot SET facts = 249 WHERE facts = 250"); // fits its place no more

    try (LedgerClient ledger = open("s")) {
      assertThat(ledger.readAll().snapshot().facts()).isEqualTo(200);
      assertThat(ledger.readAll().events()).isEqualTo(events.subList(200, 300));
    }
    execute("UPDATE snapshot SET facts = 199 WHERE facts = 200");
    try (LedgerClient ledger = open("s")) {
      assertThat(ledger.readAll().snapshot()).isNull();
      assertThat(ledger.read()).isEqualTo(events);
    }
  }

  @Test
  void segments_tellTheSameAsTheFacts() throws SQLException {
    List<StudyEvent> events = RandomEvents.list(23, "s", 2000);
    var archive = new Archive(store(), "s", 40);
    try (LedgerClient ledger = open("s")) {
      ledger.keep(events);
      archive.open(0);
      for (int i = 0; i < events.size(); i++) {
        archive.take(i + 1L, events.get(i));
      }
    }
    assertThat(archive.next()).isGreaterThan(1000);
    requireEnded(events, 2000);
    requireEnded(events, 777);
    requireEnded(events, 0);
    var again = new Archive(store(), "s", 40);
    again.open(2000);
    assertThat(again.next()).isEqualTo(archive.next());

    execute("UPDATE segment SET last_fact = last_fact - 1 WHERE after_fact > 900");
    requireEnded(events, 2000);
  }

  private void requireEnded(List<StudyEvent> events, int until) {
    var trials = new ArrayList<EndedTrial>();
    Archive.forEachEnded(store(), "s", until, trials::add);
    assertThat(trials).isEqualTo(ended(events.subList(0, until)));
  }

  @Test
  void study_openedAgain_goesOnWhereItStopped() {
    List<StudyEvent> events = RandomEvents.list(2, "s", 600);
    for (int run = 0; run < 3; run++) {
      try (LedgerClient ledger = open("s")) {
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
  void mailbox_requests_areAnsweredOnceInTheirOrder() {
    var pause = new Instruction.Pause();
    var enqueue = new Instruction.Enqueue(Configuration.of(Map.of("x", 0.5, "n", 7L)));
    try (Mailbox here = provider.mailbox(setting, home);
        Mailbox there = provider.mailbox(setting, home)) {
      assertThat(there.open("s")).isEmpty();
      assertThat(here.post("s", pause, "me", Instant.EPOCH)).isEqualTo(1);
      assertThat(there.post("s", enqueue, "you", Instant.EPOCH)).isEqualTo(2);
      assertThat(here.post("t", pause, "me", Instant.EPOCH)).isEqualTo(1);
      assertThat(there.open("s"))
          .containsExactly(
              new Mailbox.Request(1, pause, "me"), new Mailbox.Request(2, enqueue, "you"));
      assertThat(here.answer("s", 1)).isNull();

      there.answer("s", 1, Mailbox.DONE);
      there.answer("s", 2, "It's \"refused\".");

      assertThat(there.open("s")).isEmpty();
      assertThat(here.answer("s", 1)).isEqualTo(Mailbox.DONE);
      assertThat(here.answer("s", 2)).isEqualTo("It's \"refused\".");
      assertThat(here.open("t")).hasSize(1);
    }
  }

  @Test
  void delete_study_takesAllOfItAndNothingElse() {
    for (String name : List.of("s", "t")) {
      try (LedgerClient ledger = open(name)) {
        ledger.keep(RandomEvents.list(4, name, 10));
      }
    }
    try (LedgerClient ledger = open("s")) {
      assertThatThrownBy(() -> provider.delete(setting, "s", home))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("Study 's' is written by");
    }
    try (Mailbox mailbox = provider.mailbox(setting, home)) {
      mailbox.post("s", new Instruction.Pause(), "me", Instant.EPOCH);

      provider.delete(setting, "s", home);

      assertThat(mailbox.open("s")).isEmpty();
    }
    try (LedgerReader reader = provider.reader(setting, home)) {
      assertThat(reader.studies()).containsExactly("t");
      assertThat(reader.read("s")).isEqualTo(new LedgerReader.Recorded(List.of(), List.of()));
      assertThat(reader.read("t").events()).hasSize(10);
    }
    List<StudyEvent> anew = RandomEvents.list(5, "s", 3);
    try (LedgerClient ledger = open("s")) {
      assertThat(ledger.read()).isEmpty();
      assertThat(ledger.keep(anew)).isEqualTo(3);
    }
    assertThat(read("s")).isEqualTo(new LedgerReader.Recorded(anew, List.of()));
  }

  @Test
  void studies_inOneHome_areListedInTheOrderOfTheirBeginning() {
    List<String> names = List.of("b", "a / ü", "c'\"%", "A");
    for (String name : names) {
      try (LedgerClient ledger = open(name)) {
        ledger.keep(RandomEvents.list(3, name, 10));
      }
    }

    try (LedgerReader reader = provider.reader(setting, home)) {
      assertThat(reader.studies()).isEqualTo(names);
      assertThat(reader.read("c'\"%").events()).hasSize(10);
      assertThat(reader.read("nobody")).isEqualTo(new LedgerReader.Recorded(List.of(), List.of()));
    }
  }

  @Test
  void study_thatIsOpen_isRefusedWithItsHolderAndFreedAtItsEnd() {
    try (LedgerClient ledger = open("s")) {
      assertThatThrownBy(() -> provider.open(setting, "s", home))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("Study 's' is written by process " + ProcessHandle.current().pid())
          .hasMessageContaining("Maybe");
      assertThat(ledger.keep(RandomEvents.list(6, "s", 1))).isEqualTo(1);
    }

    try (LedgerClient again = open("s")) {
      assertThat(again.read()).hasSize(1);
    }
  }

  @Test
  void database_thatRefusesARow_failsTheAppendAndKeepsNothingOfIt() throws SQLException {
    List<StudyEvent> events = RandomEvents.list(10, "s", 30);
    try (LedgerClient ledger = open("s")) {
      ledger.keep(events.subList(0, 10));
      refuseEvent(20);

      LedgerActor.Reply reply = ledger.append(events.subList(10, 30));

      assertThat(((LedgerActor.AppendFailed) reply).reason())
          .contains("Study 's'", place() + " could not be written", "disk is full", "Maybe");
      acceptAll();
    }

    try (LedgerClient again = open("s")) {
      assertThat(again.read()).isEqualTo(events.subList(0, 10));
      assertThat(again.keep(events.subList(10, 30))).isEqualTo(30);
    }
  }

  @Test
  void study_withADamagedEvent_isReadButNotWritten() throws SQLException {
    List<StudyEvent> events = RandomEvents.list(12, "s", 20);
    try (LedgerClient ledger = open("s")) {
      ledger.keep(events);
    }
    damage(5);
    execute("DELETE FROM event_journal WHERE sequence_number IN (9, 20)");

    LedgerReader.Recorded recorded = read("s");
    assertThat(recorded.events()).hasSize(17).isSubsetOf(events);
    assertThat(recorded.damages())
        .allMatch(damage -> damage.startsWith(place()))
        .anyMatch(damage -> damage.contains("event_journal, row 5, event 5: its checksum is wrong"))
        .anyMatch(damage -> damage.contains("events 9 to 9 are lost"))
        .anyMatch(damage -> damage.contains("events 20 to 20 are lost"));
    try (LedgerClient ledger = open("s")) {
      LedgerActor.Reply reply = ledger.append(events);
      assertThat(((LedgerActor.AppendFailed) reply).reason())
          .contains("is damaged", "can only be read", "Maybe");
      assertThat(ledger.tryRead()).isEqualTo(reply);
    }
  }

  /** The rows that are lost are drawn anew for each seed; the first one, the beginning, is not. */
  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void study_thatWasRepaired_goesOn(long seed) throws SQLException {
    run(30);
    List<KeptTrial> before = trials();
    long events = read(StoredStudy.NAME).events().size();
    var random = new SplittableRandom(seed);
    for (int lost = 0; lost < 4; lost++) {
      long from = random.nextLong(2, events + 1);
      execute(
          "DELETE FROM event_journal WHERE sequence_number BETWEEN %d AND %d"
              .formatted(from, from + random.nextInt(4)));
    }
    damage(random.nextLong(2, events + 1));

    RepairReport report = provider.repair(setting, StoredStudy.NAME, home);

    assertThat(report.damages()).isNotEmpty().allMatch(damage -> damage.startsWith(place()));
    assertThat(read(StoredStudy.NAME).damages()).isEmpty();
    StudyResult result = run(60);
    assertThat(result.state()).isEqualTo(StudyState.DONE);
    List<KeptTrial> after = trials();
    assertThat(after)
        .hasSize(60)
        .filteredOn(trial -> report.failed().contains(trial.id()))
        .allSatisfy(trial -> assertThat(trial.state()).isEqualTo(TrialState.FAILED));
    for (KeptTrial trial : before) {
      KeptTrial now = after.get(Math.toIntExact(trial.id().number() - 1));
      if (!Configuration.empty().equals(now.candidate())) {
        assertThat(now.candidate()).isEqualTo(trial.candidate());
      }
    }
    assertThat(after).extracting(KeptTrial::candidate).doesNotHaveDuplicates();
  }

  private StudyResult run(int trials) {
    try (Troupe troupe = Troupe.start(Troupe.cpuSlots(2))) {
      return StoredStudy.start(troupe, setting, home, Budget.trials(trials))
          .outcome()
          .toCompletableFuture()
          .join();
    }
  }

  private List<KeptTrial> trials() {
    try (KeptStudies studies = Troupe.keptStudies(setting, home)) {
      return studies.study(StoredStudy.NAME).trials();
    }
  }

  @Test
  void repair_ofAStudyThatIsOpen_isRefused() {
    try (LedgerClient ledger = open("s")) {
      ledger.keep(RandomEvents.list(1, "s", 3));
      assertThatThrownBy(() -> provider.repair(setting, "s", home))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("is written by process " + ProcessHandle.current().pid());
    }
  }

  @Test
  void repair_ofAnIntactStudy_doesNothing() {
    try (LedgerClient ledger = open("s")) {
      ledger.keep(RandomEvents.list(1, "s", 3));
    }

    assertThat(provider.repair(setting, "s", home))
        .isEqualTo(new RepairReport(List.of(), List.of(), null));
  }

  @Test
  void repair_withoutABeginning_isRefusedAndChangesNothing() throws SQLException {
    try (LedgerClient ledger = open("s")) {
      ledger.keep(RandomEvents.list(1, "s", 3));
    }
    execute("DELETE FROM event_journal WHERE sequence_number = 1");
    LedgerReader.Recorded before = read("s");

    assertThatThrownBy(() -> provider.repair(setting, "s", home))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("its beginning is lost");
    assertThat(read("s")).isEqualTo(before);
  }

  LedgerReader.Recorded read(String study) {
    try (LedgerReader reader = provider.reader(setting, home)) {
      return reader.read(study);
    }
  }

  void damage(long event) throws SQLException {
    try (Connection connection = connect();
        PreparedStatement update =
            connection.prepareStatement(
                "UPDATE event_journal SET event_payload = ? WHERE sequence_number = ?")) {
      update.setBytes(1, new byte[] {0, 1, 2, 3, 4, 5, 6});
      update.setLong(2, event);
      update.executeUpdate();
    }
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
