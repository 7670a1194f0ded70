package dev.troupe.estimator.process;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

final class LastWordsTest {

  @Test
  void text_nothingWritten_isEmpty() {
    assertThat(lastWords("")).isEmpty();
    assertThat(lastWords(" \n\n")).isEmpty();
  }

  @Test
  void text_short_isAllOfIt() {
    assertThat(lastWords("one\r\ntwo\n\tthree\n")).isEqualTo("one\ntwo\n\tthree");
  }

  @Test
  void text_coloursAndControls_areLeftOut() {
    assertThat(lastWords("\u001B[1;31mred\u001B[0m \u0007bell\rnext")).isEqualTo("red bell\nnext");
  }

  @Test
  void text_exactlyAsLongAsIsKept_isNotCut() {
    assertThat(lastWords("x".repeat(LastWords.KEPT))).isEqualTo("x".repeat(LastWords.KEPT));
  }

  @Test
  void text_long_isItsEndFromAWholeCharacterOn() {
    String words = lastWords("x" + "ä".repeat(9000) + "!");

    assertThat(words).startsWith("…ä").endsWith("ä!").doesNotContain("\uFFFD", "x");
    assertThat(words.getBytes(StandardCharsets.UTF_8).length)
        .isBetween(LastWords.KEPT - 3, LastWords.KEPT + 3);
  }

  private static String lastWords(String written) {
    var words = new LastWords(new ByteArrayInputStream(written.getBytes(StandardCharsets.UTF_8)));
    words.run();
    return words.text();
  }
}
