package dev.troupe.estimator.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class CsvFileTest {

  @TempDir Path folder;

  private CsvFile open(String text) throws IOException {
    return CsvFile.open(Files.writeString(folder.resolve("t.csv"), text));
  }

  @Test
  void read_quotesBlanksAndMark_areUnderstood() throws Exception {
    Columns columns =
        open("\uFEFFname , x\r\n\"a, \"\"b\"\"\", 1.5\r\n\r\nc,-inf\n\"two\nlines\",\nd,NaN")
            .read(Set.of("name"), Set.of("x"));

    assertThat(columns.rows()).isEqualTo(4);
    assertThat(columns.text("name").dictionary())
        .containsExactly("a, \"b\"", "c", "two\nlines", "d");
    assertThat(columns.number("x").value(0)).isEqualTo(1.5);
    assertThat(columns.number("x").value(1)).isEqualTo(Double.NEGATIVE_INFINITY);
    assertThat(columns.number("x").isBlank(2)).isTrue();
    assertThat(columns.number("x").isBlank(3)).isFalse();
    assertThat(columns.number("x").value(3)).isNaN();
    assertThat(columns.line(1)).isEqualTo(4);
    assertThat(columns.line(3)).isEqualTo(7);
  }

  @Test
  void read_compressed_isUnpacked() throws Exception {
    Path file = folder.resolve("t.csv.gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write("x\n1\n".getBytes(StandardCharsets.UTF_8));
    }

    assertThat(CsvFile.open(file).read(Set.of(), Set.of("x")).number("x").value(0)).isEqualTo(1);
  }

  @Test
  void open_wrongFile_isRefused() {
    assertRefused(() -> CsvFile.open(folder), "folder");
    assertRefused(() -> CsvFile.open(folder.resolve("none.csv")), "none.csv", "does not exist");
    assertRefused(() -> open(""), "t.csv", "empty");
    assertRefused(() -> open("a,b,a\n1,2,3\n"), "'a'", "twice");
    assertRefused(
        () -> CsvFile.open(Files.write(folder.resolve("l.csv"), new byte[] {'x', (byte) 0xE4})),
        "l.csv",
        "UTF-8");
    assertRefused(
        () -> CsvFile.open(Files.writeString(folder.resolve("p.csv.gz"), "x\n1\n")), "p.csv.gz");
  }

  @Test
  void read_wrongContent_isRefusedWithItsLine() {
    assertRefused(() -> open("x,y\n1,2\n1,2,3\n").read(Set.of(), Set.of("x")), "line 3", "2", "3");
    assertRefused(() -> open("x,y\n1\n").read(Set.of(), Set.of("x")), "line 2");
    assertRefused(
        () -> open("x,y\n1,2\nbad,2\n").read(Set.of(), Set.of("x")), "line 3", "'x'", "'bad'");
    assertRefused(() -> open("x,y\n1,\"2\n").read(Set.of(), Set.of("x")), "t.csv", "line 2");
    assertRefused(() -> open("x,y\n").read(Set.of(), Set.of("x")), "row");
    assertRefused(
        () -> open("alpha,y\n1,2\n").read(Set.of("alhpa"), Set.of()), "'alhpa'", "Maybe 'alpha'");
  }

  private static void assertRefused(ThrowingCallable call, String... parts) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll(parts)
        .hasMessageContaining("Maybe");
  }
}
