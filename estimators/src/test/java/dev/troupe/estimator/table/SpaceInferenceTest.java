package dev.troupe.estimator.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.space.BooleanParameter;
import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.IntParameter;
import dev.troupe.space.SearchSpace;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SpaceInferenceTest {

  private static final String SETTINGS = "file = t.csv, metrics { loss = loss }\n";

  @TempDir Path folder;

  private void write(String... lines) throws IOException {
    Files.write(folder.resolve("t.csv"), Arrays.asList(lines));
  }

  private SearchSpace infer(String settings, String hints) {
    return Tables.infer(folder, SETTINGS + settings, hints);
  }

  @Test
  void infer_grid_isOrderedChoicesTextsAndBooleans() throws Exception {
    write(
        "n_units,rate,act,bias,loss",
        "16,1e-1,tanh,true,1",
        "8,0.10,tanh,True,2",
        "16,1e-3,relu,false,3");

    assertThat(infer("", "").parameters())
        .containsExactly(
            CategoricalParameter.ordered("n-units", 8L, 16L),
            CategoricalParameter.ordered("rate", 0.001, 0.1),
            CategoricalParameter.of("act", "tanh", "relu"),
            new BooleanParameter("bias"));
  }

  @Test
  void infer_manyNumbers_areRanges() throws Exception {
    var lines = new ArrayList<String>(List.of("whole,real,wide,loss"));
    for (int i = 0; i < 30; i++) {
      lines.add("%s,%s,%s,1".formatted(40 - i, i * 0.25, Math.pow(2, i - 20)));
    }
    write(lines.toArray(String[]::new));

    assertThat(infer("", "").parameters())
        .containsExactly(
            IntParameter.linear("whole", 11, 40),
            FloatParameter.linear("real", 0, 7.25),
            FloatParameter.log("wide", Math.pow(2, -20), 512));
  }

  @Test
  void infer_completeGrid_isChoicesHoweverMany() throws Exception {
    var lines = new ArrayList<String>(List.of("x,act,loss"));
    for (int i = 0; i < 60; i++) {
      lines.add("%d,%s,1".formatted(i / 2, i % 2 == 0 ? "relu" : "tanh"));
    }
    write(lines.toArray(String[]::new));

    assertThat(infer("", "").parameter("x").cardinality()).hasValue(30);
    assertThat(infer("", "").parameter("x")).isInstanceOf(CategoricalParameter.class);
    lines.remove(7);
    write(lines.toArray(String[]::new));
    assertThat(infer("", "").parameter("x")).isEqualTo(IntParameter.linear("x", 0, 29));
  }

  @Test
  void infer_hints_overrideTheGuess() throws Exception {
    write("op,size,rate,loss", "0,small,1,1", "2,large,5,2", "1,small,2,3");

    assertThat(infer("", "categorical = [op], ordered = [size], log = [rate]").parameters())
        .containsExactly(
            CategoricalParameter.of("op", 0L, 1L, 2L),
            CategoricalParameter.ordered("size", "small", "large"),
            IntParameter.log("rate", 1, 5));
    assertThatThrownBy(() -> infer("", "log = [rat]"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("infer.log", "Maybe 'rate'");
    assertThatThrownBy(() -> infer("", "log = [size]"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("infer.log", "small");
    assertThatThrownBy(() -> infer("", "logg = [rate]"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Maybe 'log'");
    assertThatThrownBy(() -> infer("", "log = [rate], ordered = [rate]"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("two");
  }

  @Test
  void infer_codesOfDigits_areTexts() throws Exception {
    write("link,loss", "0000,1", "0011,2", "0123,3");

    assertThat(infer("", "").parameters())
        .containsExactly(CategoricalParameter.of("link", "0000", "0011", "0123"));
  }

  @Test
  void infer_columnsNamedElsewhere_areNoParameters() throws Exception {
    write("id,code,part,loss,secs,epoch,test,x", "1,a|b,valid,1,2,3,4,5", "1,c|d,test,1,2,3,4,6");
    Files.write(folder.resolve("j.csv"), List.of("id,width", "1,64", "2,128"));
    String settings =
        """
        join { file = j.csv, on = id }, where { part = valid }, cost = secs, report { test = test }
        split { code = [left, right] }, separators { code = "|" }
        fidelity { epochs { column = epoch } }
        """;

    assertThat(infer(settings, "").parameters())
        .containsExactlyInAnyOrder(
            CategoricalParameter.ordered("x", 5L),
            CategoricalParameter.ordered("width", 64L),
            CategoricalParameter.of("left", "a"),
            CategoricalParameter.of("right", "b"));
  }

  @Test
  void infer_indices_becomeTheirValuesInTheirOrder() throws Exception {
    write("code,loss", "01,1", "10,2", "00,3");
    String settings =
        """
        split { code = [act, rate] }, parameters = [act, rate]
        values { act = [tanh, relu], rate = [5e-4, 1e-3, 1] }
        """;

    assertThat(infer(settings, "").parameters())
        .containsExactly(
            CategoricalParameter.of("act", "tanh", "relu"),
            CategoricalParameter.ordered("rate", 5e-4, 1e-3));
  }

  @Test
  void infer_namesOfParameters_areGivenOrDerived() throws Exception {
    write("learningRate,Batch Size (n),2nd,loss", "1,2,3,4");

    assertThat(infer("parameters = [learningRate, \"Batch Size (n)\"]", "").names())
        .containsExactly("learning-rate", "batch-size-n");
    assertThat(infer("parameters { second = 2nd, first = learningRate }", "").names())
        .containsExactly("first", "second");
    assertThatThrownBy(() -> infer("", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("'2nd'", "[a-z][a-z0-9-]*", "Maybe name it");
    write("a_b,A-B,loss", "1,2,3");
    assertThatThrownBy(() -> infer("", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("'a_b'", "'A-B'", "'a-b'", "Maybe name them");
  }

  @Test
  void infer_blankCell_isRefused() throws Exception {
    write("x,loss", "1,1", ",2");

    assertThatThrownBy(() -> infer("", ""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("line 3", "'x'", "blank", "Maybe");
  }
}
