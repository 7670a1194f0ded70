package dev.troupe.example;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The Java of the README is the Java of the examples, which compiles and runs. */
class ReadmeTest {

  private static final Path README = Path.of("../../README.md");
  private static final Path SOURCES = Path.of("src/main/java/dev/troupe/example");
  private static final Pattern QUOTED =
      Pattern.compile("<!-- example: (\\S+) -->\\s*```java\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern MARKED =
      Pattern.compile("// example: (\\S+)\\n(.*?)// end", Pattern.DOTALL);

  private static Map<String, List<String>> examples() throws IOException {
    var examples = new HashMap<String, List<String>>();
    try (Stream<Path> files = Files.list(SOURCES)) {
      for (Path file : files.toList()) {
        examples.putAll(find(MARKED, Files.readString(file)));
      }
    }
    return examples;
  }

  private static Map<String, List<String>> find(Pattern pattern, String text) {
    var found = new LinkedHashMap<String, List<String>>();
    Matcher matcher = pattern.matcher(text);
    while (matcher.find()) {
      found.put(matcher.group(1), matcher.group(2).strip().lines().map(String::strip).toList());
    }
    return found;
  }

  @Test
  void java_ofReadme_isThatOfTheExamples() throws IOException {
    String readme = Files.readString(README);
    Map<String, List<String>> quoted = find(QUOTED, readme);

    assertThat(quoted).containsExactlyInAnyOrderEntriesOf(examples());
    assertThat(readme.split("```java", -1)).as("unmarked Java blocks").hasSize(quoted.size() + 1);
  }
}
