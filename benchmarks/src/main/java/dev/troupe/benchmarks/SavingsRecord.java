package dev.troupe.benchmarks;

import com.typesafe.config.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The runs that were made, a line each in a file that grows with each of them: what is there is not
 * run again. Several processes need files of their own; {@link #load} reads as many as there are.
 * Not thread safe.
 */
final class SavingsRecord {

  private final Path file;
  private final Map<SavingsRun.Key, SavingsRun> runs = new LinkedHashMap<>();

  private SavingsRecord(Path file) {
    this.file = file;
  }

  /**
   * Opens a record.
   *
   * @param file to which new runs are appended; made if there is none
   * @param others whose runs count as made, too
   * @throws IOException if one cannot be read
   */
  static SavingsRecord load(Path file, List<Path> others) throws IOException {
    var record = new SavingsRecord(file);
    for (Path other : others) {
      record.read(other);
    }
    if (Files.exists(file)) {
      record.read(file);
    }
    return record;
  }

  private void read(Path from) throws IOException {
    List<String> lines = Files.readAllLines(from);
    for (int i = 0; i < lines.size(); i++) {
      try {
        SavingsRun run = SavingsRun.of(lines.get(i));
        runs.put(run.key(), run);
      } catch (ConfigException e) {
        if (i < lines.size() - 1) { // the last one may have been cut off
          throw new IOException(
              "File %s, line %d is no run: %s. Maybe delete the line."
                  .formatted(from, i + 1, e.getMessage()),
              e);
        }
      }
    }
  }

  @Nullable SavingsRun find(SavingsRun.Key key) {
    return runs.get(key);
  }

  /** Returns the runs in the order in which they were made. */
  Collection<SavingsRun> runs() {
    return Collections.unmodifiableCollection(runs.values());
  }

  /** Adds a run, and appends it to the file. */
  void add(SavingsRun run) throws IOException {
    runs.put(run.key(), run);
    Files.writeString(
        file, run.json() + "\n", StandardOpenOption.CREATE, StandardOpenOption.APPEND);
  }
}
