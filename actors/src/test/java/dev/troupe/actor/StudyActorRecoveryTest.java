package dev.troupe.actor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import akka.actor.testkit.typed.javadsl.TestProbe;
import akka.actor.typed.ActorRef;
import akka.actor.typed.javadsl.Behaviors;
import dev.troupe.study.Attempt;
import dev.troupe.study.Budget;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Instruction;
import dev.troupe.study.Measurement;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.Outcome;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.StudyResult;
import dev.troupe.study.TrialId;
import dev.troupe.study.Verdict;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The study's actor with a record, among devices and a ledger that the test plays. */
@Timeout(60)
class StudyActorRecoveryTest {

  private static final ActorTestKit KIT = ActorTestKit.create();

  private final ManualTimers timers = new ManualTimers();
  private final TestProbe<DeviceActor.Command> devices = KIT.createTestProbe();
  private final TestProbe<LedgerActor.Command> ledger = KIT.createTestProbe();
  private final CompletableFuture<@Nullable Void> opened = new CompletableFuture<>();
  private final CompletableFuture<StudyResult> result = new CompletableFuture<>();
  private final List<StudyEvent> facts = new ArrayList<>();
  private final Setups setups = new Setups();

  @AfterAll
  static void close() {
    KIT.shutdownTestKit();
  }

  private ActorRef<StudyActor.Command> start() {
    StudySetup setup = setups.build();
    return KIT.spawn(
        StudyActor.create(
            setup,
            Behaviors.receiveMessage(
                message -> {
                  ledger.getRef().tell(message);
                  return Behaviors.same();
                }),
            devices.getRef(),
            timers,
            new EventBus(setup.name(), List.of(), List.of()),
            opened,
            result));
  }

  /** Answers what is on record. */
  private void tellFacts() {
    ledger.expectMessageClass(LedgerActor.Read.class).replyTo().tell(new LedgerActor.Facts(facts));
  }

  private List<StudyEvent> keep() {
    LedgerActor.Append append = ledger.expectMessageClass(LedgerActor.Append.class);
    append.replyTo().tell(new LedgerActor.Appended(1));
    return append.events();
  }

  private void recordOneTrial() {
    facts.add(
        new StudyEvent.StudyStarted(
            "test",
            timers.now(),
            List.of(Objective.minimize("loss")),
            "scripted",
            1,
            1,
            setups.budget,
            Map.of()));
    facts.add(new StudyEvent.StrategyAsked("test", List.of(), Map.of(), 1, 1, 0));
    facts.add(new StudyEvent.TrialSuggested("test", TrialId.of(1), Setups.suggestion(0.5)));
  }

  private static Attempt attempt(int number) {
    return new Attempt(TrialId.of(1), number);
  }

  @Test
  void start_untilTheRecordIsRead_nothingHappens() {
    ActorRef<StudyActor.Command> study = start();
    LedgerActor.Read read = ledger.expectMessageClass(LedgerActor.Read.class);
    study.tell(
        new StudyActor.Instruct(
            new Instruction.Stop(true), "a test", null, new CompletableFuture<>()));
    ledger.expectNoMessage(Duration.ofMillis(50));
    assertThat(opened).isNotDone();

    read.replyTo().tell(new LedgerActor.Facts(List.of()));

    assertThat(keep())
        .hasExactlyElementsOfTypes(StudyEvent.StudyStarted.class, StudyEvent.StudyInstructed.class);
    assertThat(opened).isCompleted();
    assertThat(keep()).hasOnlyElementsOfType(StudyEvent.StudyEnded.class);
  }

  @Test
  void start_trialThatRan_runsAgainWhenItsLostAttemptIsOnRecord() {
    recordOneTrial();
    start();
    tellFacts();

    LedgerActor.Append append = ledger.expectMessageClass(LedgerActor.Append.class);
    devices.expectNoMessage(Duration.ofMillis(50));
    append.replyTo().tell(new LedgerActor.Appended(5));

    assertThat(append.events())
        .hasSize(2)
        .contains(new StudyEvent.AttemptFailed("test", attempt(1), "its process ended", 0, true));
    assertThat(append.events().get(0)).isInstanceOf(StudyEvent.StudyResumed.class);
    assertThat(devices.expectMessageClass(DeviceActor.Offer.class).job().attempt())
        .isEqualTo(attempt(2));
  }

  @Test
  void start_trialThatWasToldToStop_endsAsPruned() {
    setups.pruner = (trial, ended, active) -> Verdict.CONTINUE;
    recordOneTrial();
    var measurement = new Measurement(1, Metrics.of("loss", 3), 2);
    facts.add(new StudyEvent.Measured("test", attempt(1), measurement, Verdict.STOP));
    start();
    tellFacts();

    StudyEvent.TrialEnded end = (StudyEvent.TrialEnded) keep().get(1);

    assertThat(end.trial().outcome()).isEqualTo(new Outcome.Pruned(Metrics.of("loss", 3)));
    assertThat(end.trial().measurements()).containsExactly(measurement);
    assertThat(end.trial().deviceSeconds()).isEqualTo(2);
  }

  @Test
  void start_wallClockOfEarlierRuns_counts() {
    setups.budget = Budget.wallClock(Duration.ofSeconds(10));
    recordOneTrial();
    facts.add(
        new StudyEvent.StudyResumed(
            "test", timers.now().plusSeconds(100), 1, setups.budget)); // a run that left no trace
    facts.add(new StudyEvent.AttemptFailed("test", attempt(1), "its process ended", 0, true));
    facts.add(
        new StudyEvent.TrialEnded(
            "test",
            timers.now().plusSeconds(108),
            new EndedTrial(
                TrialId.of(1),
                Setups.suggestion(0.5),
                List.of(),
                new Outcome.Completed(Metrics.of("loss", 1)),
                3)));
    start();
    tellFacts();
    keep(); // it goes on
    keep(); // the next trial
    devices.expectMessageClass(DeviceActor.Offer.class);

    timers.advance(Duration.ofSeconds(1));
    devices.expectNoMessage(Duration.ofMillis(50));
    timers.advance(Duration.ofSeconds(1));

    assertThat(devices.expectMessageClass(DeviceActor.Withdraw.class).interrupt()).isTrue();
  }

  @Test
  void start_strategyThatThrowsOnItsRecord_isRefused() {
    setups.strategy =
        Setups.strategy(
            count -> {
              throw new IllegalStateException("no more ideas");
            });
    recordOneTrial();
    start();
    tellFacts();

    assertThatThrownBy(() -> opened.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("its strategy 'scripted' is not the one on record")
        .hasMessageContaining("no more ideas");
    ledger.expectNoMessage(Duration.ofMillis(50));
  }

  @Test
  void start_ledgerThatCannotBeRead_isRefused() {
    start();
    ledger
        .expectMessageClass(LedgerActor.Read.class)
        .replyTo()
        .tell(new LedgerActor.AppendFailed("page 7 is torn"));

    assertThatThrownBy(() -> opened.get(10, TimeUnit.SECONDS))
        .hasCauseInstanceOf(IllegalStateException.class)
        .hasMessageContaining("its ledger cannot be read: page 7 is torn");
  }
}
