package dev.troupe.estimator.weights;

import static java.util.Objects.requireNonNull;

import dev.troupe.study.Attempt;
import dev.troupe.study.TrialId;
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
import org.jspecify.annotations.Nullable;

/**
 * Keeps the checkpoints of one study in a folder of its own, one file each, called by who saved it
 * and by the hash of its content; and what trials leave to others beside them. A file gets that
 * name when it is whole and on the disk; what is not has another name and is swept up later.
 * Nothing else may be kept in the folder.
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

  /** Returns the folder in which those of all studies are. */
  @Override
  public @Nullable String place() {
    Path all = folder.getParent();
    return all == null ? null : all.toUri().toString();
  }

  @Override
  public CheckpointKey save(Attempt attempt, long step, CheckpointContent content)
      throws IOException {
    prepareFolder();
    Path part = folder.resolve(CheckpointKey.prefix(attempt) + UUID.randomUUID() + UNFINISHED);
    try {
      Sealing sealing = write(part, content);
      var key = new CheckpointKey(attempt, step, sealing.id(), sealing.bytes());
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

  /** Returns what has passed to the file, which is on the disk then. */
  private static Sealing write(Path file, CheckpointContent content) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE)) {
      var sealing = new Sealing(Channels.newOutputStream(channel));
      var out = new BufferedOutputStream(sealing, 1 << 16);
      content.writeTo(out);
      out.flush();
      channel.force(true);
      return sealing;
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

  @Override
  public boolean leave(TrialId trial, CheckpointContent content) throws IOException {
    prepareFolder();
    Path part = folder.resolve(LeftName.prefix(trial) + UUID.randomUUID() + UNFINISHED);
    try {
      Sealing sealing = write(part, content);
      var name = new LeftName(trial, sealing.bytes(), sealing.id());
      Files.move(part, folder.resolve(name.text()), StandardCopyOption.ATOMIC_MOVE);
      for (Path file : files()) {
        Optional<LeftName> other = LeftName.parse(String.valueOf(file.getFileName()));
        if (other.isPresent() && other.get().isOlderThan(name)) {
          Files.deleteIfExists(file);
        }
      }
      force(folder);
      return true;
    } finally {
      Files.deleteIfExists(part);
    }
  }

  @Override
  public boolean readLeft(TrialId trial, OutputStream out) throws IOException {
    for (Path file : files()) {
      Optional<LeftName> name = LeftName.parse(String.valueOf(file.getFileName()));
      if (name.isPresent() && name.get().trial().equals(trial)) {
        try (InputStream in = Files.newInputStream(file)) {
          var sealing = new Sealing(out);
          in.transferTo(sealing);
          name.get().require(sealing, file);
          return true;
        }
      }
    }
    return false;
  }

  @Override
  public void forgetLeft() throws IOException {
    for (Path file : files()) {
      if (LeftName.isOne(String.valueOf(file.getFileName()))) {
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
