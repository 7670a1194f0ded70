package dev.troupe.estimator.weights;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.troupe.study.Attempt;
import dev.troupe.study.TrialId;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderCheckpointStoreTest {

  private static final Attempt FIRST = Attempt.first(TrialId.of(7));

  @TempDir private Path home;

  private FolderCheckpointStore store() {
    return new FolderCheckpointStore(home.resolve("checkpoints/study"));
  }

  private static byte[] read(CheckpointStore store, CheckpointKey key) throws IOException {
    var out = new ByteArrayOutputStream();
    store.read(key, out);
    return out.toByteArray();
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(store().folder())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static CheckpointContent content(String text) {
    return out -> out.write(text.getBytes(UTF_8));
  }

  @Test
  void read_byAnotherStore_isWhatWasSaved() throws Exception {
    byte[] bytes = new byte[300_000];
    new SplittableRandom(1).nextBytes(bytes);

    CheckpointKey key = store().save(FIRST, 3, out -> out.write(bytes));

    assertThat(key.bytes()).isEqualTo(bytes.length);
    assertThat(read(store(), key)).isEqualTo(bytes);
    assertThat(files()).containsExactly("7-1-3-" + key.id());
  }

  @Test
  void sweep_always_sparesWhatWasLeft() throws Exception {
    store().save(FIRST, 1, content("checkpoint"));
    store().weights().leave(Heir.of(FIRST), content("weights"));
    store().sweep(Set.of(), attempt -> true);
    var out = new ByteArrayOutputStream();

    assertThat(store().weights().read(FIRST.trial(), out)).isTrue();
    assertThat(out.toString(UTF_8)).isEqualTo("weights");
    assertThat(files()).containsExactly("weights");
  }

  @Test
  void save_sameContentByAnotherAttempt_isAnotherCheckpoint() throws Exception {
    CheckpointKey first = store().save(FIRST, 3, content("same"));
    CheckpointKey second = store().save(FIRST.next(), 3, content("same"));

    store().remove(first);

    assertThat(second.id()).isEqualTo(first.id());
    assertThat(read(store(), second)).asString(UTF_8).isEqualTo("same");
  }

  @Test
  void save_contentThatFails_leavesNothing() throws Exception {
    assertThatThrownBy(
            () ->
                store()
                    .save(
                        FIRST,
                        3,
                        out -> {
                          out.write(new byte[100_000]);
                          throw new IOException("the disk is full");
                        }))
        .hasMessage("the disk is full");

    assertThat(files()).isEmpty();
  }

  @Test
  void save_folderThatCannotBeWritten_namesIt() throws Exception {
    Files.createDirectories(store().folder());
    assumeThat(store().folder().toFile().setReadOnly()).isTrue();
    assumeThat(Files.isWritable(store().folder())).isFalse(); // as root everything is

    assertThatThrownBy(() -> store().save(FIRST, 3, content("x")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(store().folder().toString());
  }

  @Test
  void save_fileInPlaceOfTheFolder_namesIt() throws Exception {
    Files.createDirectories(store().folder().getParent());
    Files.writeString(store().folder(), "in the way");

    assertThatThrownBy(() -> store().save(FIRST, 3, content("x")))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(store().folder().toString());
  }

  @Test
  void read_checkpointThatIsGone_isDamageWithItsPlace() throws Exception {
    CheckpointKey key = store().save(FIRST, 3, content("x"));
    store().remove(key);
    store().remove(key);

    assertThatThrownBy(() -> read(store(), key))
        .isInstanceOf(DamagedCheckpointException.class)
        .hasMessageContaining("The checkpoint of trial 7 at step 3 (" + store().folder())
        .hasMessageContaining("there is no such file");
  }

  /** With {@code -Dtroupe.damages=1000} at more places. */
  @Test
  void read_damagedAtRandomPlaces_isNeverAccepted() throws Exception {
    int places = Integer.getInteger("troupe.damages", 200);

    int noticed = CheckpointDamage.count(home.resolve("damage"), places, 5);

    System.out.printf("%d of %d damaged checkpoints were noticed.%n", noticed, places);
    assertThat(noticed).isEqualTo(places);
  }

  @Test
  void sweep_leftovers_keepsWhatIsWantedAndWhatOthersWrite() throws Exception {
    Attempt other = Attempt.first(TrialId.of(8));
    CheckpointKey kept = store().save(FIRST, 3, content("kept"));
    store().save(FIRST, 4, content("not on record"));
    CheckpointKey later = store().save(other, 1, content("of an attempt that runs"));
    Files.writeString(store().folder().resolve("7-1-0123.part"), "interrupted");
    Files.writeString(store().folder().resolve("8-1-0123.part"), "being written");
    Files.writeString(store().folder().resolve("README"), "not ours");

    store().sweep(Set.of(kept), attempt -> attempt.trial().number() < 8);

    assertThat(files())
        .containsExactlyInAnyOrder(kept.name(), later.name(), "8-1-0123.part", "README");
  }

  @Test
  void sweep_folderThatDoesNotExist_doesNothing() throws Exception {
    store().sweep(Set.of(), attempt -> true);

    assertThat(store().folder()).doesNotExist();
  }

  @Test
  void memory_whatWasSaved_isReadUntilItIsRemoved() throws Exception {
    var store = new MemoryCheckpointStore();
    CheckpointKey first = store.save(FIRST, 1, content("one"));
    CheckpointKey second = store.save(FIRST, 2, content("two"));

    assertThat(read(store, first)).asString(UTF_8).isEqualTo("one");
    store.sweep(Set.of(second), attempt -> true);
    assertThat(read(store, second)).asString(UTF_8).isEqualTo("two");
    assertThatThrownBy(() -> read(store, first)).isInstanceOf(DamagedCheckpointException.class);
    store.remove(second);
    assertThatThrownBy(() -> read(store, second)).isInstanceOf(DamagedCheckpointException.class);
  }

  @Test
  void open_settings_chooseTheStore() {
    assertThat(CheckpointStores.open("auto", true, "My study", home))
        .isInstanceOfSatisfying(
            FolderCheckpointStore.class,
            store ->
                assertThat(store.folder())
                    .isEqualTo(home.resolve("checkpoints/%4dy%20study").toAbsolutePath()));
    assertThat(CheckpointStores.open("auto", false, "a", home))
        .isInstanceOf(MemoryCheckpointStore.class);
    assertThat(CheckpointStores.open("none", true, "a", home)).isNull();
    assertThat(CheckpointStores.open(home.toUri().toString(), false, "a", Path.of("elsewhere")))
        .isInstanceOfSatisfying(
            FolderCheckpointStore.class,
            store -> assertThat(store.folder()).isEqualTo(home.resolve("a")));
    assertThatThrownBy(() -> CheckpointStores.open("s3://bucket", true, "a", home))
        .hasMessageStartingWith("checkpoints must be auto, none or one of [file, memory")
        .hasMessageContaining("but was 's3://bucket'. Maybe checkpoints = auto.");
    assertThatThrownBy(() -> CheckpointStores.open("file:relative", true, "a", home))
        .hasMessageContaining("checkpoints must name an absolute folder")
        .hasMessageContaining("'file:relative'");
  }

  @Test
  void key_impossibleValues_areRefused() {
    String id = "0".repeat(64);

    assertThatThrownBy(() -> new CheckpointKey(FIRST, -1, id, 0))
        .hasMessageContaining("but was at step -1");
    assertThatThrownBy(() -> new CheckpointKey(FIRST, 0, "../" + id, 0))
        .hasMessageContaining("the hash '../");
    assertThat(CheckpointKey.saver("0-1-x")).isEmpty();
    assertThat(CheckpointKey.saver("99999999999999999999-1-x")).isEmpty();
  }
}
