package dev.troupe.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.Study;
import dev.troupe.StudyFile;
import dev.troupe.Troupe;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.StudyResult;
import dev.troupe.study.TrialState;
import java.io.IOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.LongStream;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A daemon, and workers in this process and in others, on loopback. */
@Timeout(120)
class ClusterTest {

  private static final ClusterTimes TIMES =
      new ClusterTimes(Duration.ofMillis(500), Duration.ofSeconds(3), Duration.ofSeconds(30));

  private static Identity identity;

  @TempDir Path home;

  private ClusterDaemon daemon;
  private Path joinFile;
  private final List<AutoCloseable> workers = new ArrayList<>();
  private final List<StudyEvent> events = new CopyOnWriteArrayList<>();

  @BeforeAll
  static void createIdentity() {
    identity = Identity.create();
  }

  @BeforeEach
  void start() throws Exception {
    joinFile = home.resolve("join.conf");
    PrivateFiles.write(home.resolve("cluster.pem"), identity.certificatePem() + identity.keyPem());
    daemon = startDaemon(home);
  }

  private static ClusterDaemon startDaemon(Path home) {
    return ClusterDaemon.start(
        new DaemonSettings(
            home, home.resolve("join.conf"), new Endpoint("127.0.0.1", 0), null, List.of(), TIMES));
  }

  @AfterEach
  void close() throws Exception {
    for (AutoCloseable worker : workers) {
      worker.close();
    }
    daemon.close();
  }

  private WorkerProcess startProcess(String name) throws IOException {
    WorkerProcess process = WorkerProcess.start(joinFile, name, 1, Path.of(""));
    workers.add(process);
    return process;
  }

  private ClusterWorker startHere(Path file, String name) {
    ClusterWorker worker =
        ClusterWorker.start(new WorkerSettings(file, Troupe.cpuSlots(1), name, null, null, TIMES));
    workers.add(worker);
    return worker;
  }

  private CompletableFuture<StudyResult> run(
      String estimator, String ledger, int trials, Consumer<StudyEvent> listener) {
    String text =
        """
        study { name = s, metric = loss, direction = minimize, parallelism = 2 }
        space { x { type = float, low = 0, high = 1 } }
        strategy { name = random }
        estimator { name = sleeping, %s }
        budget { trials = %d }
        ledger = %s
        """
            .formatted(estimator, trials, ledger);
    StudyFile file = StudyFile.parse(home.resolve("s.conf"), text, List.of());
    Study<?> study =
        file.start(file.builder(daemon.troupe(), List.of(events::add, listener)).home(home));
    return study.outcome().toCompletableFuture();
  }

  private void requireEachCompletedOnce(StudyResult result, int trials) {
    assertThat(result.completed()).isEqualTo(trials);
    assertThat(result.trials()).isEqualTo(trials);
    assertThat(events)
        .filteredOn(StudyEvent.TrialEnded.class::isInstance)
        .extracting(event -> ((StudyEvent.TrialEnded) event).trial())
        .allSatisfy(trial -> assertThat(trial.state()).isEqualTo(TrialState.COMPLETED))
        .extracting(trial -> trial.id().number())
        .containsExactlyInAnyOrderElementsOf(LongStream.rangeClosed(1, trials).boxed().toList());
  }

  @Test
  void worker_killedInMidTrial_itsTrialIsDoneElsewhereAndCountedOnce() throws Exception {
    WorkerProcess victim = startProcess("victim");
    startProcess("survivor");
    var victimAtWork = new CompletableFuture<Void>();

    CompletableFuture<StudyResult> outcome =
        run(
            "seconds = 1",
            "file",
            6,
            event -> {
              if (event instanceof StudyEvent.AttemptStarted started
                  && started.device().startsWith("victim/")) {
                victimAtWork.complete(null);
              }
            });
    victimAtWork.get(60, TimeUnit.SECONDS);
    victim.kill();

    requireEachCompletedOnce(outcome.get(60, TimeUnit.SECONDS), 6);
    assertThat(events)
        .filteredOn(StudyEvent.AttemptFailed.class::isInstance)
        .extracting(event -> (StudyEvent.AttemptFailed) event)
        .anySatisfy(
            failed -> {
              assertThat(failed.lost()).isTrue();
              assertThat(failed.reason()).contains("worker victim", "was not heard for 3 s");
            });
  }

  @Test
  void worker_ofAnotherCluster_isTurnedAwayWhileTheRightOneWorks(@TempDir Path elsewhere)
      throws Exception {
    Path wrong = elsewhere.resolve("join.conf");
    new JoinFile(daemon.address(), Identity.create()).write(wrong);
    ClusterWorker stranger = startHere(wrong, "stranger");
    startHere(joinFile, "friend");

    requireEachCompletedOnce(
        run("seconds = 0.1", "memory", 5, any -> {}).get(60, TimeUnit.SECONDS), 5);
    assertThat(events)
        .filteredOn(StudyEvent.AttemptStarted.class::isInstance)
        .extracting(event -> ((StudyEvent.AttemptStarted) event).device())
        .containsOnly("friend/cpu-0");
    assertThat(stranger.ended()).isNotDone();
  }

  @Test
  void connection_withoutTheCertificate_isClosedBeforeAnythingIsSaid() throws Exception {
    assertThat(isAccepted(identity)).isTrue();
    assertThat(isAccepted(Identity.create())).isFalse();
    assertThat(isAccepted(null)).isFalse();
    try (var plain = new Socket(daemon.address().host(), daemon.address().port())) {
      plain.getOutputStream().write("AKKA and more".getBytes(StandardCharsets.UTF_8));
      plain.setSoTimeout(10_000);
      byte[] answer = plain.getInputStream().readAllBytes();
      assertThat(answer).as("a TLS alert at most").hasSizeLessThan(20);
    }
  }

  /** Connects like a member does, and returns whether the daemon goes on listening. */
  private boolean isAccepted(@Nullable Identity identity) throws Exception {
    SSLSocketFactory sockets = Credulous.context(identity).getSocketFactory();
    Endpoint address = daemon.address();
    try (var socket = (SSLSocket) sockets.createSocket(address.host(), address.port())) {
      socket.startHandshake();
      socket.setSoTimeout(2_000);
      return socket.getInputStream().read() >= 0;
    } catch (SocketTimeoutException e) {
      return true; // it waits for us to speak
    } catch (IOException e) {
      return false;
    }
  }

  @Test
  void worker_closed_givesItsTrialBackAtOnce() throws Exception {
    ClusterWorker first = startHere(joinFile, "first");
    var atWork = new CompletableFuture<Void>();
    CompletableFuture<StudyResult> outcome =
        run(
            "seconds = 1",
            "memory",
            2,
            event -> {
              if (event instanceof StudyEvent.AttemptStarted) {
                atWork.complete(null);
              }
            });
    atWork.get(60, TimeUnit.SECONDS);

    first.close();
    startHere(joinFile, "second");

    requireEachCompletedOnce(outcome.get(60, TimeUnit.SECONDS), 2);
    assertThat(events)
        .filteredOn(StudyEvent.AttemptFailed.class::isInstance)
        .extracting(event -> ((StudyEvent.AttemptFailed) event).reason())
        .allSatisfy(reason -> assertThat(reason).contains("worker first left"));
  }

  @Test
  void daemon_restarted_workersFindItAgainAndTheStudyGoesOn() throws Exception {
    startHere(joinFile, "loyal");
    var oneDone = new CompletableFuture<EndedTrial>();
    var unused =
        run(
            "seconds = 0.3",
            "file",
            6,
            event -> {
              if (event instanceof StudyEvent.TrialEnded ended) {
                oneDone.complete(ended.trial());
              }
            });
    oneDone.get(60, TimeUnit.SECONDS);
    int port = daemon.address().port();
    String joinedWith = Files.readString(joinFile);
    daemon.close();
    events.removeIf(event -> !(event instanceof StudyEvent.TrialEnded));

    daemon =
        ClusterDaemon.start(
            new DaemonSettings(
                home, joinFile, new Endpoint("127.0.0.1", port), null, List.of(), TIMES));

    assertThat(Files.readString(joinFile)).isEqualTo(joinedWith);
    StudyResult result = run("seconds = 0.3", "file", 6, any -> {}).get(60, TimeUnit.SECONDS);
    requireEachCompletedOnce(result, 6);
  }

  @Test
  void worker_thatCannotMakeTheEstimator_declinesAndOthersDoTheTrials(@TempDir Path elsewhere)
      throws Exception {
    workers.add(WorkerProcess.start(joinFile, "unable", 1, elsewhere));
    var declined = new CompletableFuture<String>();
    CompletableFuture<StudyResult> outcome =
        run(
            "seconds = 0.1, requires = pom.xml", // in the working folder of this process alone
            "memory",
            3,
            event -> {
              if (event instanceof StudyEvent.AttemptFailed failed) {
                declined.complete(failed.reason());
              }
            });
    assertThat(declined.get(60, TimeUnit.SECONDS))
        .contains("worker unable cannot do it", "'pom.xml' is missing");

    startHere(joinFile, "able");

    requireEachCompletedOnce(outcome.get(60, TimeUnit.SECONDS), 3);
  }

  @Test
  void start_addressInUse_isRefused(@TempDir Path other) {
    var settings =
        new DaemonSettings(
            other, other.resolve("join.conf"), daemon.address(), null, List.of(), TIMES);

    assertThatThrownBy(() -> ClusterDaemon.start(settings))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("Nobody can listen at " + daemon.address(), "Maybe");
  }
}
