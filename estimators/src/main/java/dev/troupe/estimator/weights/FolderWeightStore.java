package dev.troupe.estimator.weights;

import static java.util.Objects.requireNonNull;

import dev.troupe.study.TrialId;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * Keeps weights in a folder of their own: a file for each content, called by its hash, and for each
 * trial an empty one whose name is the record. A content gets its name when it is whole and on the
 * disk, a record after that; so a process that is killed at any moment leaves the index as it was
 * before or as it is after. What became damaged later is found by its hash when it is read.
 */
public final class FolderWeightStore implements WeightStore {

  private static final String UNFINISHED = ".part";
  private static final long BUDGET = 1L << 32;

  /** The newest attempt last. */
  private static final Comparator<LeftWeights> AGE =
      Comparator.comparing((LeftWeights each) -> each.heir().attempt().number())
          .thenComparing(LeftWeights::name);

  private final Path folder;

  /**
   * Uses a folder.
   *
   * @param folder created when something is left
   */
  public FolderWeightStore(Path folder) {
    this.folder = requireNonNull(folder, "folder").toAbsolutePath();
  }

  /** Returns the folder. */
  public Path folder() {
    return folder;
  }

  /** Returns 4 GiB. */
  @Override
  public long defaultBudget() {
    return BUDGET;
  }

  @Override
  public boolean leave(Heir heir, CheckpointContent content) throws IOException {
    DurableFiles.prepare(folder);
    Path part = folder.resolve(UUID.randomUUID() + UNFINISHED);
    try {
      Sealing sealing = DurableFiles.write(part, content);
      var left = new LeftWeights(heir, sealing.id(), sealing.bytes());
      // In place of an equal content, too: that may have been damaged.
      Files.move(part, content(left), StandardCopyOption.ATOMIC_MOVE);
      DurableFiles.force(folder);
      return record(left);
    } finally {
      Files.deleteIfExists(part);
    }
  }

  /** Returns false if the content was forgotten meanwhile, along with an equal one. */
  private boolean record(LeftWeights left) throws IOException {
    List<LeftWeights> earlier =
        records().stream()
            .filter(each -> each.trial().equals(left.trial()) && !each.equals(left))
            .toList();
    Path file = folder.resolve(left.name());
    if (!Files.exists(file)) {
      Files.write(file, new byte[0]);
    }
    forget(earlier);
    if (Files.exists(content(left))) {
      return true;
    }
    Files.deleteIfExists(file);
    return false;
  }

  private Path content(LeftWeights left) {
    return folder.resolve(left.id());
  }

  /** Removes records, and the contents that no other one has. */
  private void forget(List<LeftWeights> forgotten) throws IOException {
    for (LeftWeights each : forgotten) {
      Files.deleteIfExists(folder.resolve(each.name()));
    }
    if (!forgotten.isEmpty()) {
      Set<String> used = usedContents();
      for (LeftWeights each : forgotten) {
        if (!used.contains(each.id())) {
          Files.deleteIfExists(content(each));
        }
      }
    }
    DurableFiles.force(folder);
  }

  private Set<String> usedContents() throws IOException {
    return records().stream().map(LeftWeights::id).collect(Collectors.toSet());
  }

  @Override
  public boolean read(TrialId trial, OutputStream out) throws IOException {
    Optional<LeftWeights> left =
        records().stream().filter(each -> each.trial().equals(trial)).max(AGE);
    if (left.isEmpty()) {
      return false;
    }
    Path file = content(left.get());
    try (InputStream in = Files.newInputStream(file)) {
      var sealing = new Sealing(out);
      in.transferTo(sealing);
      require(left.get(), sealing, file);
      return true;
    } catch (NoSuchFileException e) {
      return false; // forgotten meanwhile, or removed by somebody
    }
  }

  private static void require(LeftWeights left, Sealing passed, Path file) throws IOException {
    String found = passed.id();
    if (passed.bytes() != left.bytes() || !found.equals(left.id())) {
      throw new IOException(
          "What trial %s has left must be what it wrote, but %s has %d bytes and the hash %s. Maybe the disk is damaged."
              .formatted(left.trial(), file, passed.bytes(), found));
    }
  }

  @Override
  public List<LeftWeights> index() throws IOException {
    var newest = new TreeMap<TrialId, LeftWeights>();
    records().stream().sorted(AGE).forEach(each -> newest.put(each.trial(), each));
    return List.copyOf(newest.values());
  }

  /** A trial has two of them if its process was killed between the second and the first. */
  private List<LeftWeights> records() throws IOException {
    return DurableFiles.in(folder).stream()
        .flatMap(file -> LeftWeights.parse(name(file)).stream())
        .toList();
  }

  private static String name(Path file) {
    return String.valueOf(file.getFileName());
  }

  @Override
  public List<TrialId> trim(long budget, WeightNeeds needs) throws IOException {
    List<LeftWeights> victims = Eviction.choose(index(), budget, needs);
    if (!victims.isEmpty()) {
      forget(victims);
    }
    return victims.stream().map(LeftWeights::trial).toList();
  }

  @Override
  public void tidy() throws IOException {
    List<LeftWeights> index = index();
    Set<String> records = index.stream().map(LeftWeights::name).collect(Collectors.toSet());
    Set<String> contents = index.stream().map(LeftWeights::id).collect(Collectors.toSet());
    for (Path file : DurableFiles.in(folder)) {
      String name = name(file);
      boolean useless =
          name.endsWith(UNFINISHED)
              || LeftWeights.isContent(name) && !contents.contains(name)
              || LeftWeights.parse(name).isPresent() && !records.contains(name);
      if (useless) {
        Files.deleteIfExists(file);
      }
    }
  }

  @Override
  public void clear() throws IOException {
    for (Path file : DurableFiles.in(folder)) {
      String name = name(file);
      if (name.endsWith(UNFINISHED)
          || LeftWeights.isContent(name)
          || LeftWeights.parse(name).isPresent()) {
        Files.deleteIfExists(file);
      }
    }
  }
}
