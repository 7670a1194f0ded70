package dev.troupe.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import dev.troupe.estimator.curve.CurveModel;
import dev.troupe.estimator.curve.CurveModelProvider;
import dev.troupe.estimator.curve.CurveModelRequest;
import dev.troupe.random.RandomStreams;
import dev.troupe.settings.Providers;
import dev.troupe.settings.Settings;
import dev.troupe.study.Direction;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CurveBenchmarkTest {

  @TempDir Path folder;

  private Path file(String name, String content) throws IOException {
    return Files.writeString(folder.resolve(name), content);
  }

  private static RecordedCurves read(Path file, Path configurations) {
    return RecordedCurves.read(
        new RecordedCurves.Source(file, List.of("id"), "step", "loss", configurations));
  }

  private static RecordedCurves read(Path file) {
    return RecordedCurves.read(
        new RecordedCurves.Source(file, List.of("id"), "step", "loss", null));
  }

  private static CurveModel model(String name) {
    return Providers.find(CurveModelProvider.class, "curve model", name)
        .create(new CurveModelRequest(RandomStreams.of(1), Settings.none("model")));
  }

  @Test
  void read_rowsInAnyOrder_areSortedAndBlankValuesLeftOut() throws IOException {
    RecordedCurves curves =
        read(file("c.csv", "id,step,loss,x\na,2,0.5,\na,1,0.9,\nb,1,nan,\na,3,,\nb,2,1e15,\n"));
    assertThat(curves.curves()).hasSize(2);
    assertThat(curves.curves().get(0).curve().values()).containsExactly(0.9, 0.5);
    assertThat(curves.curves().get(1).curve().value(0)).isNaN();
  }

  @Test
  void read_gzipped_isTheSame() throws IOException {
    Path zipped = folder.resolve("c.csv.gz");
    try (Writer writer =
        new OutputStreamWriter(
            new GZIPOutputStream(Files.newOutputStream(zipped)), StandardCharsets.UTF_8)) {
      writer.write("id,step,loss\na,1,0.9\na,2,0.5\n");
    }
    assertThat(read(zipped).curves().get(0).curve().lastValue()).isEqualTo(0.5);
  }

  @Test
  void read_configurationsWithResults_leavesThoseOut() throws IOException {
    Path curves = file("c.csv", "id,step,loss\na,1,9\na,2,5\nb,1,8\nb,2,4\nc,1,7\nc,2,3\n");
    Path configurations =
        file("p.csv", "id,lr,kind,final\na,0.1,x,5\nb,0.2,y,4\nc,0.3,x,3\nz,1,x,2\n");
    RecordedCurves read = read(curves, configurations);
    assertThat(read.parameters()).containsExactly("lr", "kind");
    assertThat(read.results()).containsExactly("final");
    assertThat(read.curves().get(1).encoding()).containsExactly(0.2, 0, 1);
  }

  @Test
  void read_columnThatIsMissing_isNamedWithTheNearest() throws IOException {
    Path file = file("c.csv", "id,epoch,loss\na,1,0.9\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(file))
        .withMessageContaining("no column 'step'");
  }

  @Test
  void read_textWhereANumberMustBe_isNamedWithItsLine() throws IOException {
    Path file = file("c.csv", "id,step,loss\na,1,0.9\na,2,good\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(file))
        .withMessageContaining("line 3")
        .withMessageContaining("'good'");
  }

  @Test
  void read_stepTwice_asksForAnotherColumn() throws IOException {
    Path file = file("c.csv", "id,step,loss\na,1,0.9\na,1,0.8\n");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(file))
        .withMessageContaining("--id needs another column");
  }

  @Test
  void read_fileThatIsNotThere_isToldSo() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> read(folder.resolve("none.csv")))
        .withMessageContaining("does not exist");
  }

  @Test
  void measure_curvesOfSeveralLengths_leavesOutShortOnesAndForetellsTheRest() throws IOException {
    var text = new StringBuilder("id,step,loss\n");
    for (int curve = 0; curve < 20; curve++) {
      for (int step = 1; step <= (curve == 0 ? 3 : 20 + curve); step++) {
        double loss = (1 + 0.1 * curve) * Math.pow(step, -0.3);
        text.append("%d,%d,%s%n".formatted(curve, step, loss));
      }
    }
    RecordedCurves curves = read(file("c.csv", text.toString()));
    var benchmark = new CurveBenchmark(curves.curves(), Direction.MINIMIZE);
    CurveBenchmark.Result alone = benchmark.measure("alone", model("fast"), false, 5);
    assertThat(alone.curves()).isEqualTo(19);
    assertThat(alone.leftOut()).isEqualTo(1);
    assertThat(alone.error()).isLessThan(0.5 * alone.lastValueError());
    CurveBenchmark.Result others = benchmark.measure("others", model("others"), true, 5);
    assertThat(others.error()).isLessThan(0.5 * others.lastValueError());
    assertThat(others.lastValueError()).isCloseTo(alone.lastValueError(), within(1e-12));
  }

  @Test
  void measure_fromBehindAllCurves_isRefused() throws IOException {
    RecordedCurves curves = read(file("c.csv", "id,step,loss\na,1,9\na,2,5\n"));
    var benchmark = new CurveBenchmark(curves.curves(), Direction.MINIMIZE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> benchmark.measure("alone", model("fast"), false, 2))
        .withMessageContaining("--from 2");
  }

  @Test
  void measure_someDiverged_isNotAllAboutThem() throws IOException {
    var text = new StringBuilder("id,step,loss\n");
    for (int curve = 0; curve < 12; curve++) {
      for (int step = 0; step <= 10; step++) {
        String loss = curve == 3 && step > 5 ? "nan" : curve == 4 && step > 2 ? "1e15" : "0.7";
        text.append("%d,%d,%s%n".formatted(curve, step, loss));
      }
    }
    RecordedCurves curves = read(file("c.csv", text.toString()));
    CurveBenchmark.Result result =
        new CurveBenchmark(curves.curves(), Direction.MINIMIZE)
            .measure("others", model("others"), true, 4);
    assertThat(result.error()).isLessThan(1);
    assertThat(result.coverage()).isBetween(0.0, 1.0);
  }
}
