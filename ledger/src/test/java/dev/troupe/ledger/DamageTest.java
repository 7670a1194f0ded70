package dev.troupe.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import akka.actor.testkit.typed.javadsl.ActorTestKit;
import dev.troupe.actor.LedgerActor;
import dev.troupe.actor.LedgerReader;
import dev.troupe.codec.RandomEvents;
import dev.troupe.study.StudyEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bit flips and truncations at random places of a home as a killed process leaves it: never a wrong
 * event, nothing missing without a word, no failure without a place. With {@code -Dtroupe.damage=n}
 * n places are tried, and a table says what came of them.
 */
class DamageTest {

  private static final int PLACES = Integer.getInteger("troupe.damage", 200);
  private static final int EVENTS = 400;
  private static final int OPENINGS = Math.max(4, PLACES / 50);

  private static final Map<String, List<StudyEvent>> STUDIES =
      Map.of("a", RandomEvents.list(1, "a", EVENTS), "b", RandomEvents.list(1, "b", EVENTS));

  /** The files with how many of 20 places are in each. */
  private static final Map<String, Integer> FILES =
      new TreeMap<>(
          Map.of("troupe.db", 10, "troupe.db-wal", 7, "locks/a.count", 2, "locks/b.lock", 1));

  @TempDir static Path home;

  private static final Map<String, byte[]> INTACT = new TreeMap<>();

  private final SplittableRandom random = new SplittableRandom(2);
  private final Map<String, Map<String, Integer>> table = new TreeMap<>();

  /** Half of the events are in the file, half in the log. */
  @BeforeAll
  static void write() throws IOException {
    append(0, EVENTS / 2);
    ActorTestKit kit = ActorTestKit.create();
    append(kit, EVENTS / 2, EVENTS);
    for (String name : FILES.keySet()) {
      INTACT.put(name, Files.readAllBytes(home.resolve(name)));
    }
    kit.shutdownTestKit();
  }

  private static void append(int from, int to) {
    ActorTestKit kit = ActorTestKit.create();
    append(kit, from, to);
    kit.shutdownTestKit();
  }

  private static void append(ActorTestKit kit, int from, int to) {
    STUDIES.forEach(
        (study, events) -> {
          try (LedgerClient ledger = LedgerClient.open(kit, study, home)) {
            for (int next = from; next < to; next += 20) {
              ledger.keep(events.subList(next, next + 20));
            }
          }
        });
  }

  @Test
  void home_damagedAnywhere_givesNoWrongEventAndReportsWhatIsMissing() throws IOException {
    restore();
    assertThat(read("a", "intact")).isEqualTo("intact");
    for (int place = 0; place < PLACES; place++) {
      restore();
      String what = damage();
      for (String study : STUDIES.keySet()) {
        String outcome = read(study, what);
        table
            .computeIfAbsent(what.replaceAll(" at .*", ""), kind -> new TreeMap<>())
            .merge(outcome, 1, Integer::sum);
      }
      list(what);
      if (place % (PLACES / OPENINGS) == 0) {
        open(what);
      }
    }
    if (System.getProperty("troupe.damage") != null) {
      print();
    }
  }

  /** Into the same files: those of a copy would not be believed to belong together. */
  private static void restore() throws IOException {
    Files.deleteIfExists(home.resolve("troupe.db-shm"));
    for (Map.Entry<String, byte[]> file : INTACT.entrySet()) {
      Files.write(home.resolve(file.getKey()), file.getValue());
    }
  }

  private String damage() throws IOException {
    String name = pick();
    byte[] content = INTACT.get(name);
    int place = random.nextInt(content.length);
    boolean cut = random.nextInt(4) == 0;
    byte[] damaged = cut ? Arrays.copyOf(content, place) : content.clone();
    if (!cut) {
      damaged[place] ^= (byte) (1 << random.nextInt(8));
    }
    Files.write(home.resolve(name), damaged);
    return "%s %s at byte %d".formatted(name, cut ? "truncated" : "bit flip", place);
  }

  private String pick() {
    int left = random.nextInt(20);
    for (Map.Entry<String, Integer> file : FILES.entrySet()) {
      left -= file.getValue();
      if (left < 0) {
        return file.getKey();
      }
    }
    throw new IllegalStateException("20 places are expected in all");
  }

  /** Returns what came of it. */
  private static String read(String study, String what) {
    try (LedgerReader reader = new FileLedgerProvider().reader("file", home)) {
      LedgerReader.Recorded recorded = reader.read(study);
      List<StudyEvent> events = STUDIES.get(study);
      requireSubsequence(events, recorded.events(), what);
      assertThat(recorded.damages()).as(what).allMatch(d -> d.contains(database()));
      if (recorded.events().size() < EVENTS) {
        assertThat(recorded.damages()).as(what).isNotEmpty();
        return "events missing, reported";
      }
      return recorded.damages().isEmpty() ? "intact" : "all events, damage reported";
    } catch (IllegalStateException e) {
      assertThat(e).as(what).hasMessageContaining(database());
      return "unreadable, reported";
    }
  }

  private static void requireSubsequence(
      List<StudyEvent> events, List<StudyEvent> found, String what) {
    int at = 0;
    for (StudyEvent event : found) {
      while (at < events.size() && !events.get(at).equals(event)) {
        at++;
      }
      if (at == events.size()) {
        fail(what + ": " + event + " is not what was written at its place");
      }
      at++;
    }
  }

  private static void list(String what) {
    try (LedgerReader reader = new FileLedgerProvider().reader("file", home)) {
      assertThat(STUDIES.keySet()).as(what).containsAll(reader.studies());
    } catch (IllegalStateException e) {
      assertThat(e).as(what).hasMessageContaining(database());
    }
  }

  /** A study whose events are all there is written to, and no other one. */
  private static void open(String what) {
    ActorTestKit kit = ActorTestKit.create();
    String readable = read("a", what);
    try (LedgerClient ledger = LedgerClient.open(kit, "a", home)) {
      LedgerActor.Reply reply = ledger.append(STUDIES.get("a").subList(0, 1));
      if (readable.equals("intact")) {
        assertThat(reply).as(what).isEqualTo(new LedgerActor.Appended(EVENTS + 1));
      } else {
        assertThat(((LedgerActor.AppendFailed) reply).reason()).as(what).contains(database());
      }
    } catch (IllegalStateException e) {
      assertThat(e).as(what).hasMessageContaining(database());
    } finally {
      kit.shutdownTestKit();
    }
  }

  private static String database() {
    return home.resolve("troupe.db").toString();
  }

  private void print() {
    System.out.printf("%d places, 2 studies of %d events:%n", PLACES, EVENTS);
    table.forEach(
        (kind, outcomes) ->
            outcomes.forEach(
                (outcome, count) ->
                    System.out.printf(Locale.ROOT, "%-26s %-30s %5d%n", kind, outcome, count)));
  }
}
