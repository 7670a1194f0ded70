package dev.troupe.estimator.process;

import dev.troupe.estimator.Evaluation;
import dev.troupe.estimator.weights.Checkpoint;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** The files by which one run of a program saves where it stands, and goes on; they go with it. */
final class CheckpointFiles implements AutoCloseable {

  private final Evaluation evaluation;
  private final @Nullable Path folder;
  private final @Nullable Long resumedStep;

  private CheckpointFiles(
      Evaluation evaluation, @Nullable Path folder, @Nullable Long resumedStep) {
    this.evaluation = evaluation;
    this.folder = folder;
    this.resumedStep = resumedStep;
  }

  /**
   * Lays down what an earlier attempt has saved, and a place for more.
   *
   * @throws IOException if the temporary folder cannot be written, or the checkpoint be read
   */
  static CheckpointFiles prepare(Evaluation evaluation) throws IOException {
    Optional<Checkpoint> restored = evaluation.restored();
    if (restored.isEmpty() && !evaluation.keepsCheckpoints()) {
      return new CheckpointFiles(evaluation, null, null);
    }
    Path folder = Files.createTempDirectory("troupe-trial-");
    Long step = restored.map(Checkpoint::step).orElse(null);
    var files = new CheckpointFiles(evaluation, folder, step);
    if (restored.isPresent()) {
      try (OutputStream out = Files.newOutputStream(resumed(folder))) {
        restored.get().writeTo(out);
      } catch (IOException | RuntimeException e) {
        files.close();
        throw e;
      }
    }
    return files;
  }

  private static Path resumed(Path folder) {
    return folder.resolve("resume");
  }

  private static Path written(Path folder) {
    return folder.resolve("checkpoint");
  }

  /** Returns where the program may write, or null if nothing is kept. */
  @Nullable Path checkpoint() {
    return folder != null && evaluation.keepsCheckpoints() ? written(folder) : null;
  }

  /** Returns after which step the program goes on, or null if it begins anew. */
  @Nullable Long resumedStep() {
    return resumedStep;
  }

  /** Returns what the program goes on from, or null if it begins anew. */
  @Nullable Path resume() {
    return folder == null || resumedStep == null ? null : resumed(folder);
  }

  /**
   * Keeps what the program has written, if anything is kept. From then on it may write anew.
   *
   * @throws BadLineException if it has written nothing
   */
  void save(long step) throws BadLineException, IOException {
    Path from = checkpoint();
    if (from == null) {
      return;
    }
    Path taken = from.resolveSibling("taken");
    try {
      Files.move(from, taken, StandardCopyOption.ATOMIC_MOVE);
    } catch (NoSuchFileException e) {
      throw new BadLineException(
          "a checkpoint must be written before {\"checkpoint\":%d}, but there was no file %s"
              .formatted(step, from));
    }
    evaluation.save(step, out -> Files.copy(taken, out));
    Files.deleteIfExists(taken);
  }

  /** Removes the files; what cannot be removed is left to the system. */
  @Override
  public void close() {
    if (folder == null) {
      return;
    }
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file : Stream.concat(files, Stream.of(folder)).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      return; // a temporary folder
    }
  }
}
