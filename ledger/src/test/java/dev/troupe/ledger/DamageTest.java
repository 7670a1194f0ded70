package dev.troupe.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import dev.troupe.actor.LedgerReader;
import dev.troupe.codec.RandomEvents;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Damaged files: never a wrong event, and nothing missing without a word. */
class DamageTest {

  private static final List<String> STUDIES = List.of("a", "b");
  private static final int EVENTS = 400;

  @TempDir Path home;

  @BeforeEach
  void write() {
    ActorTestKit kit = ActorTestKit.create();
    for (String study : STUDIES) {
      try (LedgerClient ledger = LedgerClient.open(kit, study, home)) {
        ledger.keep(RandomEvents.list(1, study, EVENTS));
      }
    }
    kit.shutdownTestKit();
  }

  @Test
  void databaseFile_withAnyBitFlipped_givesNoWrongEventAndReportsWhatIsMissing()
      throws IOException {
    byte[] intact = Files.readAllBytes(database());
    var random = new SplittableRandom(2);
    int unreadable = 0;
    for (int flip = 0; flip < 300; flip++) {
      byte[] damaged = intact.clone();
      int place = random.nextInt(damaged.length);
      damaged[place] ^= (byte) (1 << random.nextInt(8));
      unreadable += check(damaged, "bit flip at byte " + place);
    }
    assertThat(unreadable).isLessThan(2 * 30);
  }

  @Test
  void databaseFile_truncatedAnywhere_givesNoWrongEventAndReportsWhatIsMissing()
      throws IOException {
    byte[] intact = Files.readAllBytes(database());
    var random = new SplittableRandom(3);
    for (int cut = 0; cut < 50; cut++) {
      int length = random.nextInt(intact.length);
      check(Arrays.copyOf(intact, length), "truncated at byte " + length);
    }
  }

  /** Returns how many studies could not be read at all. */
  private int check(byte[] content, String what) throws IOException {
    Files.write(database(), content);
    int unreadable = 0;
    try (LedgerReader reader = new FileLedgerProvider().reader("file", home)) {
      try {
        assertThat(STUDIES).as(what).containsAll(reader.studies());
      } catch (IllegalStateException e) {
        assertThat(e).as(what).hasMessageContaining(database().toString());
      }
      for (String study : STUDIES) {
        unreadable += check(reader, study, what) ? 0 : 1;
      }
    }
    return unreadable;
  }

  private boolean check(LedgerReader reader, String study, String what) {
    try {
      LedgerReader.Recorded recorded = reader.read(study);
      if (!recorded.events().isEmpty()) {
        assertThat(RandomEvents.list(1, study, EVENTS))
            .as(what)
            .containsSubsequence(recorded.events());
      }
      if (recorded.events().size() < EVENTS) {
        assertThat(recorded.damages()).as(what).isNotEmpty();
      }
      assertThat(recorded.damages()).as(what).allMatch(d -> d.contains(database().toString()));
      return true;
    } catch (IllegalStateException e) {
      assertThat(e).as(what).hasMessageContaining(database().toString());
      return false;
    }
  }

  private Path database() {
    return home.resolve("troupe.db");
  }
}
