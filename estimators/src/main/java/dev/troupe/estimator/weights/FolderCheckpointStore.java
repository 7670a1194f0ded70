package dev.troupe.estimator.weights;

import static java.util.Objects.requireNonNull;

import dev.troupe.study.Attempt;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Keeps the checkpoints of one study in a folder of its own, one file each, called by who saved it
 * and by the hash of its content. A file gets that name when it is whole and on the disk; what is
 * not has another name and is swept up later. Nothing else may be kept in the folder.
 */
public final class FolderCheckpointStore implements CheckpointStore {

  private static final String UNFINISHED = ".part";

  private final Path folder;

  /**
   * Uses a folder.
   *
   * @param folder created when something is saved
   */
  public FolderCheckpointStore(Path folder) {
    this.folder = requireNonNull(folder, "folder").toAbsolutePath();
  }

  /** Returns the folder. */
  public Path folder() {
    return folder;
  }

  @Override
  public CheckpointKey save(Attempt attempt, long step, CheckpointContent content)
      throws IOException {
    prepareFolder();
    Path part = folder.resolve(CheckpointKey.prefix(attempt) + UUID.randomUUID() + UNFINISHED);
    try {
      CheckpointKey key = write(part, attempt, step, content);
      Files.move(part, folder.resolve(key.name()), StandardCopyOption.ATOMIC_MOVE);
      force(folder);
      return key;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  private void prepareFolder() throws IOException {
    if (!Files.isDirectory(folder)) {
      Files.createDirectories(folder);
      Path parent = folder.getParent();
      if (parent != null) {
        force(parent);
      }
    }
  }

  private static CheckpointKey write(
      Path file, Attempt attempt, long step, CheckpointContent content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      var sealing = new Sealing(Channels.newOutputStream(channel));
      var out = new BufferedOutputStream(sealing, 1 << 16);
      content.writeTo(out);
      out.flush();
      channel.force(true);
      return new CheckpointKey(attempt, step, sealing.id(), sealing.bytes());
    }
  }

  /** A new name is on the disk only when the folder is. */
  private static void force(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
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
    for (Path file : files()) {
      String name = String.valueOf(file.getFileName());
      Optional<Attempt> saver = CheckpointKey.saver(name);
      if (!names.contains(name) && saver.isPresent() && past.test(saver.get())) {
        Files.deleteIfExists(file);
      }
    }
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (NoSuchFileException e) {
      return List.of(); // nothing has been saved
    } catch (FileSystemException e) {
      throw new FileSystemException(folder.toString(), null, e.getMessage());
    }
  }
}
