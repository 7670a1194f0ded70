package dev.troupe.estimator.weights;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.study.Attempt;
import dev.troupe.study.Lineage;
import dev.troupe.study.TrialId;
import dev.troupe.study.WeightSource;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightStoreTest {

  private static final TrialId YOUNGEST = TrialId.of(1_000);

  @TempDir private Path home;

  private FolderWeightStore folderStore() {
    return new FolderWeightStore(home.resolve("study/weights"));
  }

  private WeightStore store(String kind) {
    return kind.equals("folder") ? folderStore() : new MemoryWeightStore();
  }

  private static TrialId id(long number) {
    return TrialId.of(number);
  }

  private static Heir heir(long trial) {
    return Heir.of(Attempt.first(id(trial)));
  }

  private static Heir heir(long trial, long parent) {
    return Heir.of(Attempt.first(id(trial)), new WeightSource.Partial(id(parent)));
  }

  private static CheckpointContent content(String text) {
    return out -> out.write(text.getBytes(UTF_8));
  }

  private static @Nullable String read(WeightStore store, long trial) throws IOException {
    var out = new ByteArrayOutputStream();
    return store.read(id(trial), out) ? out.toString(UTF_8) : null;
  }

  private List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(folderStore().folder())) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static WeightNeeds needs(Set<TrialId> needed, @Nullable Set<TrialId> heritable) {
    return new WeightNeeds(needed, heritable, YOUNGEST);
  }

  @ParameterizedTest
  @ValueSource(strings = {"folder", "memory"})
  void read_afterLeave_isWhatWasLeftLast(String kind) throws Exception {
    WeightStore store = store(kind);
    assertThat(read(store, 7)).isNull();
    assertThat(store.leave(heir(7), content("first"))).isTrue();
    assertThat(store.leave(heir(71), content("another's"))).isTrue();
    assertThat(store.leave(new Heir(heir(7).attempt().next(), null, null), content("second")))
        .isTrue();

    assertThat(read(store, 7)).isEqualTo("second");
    assertThat(read(store, 71)).isEqualTo("another's");
    assertThat(store.index()).extracting(LeftWeights::trial).containsExactly(id(7), id(71));
    store.clear();
    assertThat(read(store, 7)).isNull();
    assertThat(store.index()).isEmpty();
  }

  @Test
  void leave_equalContents_areKeptOnce() throws Exception {
    folderStore().leave(heir(1), content("same"));
    folderStore().leave(heir(2, 1), content("same"));

    assertThat(files()).hasSize(3);
    folderStore().trim(4, needs(Set.of(), null));
    assertThat(read(folderStore(), 1)).as("nothing had to go").isEqualTo("same");
    folderStore().leave(heir(1), content("other"));
    assertThat(read(folderStore(), 2)).isEqualTo("same");
  }

  @Test
  void index_byAnotherStore_tellsWhoInheritedFromWhom() throws Exception {
    folderStore().leave(heir(1), content("a"));
    folderStore()
        .leave(
            Heir.of(new Attempt(id(5), 3), new WeightSource.Parent(id(1), List.of("widen a by 2"))),
            content("bc"));

    List<LeftWeights> index = folderStore().index();

    assertThat(index.get(0).heir()).isEqualTo(heir(1));
    assertThat(index.get(1).heir().parent()).isEqualTo(id(1));
    assertThat(index.get(1).heir().way()).hasToString("MORPHISM");
    assertThat(index.get(1).heir().attempt()).isEqualTo(new Attempt(id(5), 3));
    assertThat(index.get(1).bytes()).isEqualTo(2);
  }

  @Test
  void leave_interrupted_keepsWhatWasLeftBefore() throws Exception {
    folderStore().leave(heir(7), content("whole"));
    assertThatThrownBy(
            () ->
                folderStore()
                    .leave(
                        heir(7),
                        out -> {
                          out.write(1);
                          throw new IOException("no more");
                        }))
        .hasMessage("no more");
    assertThat(read(folderStore(), 7)).isEqualTo("whole");
    assertThat(files()).hasSize(2);
  }

  @Test
  void read_damaged_isRefusedUntilItIsLeftAgain() throws Exception {
    folderStore().leave(heir(7), content("weights"));
    Path file = folderStore().folder().resolve(folderStore().index().get(0).id());
    Files.writeString(file, "weightz");
    assertThatThrownBy(() -> read(folderStore(), 7))
        .isInstanceOf(IOException.class)
        .hasMessageContaining("What trial 7 has left must be what it wrote")
        .hasMessageContaining(file.toString());
    Files.writeString(file, "wei");
    assertThatThrownBy(() -> read(folderStore(), 7)).hasMessageContaining("has 3 bytes");
    folderStore().leave(heir(8), content("weights"));
    assertThat(read(folderStore(), 7)).isEqualTo("weights");
    Files.delete(file);
    assertThat(read(folderStore(), 7)).isNull();
  }

  /** A kill leaves what stood between two steps of {@link FolderWeightStore#leave}. */
  @Test
  void tidy_afterAKill_keepsTheIndexAndNothingElse() throws Exception {
    folderStore().leave(heir(1), content("old"));
    folderStore().leave(heir(2), content("whole"));
    Path folder = folderStore().folder();
    Files.writeString(folder.resolve("0123.part"), "who");
    Files.writeString(folder.resolve("a".repeat(64)), "content without a record");
    Files.writeString(folder.resolve("README"), "not ours");
    Attempt second = heir(1).attempt().next();
    var newer = new LeftWeights(new Heir(second, null, null), folderStore().index().get(1).id(), 5);
    Files.createFile(folder.resolve(newer.name())); // before the older record was removed

    assertThat(read(folderStore(), 1)).isEqualTo("whole");
    folderStore().tidy();

    assertThat(files()).hasSize(4).contains("README");
    assertThat(read(folderStore(), 1)).isEqualTo("whole");
    assertThat(read(folderStore(), 2)).isEqualTo("whole");
  }

  @ParameterizedTest
  @ValueSource(strings = {"folder", "memory"})
  void trim_beyondTheBudget_forgetsWhatNobodyInheritsFirst(String kind) throws Exception {
    WeightStore store = store(kind);
    for (long trial = 1; trial <= 6; trial++) {
      store.leave(trial == 6 ? heir(6, 2) : heir(trial), content("weights " + trial)); // 9 bytes
    }
    Set<TrialId> heritable = Set.of(id(2), id(3), id(4), id(6));

    assertThat(store.trim(54, needs(Set.of(), heritable))).isEmpty();
    assertThat(store.trim(36, needs(Set.of(id(1)), heritable))).containsExactly(id(5), id(3));
    assertThat(store.trim(18, needs(Set.of(id(1)), heritable)))
        .as("2 was inherited by 6, after 4")
        .containsExactly(id(4), id(2));
    assertThat(store.trim(0, needs(Set.of(id(1)), heritable))).containsExactly(id(6));
    assertThat(read(store, 1)).as("is needed").isEqualTo("weights 1");
    assertThat(store.trim(0, new WeightNeeds(Set.of(), Set.of(), id(1)))).containsExactly(id(1));
    store.leave(heir(9), content("young"));
    assertThat(store.trim(0, new WeightNeeds(Set.of(), Set.of(), id(8)))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void store_underRandomCalls_isLikeAMap(long seed) throws Exception {
    var random = new SplittableRandom(seed);
    Map<Long, String> model = new TreeMap<>();
    Map<Long, Integer> attempts = new HashMap<>();
    WeightStore memory = new MemoryWeightStore();
    for (int step = 0; step < 120; step++) {
      long trial = random.nextLong(1, 12);
      switch (random.nextInt(4)) {
        case 0, 1 -> {
          String text = "x".repeat(random.nextInt(1, 6)); // often equal
          int attempt = attempts.merge(trial, 1, Integer::sum);
          var heir =
              Heir.of(
                  new Attempt(id(trial), attempt),
                  trial > 1
                      ? new WeightSource.Partial(id(random.nextLong(1, trial)))
                      : WeightSource.fresh());
          assertThat(folderStore().leave(heir, content(text))).isTrue();
          memory.leave(heir, content(text));
          model.put(trial, text);
        }
        case 2 -> {
          var needed = new HashSet<TrialId>();
          LongStream.range(1, 12)
              .filter(each -> random.nextInt(4) == 0)
              .forEach(each -> needed.add(id(each)));
          WeightNeeds needs = needs(needed, random.nextBoolean() ? null : Set.of(id(trial)));
          long budget = random.nextLong(12);
          List<TrialId> forgotten = folderStore().trim(budget, needs);
          assertThat(memory.trim(budget, needs)).as("seed %s", seed).isEqualTo(forgotten);
          assertThat(forgotten).noneMatch(needed::contains);
          forgotten.forEach(each -> model.remove(each.number()));
          assertThat(
                  model.values().stream().distinct().mapToInt(String::length).sum() <= budget
                      || needed.stream().map(TrialId::number).toList().containsAll(model.keySet()))
              .as("it fits, or all is needed, seed %s", seed)
              .isTrue();
        }
        default -> folderStore().tidy();
      }
      for (long each = 1; each < 12; each++) {
        assertThat(read(folderStore(), each)).as("seed %s", seed).isEqualTo(model.get(each));
        assertThat(read(memory, each)).as("seed %s", seed).isEqualTo(model.get(each));
      }
      assertThat(folderStore().index()).isEqualTo(memory.index());
    }
    if (!model.isEmpty()) {
      long contents = model.values().stream().distinct().count();
      assertThat(files()).as("seed %s", seed).hasSize((int) contents + model.size());
    }
  }

  @Test
  void heir_ofAYoungerParent_isRefused() {
    assertThatThrownBy(() -> new Heir(heir(3).attempt(), id(3), Lineage.Way.COPY))
        .hasMessageContaining("Trial 3: what it leaves comes from an older trial");
    assertThatThrownBy(() -> new Heir(heir(3).attempt(), id(2), null))
        .hasMessageContaining("but was to come from trial 2 by null");
    assertThat(heir(3, 9)).isEqualTo(heir(3));
    assertThat(LeftWeights.parse("left-3-1-5-" + "0".repeat(64) + "-of-9-copy")).isEmpty();
    assertThat(LeftWeights.parse("left-3-1-5-" + "0".repeat(64) + "-of-2-theft")).isEmpty();
  }
}
