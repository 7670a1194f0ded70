package dev.troupe.daemon;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.troupe.StudyFile;
import dev.troupe.actor.PortableStudy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Studies that are handed to the daemon of a home folder: files in {@code submitted}, each of which
 * appears at once. A study's file stays until it has ended, so that a daemon that is started again
 * takes it up; beside it lies the daemon's answer.
 */
final class Submissions {

  /**
   * What a daemon answers.
   *
   * @param study the name under which it is served; null if it is refused
   * @param refusal why, if it is
   * @param ended whether it has ended
   */
  record Answer(@Nullable String study, @Nullable String refusal, boolean ended) {}

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String STUDY = ".study";
  private static final String ANSWER = ".answer";

  private final Path folder;

  Submissions(Path home) {
    folder = home.resolve("submitted");
  }

  // For whoever hands a study over

  /** Hands a study over, and returns by which id it is asked for. */
  String submit(StudyFile file, boolean fresh) {
    String id = UUID.randomUUID().toString();
    PortableStudy study = file.portable();
    ObjectNode node = JSON.createObjectNode();
    node.put("file", study.file().toString());
    node.put("text", study.text());
    study.overrides().forEach(node.putArray("overrides")::add);
    node.put("fresh", fresh);
    write(id + STUDY, node);
    return id;
  }

  /** Returns what the daemon has answered; null if it has not yet. */
  @Nullable Answer answer(String id) {
    JsonNode node = read(folder.resolve(id + ANSWER));
    return node == null
        ? null
        : new Answer(text(node, "study"), text(node, "refusal"), node.path("ended").asBoolean());
  }

  private static @Nullable String text(JsonNode node, String key) {
    JsonNode value = node.path(key);
    return value.isTextual() ? value.asText() : null;
  }

  /** Takes a study back that no daemon has taken, or removes what is left of one that ended. */
  void remove(String id) {
    try {
      Files.deleteIfExists(folder.resolve(id + STUDY));
      Files.deleteIfExists(folder.resolve(id + ANSWER));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  // For the daemon

  /** Returns the ids of all studies that have not ended. */
  List<String> open() {
    var ids = new ArrayList<String>();
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        files
            .map(file -> file.getFileName().toString())
            .filter(name -> name.endsWith(STUDY))
            .sorted()
            .forEach(name -> ids.add(name.substring(0, name.length() - STUDY.length())));
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
    return ids;
  }

  /** Returns whether a study begins anew beside the one of its name. */
  boolean isFresh(String id) {
    JsonNode node = read(folder.resolve(id + STUDY));
    return node != null && node.path("fresh").asBoolean();
  }

  /**
   * Returns a study that was handed over; null if it has been taken back.
   *
   * @throws IllegalArgumentException if anything in it is wrong
   */
  @Nullable StudyFile study(String id) {
    JsonNode node = read(folder.resolve(id + STUDY));
    if (node == null) {
      return null;
    }
    var overrides = new ArrayList<String>();
    node.path("overrides").forEach(each -> overrides.add(each.asText()));
    return StudyFile.parse(
        Path.of(node.path("file").asText()), node.path("text").asText(), overrides);
  }

  /** Says that a study is served. */
  void accept(String id, String study) {
    answer(id, new Answer(study, null, false));
    JsonNode node = read(folder.resolve(id + STUDY));
    if (node instanceof ObjectNode kept && kept.path("fresh").asBoolean()) {
      kept.put("fresh", false); // a daemon that is started again goes on with it
      kept.withArray("overrides").add("study.name=\"%s\"".formatted(study));
      write(id + STUDY, kept);
    }
  }

  /** Says that a study is refused. */
  void refuse(String id, String reason) {
    answer(id, new Answer(null, reason, true));
    removeStudy(id);
  }

  /** Says that a study has ended. */
  void end(String id, String study) {
    answer(id, new Answer(study, null, true));
    removeStudy(id);
  }

  private void removeStudy(String id) {
    try {
      Files.deleteIfExists(folder.resolve(id + STUDY));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void answer(String id, Answer answer) {
    ObjectNode node = JSON.createObjectNode();
    node.put("study", answer.study());
    node.put("refusal", answer.refusal());
    node.put("ended", answer.ended());
    write(id + ANSWER, node);
  }

  private void write(String name, JsonNode node) {
    try {
      Files.createDirectories(folder);
      Path draft = Files.createTempFile(folder, ".", ".new");
      Files.write(draft, JSON.writeValueAsBytes(node));
      Files.move(
          draft,
          folder.resolve(name),
          StandardCopyOption.ATOMIC_MOVE,
          StandardCopyOption.REPLACE_EXISTING);
    } catch (IOException e) {
      throw new UncheckedIOException(
          "A study cannot be handed over: folder %s cannot be written".formatted(folder), e);
    }
  }

  private static @Nullable JsonNode read(Path file) {
    try {
      return JSON.readTree(Files.readAllBytes(file));
    } catch (NoSuchFileException e) {
      return null;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
