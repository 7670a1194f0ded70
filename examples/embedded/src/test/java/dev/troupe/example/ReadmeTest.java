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

/** What the README quotes is in the examples, which are compiled and run. */
class ReadmeTest {

  private static final Path README = Path.of("../../README.md");
  private static final Path SOURCES = Path.of("src/main/java/dev/troupe/example");
  private static final Pattern QUOTED =
      Pattern.compile("<!-- example: (\\S+) -->\\s*```java\\n(.*?)```", Pattern.DOTALL);
  private static final Pattern FILE =
      Pattern.compile("<!-- file: (\\S+) -->\\s*```\\w+\\n(.*?)```", Pattern.DOTALL);
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

  @Test
  void files_ofReadme_areThoseOfTheExamples() throws IOException {
    Matcher quoted = FILE.matcher(Files.readString(README));
    int files = 0;
    while (quoted.find()) {
      files++;
      Path file = README.resolveSibling(quoted.group(1));
      assertThat(quoted.group(2)).as(quoted.group(1)).isEqualTo(Files.readString(file));
    }
    assertThat(files).isPositive();
  }
}
