package dev.troupe.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import dev.troupe.actor.LedgerReader;
import dev.troupe.codec.RandomEvents;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Ledgers of several processes, and processes that die. */
class ProcessesTest {

  private static final int KILLS = 20;
  private static final int MANY = 100_000;

  @TempDir Path home;

  @Test
  void process_killedAtAnyMoment_losesNothingThatWasAcknowledged() throws Exception {
    var random = new SplittableRandom(1);
    int acknowledged = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      try (AppendingProcess process = AppendingProcess.start(home, "s", MANY)) {
        int before = acknowledged;
        assertThat(Integer.parseInt(process.line())).isGreaterThanOrEqualTo(before);
        for (int lines = random.nextInt(1, 30); lines > 0; lines--) {
          acknowledged = Integer.parseInt(process.line());
        }
        Thread.sleep(random.nextInt(3), random.nextInt(1_000_000));
        process.kill();
        String last = process.lastLine(); // what it still said
        acknowledged = last.isEmpty() ? acknowledged : Integer.parseInt(last);
      }
      LedgerReader.Recorded recorded = read("s");
      assertThat(recorded.damages()).isEmpty();
      assertThat(recorded.events()).hasSizeGreaterThanOrEqualTo(acknowledged);
      assertThat(recorded.events()).isEqualTo(RandomEvents.list(1, "s", recorded.events().size()));
    }
  }

  @Test
  void study_writtenByAnotherProcess_isReadButNotOpened() throws Exception {
    try (AppendingProcess process = AppendingProcess.start(home, "s", MANY)) {
      int kept = Integer.parseInt(process.line());
      while (kept < 100) {
        kept = Integer.parseInt(process.line());
      }

      assertThatThrownBy(() -> new FileLedgerProvider().open("file", "s", home))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("Study 's' is written by process " + process.pid());
      assertThat(read("s").events()).hasSizeGreaterThanOrEqualTo(kept);
      process.kill();
    }

    ActorTestKit kit = ActorTestKit.create();
    try (LedgerClient ledger = LedgerClient.open(kit, "s", home)) {
      assertThat(ledger.read()).isEqualTo(read("s").events());
    } finally {
      kit.shutdownTestKit();
    }
  }

  @Test
  void processes_withDifferentStudies_writeSideBySide() throws Exception {
    int count = 4000;
    try (AppendingProcess a = AppendingProcess.start(home, "a", count);
        AppendingProcess b = AppendingProcess.start(home, "b", count)) {
      assertThat(a.lastLine()).isEqualTo(Integer.toString(count));
      assertThat(b.lastLine()).isEqualTo(Integer.toString(count));
    }

    for (String study : List.of("a", "b")) {
      assertThat(read(study))
          .isEqualTo(new LedgerReader.Recorded(RandomEvents.list(1, study, count), List.of()));
    }
  }

  @Test
  void disk_thatTakesNoMore_failsTheAppendAndKeepsTheRest() throws Exception {
    Path shell = Path.of("/bin/bash");
    assumeTrue(Files.isExecutable(shell), "needs bash, whose ulimit makes files end early");
    String limited = "ulimit -f 3072; exec \"$0\" \"$@\"";
    String last;
    int kept = 0;
    try (AppendingProcess process =
        AppendingProcess.start(home, "s", MANY, shell.toString(), "-c", limited)) {
      last = "";
      for (String line = process.line(); line != null; line = process.line()) {
        kept = line.matches("\\d+") ? Integer.parseInt(line) : kept;
        last = line;
      }
    }

    assertThat(last).contains("AppendFailed", "troupe.db could not be written", "Maybe");
    LedgerReader.Recorded recorded = read("s");
    assertThat(recorded.damages()).isEmpty();
    assertThat(recorded.events()).isEqualTo(RandomEvents.list(1, "s", kept));
  }

  private LedgerReader.Recorded read(String study) {
    try (LedgerReader reader = new FileLedgerProvider().reader("file", home)) {
      return reader.read(study);
    }
  }
}
