package dev.troupe.architecture;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigUtil;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * Examples that were worked out independently of this code: {@code examples.json}, a list of {@code
 * {id, method, inputs, expected, note}}.
 */
public final class WorkedExamples {

  private static final List<? extends Config> ALL = read();

  private WorkedExamples() {}

  private static List<? extends Config> read() {
    try (InputStream json = WorkedExamples.class.getResourceAsStream("/examples.json")) {
      if (json == null) {
        throw new IllegalStateException("The worked examples, /examples.json, are missing.");
      }
      String text = new String(json.readAllBytes(), StandardCharsets.UTF_8);
      return ConfigFactory.parseString("{\"all\":" + text + "}").getConfigList("all");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Returns an example by its id: {@code inputs}, {@code expected}, {@code note}. */
  public static Config example(String id) {
    for (Config example : ALL) {
      if (example.getString("id").equals(id)) {
        return example;
      }
    }
    throw new IllegalArgumentException("There is no worked example '%s'.".formatted(id));
  }

  /** Returns what an example expects, whose keys need {@link #key} where they are not words. */
  public static Config expected(String id) {
    return example(id).getConfig("expected");
  }

  /** Returns the path of a key with blanks, dots or other signs in it. */
  public static String key(String name) {
    return ConfigUtil.quoteString(name);
  }
}
