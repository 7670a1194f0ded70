package dev.troupe.estimator.dl4j.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.troupe.settings.Provider;
import dev.troupe.settings.Providers;
import dev.troupe.settings.Settings;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DataSetProvidersTest {

  @TempDir private Path folder;

  @Test
  void all_onClassPath_areFoundByName() {
    assertThat(Providers.all(DataSetProvider.class))
        .extracting(Provider::name)
        .contains("breast-cancer", "csv", "digits", "fashion-mnist", "iris", "wine");
  }

  @ParameterizedTest
  @CsvSource({
    "digits, 1797, 64, 10",
    "iris, 150, 4, 3",
    "wine, 178, 13, 3",
    "breast-cancer, 569, 30, 2"
  })
  void load_bundled_hasItsRows(String name, int rows, int features, int classes) {
    LabelledData data = load(name, Map.of());

    assertThat(data.rows()).isEqualTo(rows);
    assertThat(data.shape().size()).isEqualTo(features);
    assertThat(data.classes()).hasSize(classes);
    assertThat(data.testRows()).isZero();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void load_idxFiles_readsPicturesAndOfficialTestPart(boolean compressed) throws IOException {
    writeIdx(compressed);

    LabelledData data =
        load("fashion-mnist", Map.of("folder", folder.toString(), "train-limit", 10));

    assertThat(data.rows()).isEqualTo(14);
    assertThat(data.testRows()).isEqualTo(4);
    assertThat(data.shape()).isEqualTo(InputShape.image(2, 3));
    var row = new float[6];
    data.features().read(9, row, 0);
    assertThat(row).containsExactly(209, 209, 209, 209, 209, 209);
    assertThat(data.target(9)).isEqualTo(9);
    data.features().read(10, row, 0);
    assertThat(row[0]).isEqualTo(200);
  }

  @Test
  void load_fashionMnistAbsent_saysHowToGetIt() {
    assertThatThrownBy(() -> load("fashion-mnist", Map.of("folder", folder.toString())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("train-images-idx3-ubyte")
        .hasMessageContaining("Maybe correct estimator.folder");
  }

  @Test
  void load_idxCutOff_isRefused() throws IOException {
    writeIdx(false);
    Path images = folder.resolve("train-images-idx3-ubyte");
    Files.write(images, java.util.Arrays.copyOf(Files.readAllBytes(images), 30));

    assertThatThrownBy(() -> load("fashion-mnist", Map.of("folder", folder.toString())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("ends before its last value");
  }

  @Test
  void load_idxOfOtherKind_isRefused() throws IOException {
    writeIdx(false);
    Files.copy(
        folder.resolve("t10k-labels-idx1-ubyte"),
        folder.resolve("train-images-idx3-ubyte"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);

    assertThatThrownBy(() -> load("fashion-mnist", Map.of("folder", folder.toString())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("must begin with 0x00000803, but begins with 0x00000801");
  }

  @Test
  void load_realFashionMnist_hasItsSize() {
    assumeThat(Path.of("/usr/share/datasets/fashion-mnist")).isDirectory();

    LabelledData data = load("fashion-mnist", Map.of("train-limit", 6000));

    assertThat(data.rows()).isEqualTo(16_000);
    assertThat(data.testRows()).isEqualTo(10_000);
    assertThat(data.shape()).isEqualTo(InputShape.image(28, 28));
  }

  @Test
  void load_csvWithTexts_encodesThemAndGuessesClasses() throws IOException {
    Path file = write("a,colour,kind\n1,red,x\n2,blue,y\n3,red,x\n4,\"green\",y\n");

    LabelledData data = load("csv", Map.of("file", file.toString()));

    assertThat(data.task()).isEqualTo(Task.CLASSIFICATION);
    assertThat(data.classes()).containsExactly("x", "y");
    assertThat(data.shape().size()).isEqualTo(4);
    var row = new float[4];
    data.features().read(1, row, 0);
    assertThat(row).containsExactly(2, 1, 0, 0); // blue, green, red
  }

  @Test
  void load_csvWithNumbers_guessesRegression() throws IOException {
    Path file = write("y,a\n1.5,1\n2.5,2\n3.0,3\n");

    LabelledData data = load("csv", Map.of("file", file.toString(), "target", "y"));

    assertThat(data.task()).isEqualTo(Task.REGRESSION);
    assertThat(data.target(1)).isEqualTo(2.5f);
  }

  @Test
  void load_csvWithNamedTask_obeys() throws IOException {
    Path file = write("a,y\n1,10\n2,20\n3,10\n");

    assertThat(load("csv", Map.of("file", file.toString())).classes()).containsExactly("10", "20");
    assertThat(load("csv", Map.of("file", file.toString(), "task", "regression")).target(1))
        .isEqualTo(20f);
  }

  @Test
  void load_csvMissingValue_namesRowAndColumn() throws IOException {
    Path file = write("a,b,y\n1,2,x\n1,,y\n");

    assertThatThrownBy(() -> load("csv", Map.of("file", file.toString())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("row 2, column 'b': a value must be present, but was ''")
        .hasMessageContaining("ignore the column");
    assertThat(load("csv", Map.of("file", file.toString(), "ignore", List.of("b"))).shape().size())
        .isEqualTo(1);
  }

  @Test
  void load_csvUnknownTarget_namesTheNearest() throws IOException {
    Path file = write("width,height\n1,2\n");

    assertThatThrownBy(() -> load("csv", Map.of("file", file.toString(), "target", "heigth")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no column 'heigth'")
        .hasMessageContaining("Maybe 'height'.");
  }

  @Test
  void load_csvTextTargetOfRegression_isRefused() throws IOException {
    Path file = write("a,y\n1,2\n2,low\n");

    assertThatThrownBy(() -> load("csv", Map.of("file", file.toString(), "task", "regression")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("row 2, column 'y'")
        .hasMessageContaining("'low'")
        .hasMessageContaining("Maybe task = classification");
  }

  @Test
  void load_csvAbsent_isRefused() {
    assertThatThrownBy(() -> load("csv", Map.of("file", "nowhere.csv")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("nowhere.csv must be a file that can be read");
    assertThatThrownBy(() -> load("csv", Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("estimator.file must be set");
  }

  @Test
  void load_csvRaggedRow_isRefused() throws IOException {
    Path file = write("a,y\n1,2\n1,2,3\n");

    assertThatThrownBy(() -> load("csv", Map.of("file", file.toString())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("row 2: there must be 2 values, as in the header, but there are 3");
  }

  @ParameterizedTest
  @ValueSource(strings = {"a,y\n1,\"2\n", "a,a\n1,2\n", "a,\n1,2\n"})
  void load_csvThatIsNone_isRefused(String text) throws IOException {
    Path file = write(text);

    assertThatThrownBy(() -> load("csv", Map.of("file", file.toString())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("table.csv", "Maybe");
  }

  @Test
  void load_csvThatIsAFolder_isRefused() {
    assertThatThrownBy(() -> load("csv", Map.of("file", folder.toString())))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot be read as CSV")
        .hasMessageContaining("Maybe");
  }

  private LabelledData load(String name, Map<String, ?> settings) {
    return Providers.find(DataSetProvider.class, "data set", name)
        .load(new DataRequest(Settings.of("estimator", settings), folder));
  }

  private Path write(String text) throws IOException {
    return Files.writeString(folder.resolve("table.csv"), text);
  }

  private void writeIdx(boolean compressed) throws IOException {
    writeIdx("train-images-idx3-ubyte", compressed, 200, 12, 2, 3);
    writeIdx("train-labels-idx1-ubyte", compressed, 0, 12);
    writeIdx("t10k-images-idx3-ubyte", compressed, 200, 4, 2, 3);
    writeIdx("t10k-labels-idx1-ubyte", compressed, 0, 4);
  }

  /** Entry i holds the value {@code base + i % 10} throughout. */
  private void writeIdx(String name, boolean compressed, int base, int... sides)
      throws IOException {
    Path file = folder.resolve(compressed ? name + ".gz" : name);
    try (OutputStream raw = Files.newOutputStream(file);
        OutputStream plain = compressed ? new GZIPOutputStream(raw) : raw;
        var out = new DataOutputStream(plain)) {
      out.writeInt(0x0800 | sides.length);
      int size = 1;
      for (int i = 0; i < sides.length; i++) {
        out.writeInt(sides[i]);
        size *= i == 0 ? 1 : sides[i];
      }
      for (int i = 0; i < sides[0]; i++) {
        for (int j = 0; j < size; j++) {
          out.writeByte(base + i % 10);
        }
      }
    }
  }
}
