package dev.troupe.estimator.weights;

import static java.util.Objects.requireNonNull;

import dev.troupe.study.Attempt;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the checkpoints of one study in a folder of its own, one file each, called by who saved it
 * and by the hash of its content; and what trials leave to others in the folder {@code weights} in
 * it. A file gets that name when it is whole and on the disk; what is not has another name and is
 * swept up later. Nothing else may be kept in the folder.
 */
public final class FolderCheckpointStore implements CheckpointStore {

  private static final String UNFINISHED = ".part";

  private final Path folder;
  private final FolderWeightStore weights;

  /**
   * Uses a folder.
   *
   * @param folder created when something is saved
   */
  public FolderCheckpointStore(Path folder) {
    this.folder = requireNonNull(folder, "folder").toAbsolutePath();
    weights = new FolderWeightStore(this.folder.resolve("weights"));
  }

  /** Returns the folder. */
  public Path folder() {
    return folder;
  }

  /** Returns the folder in which those of all studies are. */
  @Override
  public @Nullable String place() {
    Path all = folder.getParent();
    return all == null ? null : all.toUri().toString();
  }

  @Override
  public CheckpointKey save(Attempt attempt, long step, CheckpointContent content)
      throws IOException {
    DurableFiles.prepare(folder);
    Path part = folder.resolve(CheckpointKey.prefix(attempt) + UUID.randomUUID() + UNFINISHED);
    try {
      Sealing sealing = DurableFiles.write(part, content);
      var key = new CheckpointKey(attempt, step, sealing.id(), sealing.bytes());
      Files.move(part, folder.resolve(key.name()), StandardCopyOption.ATOMIC_MOVE);
      DurableFiles.force(folder);
      return key;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  @Override
  public void read(CheckpointKey key, OutputStream out) throws IOException {
    Path file = folder.resolve(key.name());
    try (InputStream in = Files.newInputStream(file)) {
      Sealing.requireLength(key, file.toString(), Files.size(file));
      var sealing = new Sealing(out);
      in.transferTo(sealing);
      sealing.require(key, file.toString());
    } catch (NoSuchFileException e) {
      throw new DamagedCheckpointException(key, file.toString(), "there is no such file");
    }
  }

  @Override
  public void remove(CheckpointKey key) throws IOException {
    Files.deleteIfExists(folder.resolve(key.name()));
  }

  @Override
  public void sweep(Set<CheckpointKey> kept, Predicate<Attempt> past) throws IOException {
    Set<String> names = kept.stream().map(CheckpointKey::name).collect(Collectors.toSet());
    for (Path file : DurableFiles.in(folder)) {
      String name = String.valueOf(file.getFileName());
      Optional<Attempt> saver = CheckpointKey.saver(name);
      if (!names.contains(name) && saver.isPresent() && past.test(saver.get())) {
        Files.deleteIfExists(file);
      }
    }
  }

  @Override
  public WeightStore weights() {
    return weights;
  }
}
