package dev.troupe.bench;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.troupe.StudyFile;
import dev.troupe.settings.Nearest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A list of problems that come with Troupe, each a study file. Immutable and thread safe.
 *
 * @param name what it is called
 * @param description in a line
 * @param needsData whether the problems read files that do not come with Troupe
 * @param problems their names, in order
 */
public record Suite(String name, String description, boolean needsData, List<String> problems) {

  /** The environment variable that names the folder of the data. */
  public static final String DATA_VARIABLE = "TROUPE_DATA";

  private static final List<String> NAMES =
      List.of(
          "peers",
          "synthetic",
          "conditional",
          "nb201",
          "macro",
          "graph",
          "fcnet",
          "hpobench",
          "yahpo",
          "taskset");

  /** Copies the list. */
  public Suite {
    problems = List.copyOf(problems);
  }

  /** Returns the names of all suites. */
  public static List<String> names() {
    return NAMES;
  }

  /**
   * Returns the suite of a name.
   *
   * @throws IllegalArgumentException if there is none, with the nearest name
   */
  public static Suite named(String name) {
    if (!NAMES.contains(name)) {
      throw new IllegalArgumentException(
          "There is no suite named '%s'. %s".formatted(name, Nearest.hint(name, NAMES)));
    }
    Config suite = ConfigFactory.parseString(resource("suites.conf")).getConfig(name);
    return new Suite(
        name,
        suite.getString("description"),
        suite.getBoolean("needs-data"),
        suite.getStringList("problems"));
  }

  /**
   * Returns one of its problems.
   *
   * @param problem one of its names
   * @param data the folder of the data; null if there is none
   * @param overrides further settings of the form {@code key=value}, which win over the problem's
   * @throws IllegalArgumentException if there is no such problem, an override is wrong, or data are
   *     missing
   */
  public Problem problem(String problem, @Nullable Path data, List<String> overrides) {
    return Problem.of(study(problem, data, overrides));
  }

  /**
   * Returns one of its problems, moved for each seed.
   *
   * @param seed of {@link Shifts}
   * @throws IllegalArgumentException as {@link #problem} does, or if the problem cannot be moved
   */
  public Problem movedProblem(
      String problem, @Nullable Path data, List<String> overrides, int seed) {
    return Problem.moved(
        new Shifts(
            seed,
            more -> {
              var all = new ArrayList<>(overrides);
              all.addAll(more);
              return study(problem, data, all);
            }));
  }

  private StudyFile study(String problem, @Nullable Path data, List<String> overrides) {
    if (!problems.contains(problem)) {
      throw new IllegalArgumentException(
          "Suite '%s' has no problem named '%s'. %s"
              .formatted(name, problem, Nearest.hint(problem, problems)));
    }
    if (needsData) {
      requireFolder(data);
    }
    Path folder = data == null ? Path.of("") : data;
    String text = resource(name + "/" + problem + ".conf");
    return StudyFile.parse(folder.resolve(problem + ".conf"), text, overrides);
  }

  private void requireFolder(@Nullable Path data) {
    if (data == null) {
      throw new IllegalArgumentException(
          "Suite '%s' needs a folder of data, but none is named. Maybe --data DIR, or set the environment variable %s."
              .formatted(name, DATA_VARIABLE));
    }
    if (!Files.isDirectory(data)) {
      throw new IllegalArgumentException(
          "Suite '%s' needs a folder of data, but '%s' is none. Maybe --data DIR, or set the environment variable %s."
              .formatted(name, data, DATA_VARIABLE));
    }
  }

  private static String resource(String path) {
    try (InputStream in = Suite.class.getResourceAsStream(path)) {
      if (in == null) {
        throw new IllegalStateException("Resource '%s' is missing.".formatted(path));
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
