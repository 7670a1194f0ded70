package dev.troupe.estimator.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.architecture.ArchitectureSpaceProvider;
import dev.troupe.architecture.CellStack;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.architecture.Shape;
import dev.troupe.architecture.Window;
import dev.troupe.settings.Providers;
import dev.troupe.settings.Settings;
import dev.troupe.space.Configuration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NarrowedArchitectureTest {

  private static final NetworkTask DIGITS = new NetworkTask(Shape.image(1, 8, 8), 10);

  /** round(c m / 4) 4, at least 4, never more than c. */
  @ParameterizedTest
  @CsvSource({
    "16, 0.5, 8",
    "16, 0.3, 4",
    "64, 0.125, 8",
    "20, 0.5, 12",
    "17, 0.25, 4",
    "3, 0.5, 3",
    "100, 0.9, 92",
    "5, 0.99, 4",
    "36, 1, 36"
  })
  void scaled_width_isTheNearestMultipleOfFour(int full, double width, int expected) {
    assertThat(NetworkSize.scaled(full, width)).isEqualTo(expected);
  }

  @Test
  void of_sumWithAConcatenation_givesBothTheSameChannels() {
    Architecture.Builder graph = Architecture.builder(Shape.image(1, 8, 8));
    String six = graph.add(new Layer.Convolution(6, Window.square(3), true), graph.input());
    String ten = graph.add(new Layer.Convolution(10, Window.square(3), true), graph.input());
    String both = graph.add(new Layer.Concatenate(), six, ten);
    String sixteen = graph.add(new Layer.Convolution(16, Window.square(3), true), graph.input());
    String normal = graph.add(new Layer.BatchNormalization(), sixteen);
    String sum = graph.add(new Layer.Add(), both, normal);
    Architecture full =
        graph.output(3, graph.add(new Layer.GlobalPooling(Layer.Pool.AVERAGE), sum));

    Architecture narrow = NarrowedArchitecture.of(full, 0.9);

    // 4 and 8: a single layer of 16 would have got 16.
    assertThat(narrow.shape(both).channels()).isEqualTo(12);
    assertThat(narrow.shape(sixteen).channels()).isEqualTo(12);
    assertThat(narrow.outputs()).isEqualTo(3);
    assertThat(NarrowedArchitecture.of(full, 1)).isSameAs(full);
  }

  @Test
  void of_sumWithTheInput_keepsItsChannels() {
    Architecture.Builder graph = Architecture.builder(Shape.image(12, 4, 4));
    String conv = graph.add(new Layer.Convolution(12, Window.square(3), true), graph.input());
    String free = graph.add(new Layer.Convolution(12, Window.square(3), true), conv);
    String sum = graph.add(new Layer.Add(), conv, graph.input());
    String all = graph.add(new Layer.Concatenate(), sum, free);
    Architecture full = graph.output(2, graph.add(new Layer.Flatten(), all));

    Architecture narrow = NarrowedArchitecture.of(full, 0.5);

    assertThat(narrow.shape(conv).channels()).isEqualTo(12);
    assertThat(narrow.shape(free).channels()).isEqualTo(8);
  }

  @Test
  void withInput_poolingWithoutPadding_saysWhichLayerDoesNotFit() {
    Architecture.Builder graph = Architecture.builder(Shape.image(1, 8, 8));
    Window five = new Window(5, 5, 1, 1, 1, dev.troupe.architecture.Padding.VALID);
    String conv = graph.add(new Layer.Convolution(4, five, true), graph.input());
    Architecture full = graph.output(2, graph.add(new Layer.Flatten(), conv));

    assertThatThrownBy(() -> NarrowedArchitecture.withInput(full, Shape.image(1, 4, 4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(conv);
  }

  static List<String> spaces() {
    var names = new ArrayList<String>();
    Providers.all(ArchitectureSpaceProvider.class).forEach(each -> names.add(each.name()));
    return names;
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.MethodSource("spaces")
  void of_candidatesOfEverySpace_haveFewerParameters(String name) {
    ArchitectureSpace space = space(name, Map.of());
    var random = new Random(5);
    for (int i = 0; i < 40; i++) {
      Architecture full = space.instance(space.searchSpace().sample(random));
      for (double width : new double[] {0.75, 0.5, 0.25, 0.125}) {
        Architecture narrow =
            NarrowedArchitecture.withInput(
                NarrowedArchitecture.of(full, width), Shape.image(1, 4, 4));

        assertThat(narrow.outputs()).isEqualTo(10);
        assertThat(narrow.size()).isEqualTo(full.size());
        assertThat(narrow.parameters()).isLessThanOrEqualTo(full.parameters());
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nasnet",
        "pnas",
        "enas-micro",
        "cell",
        "nas-bench-201",
        "hierarchical",
        "block-qnn"
      })
  void decode_fewerCells_isTheSpaceWithFewer(String name) {
    String key = space(name, Map.of()).names().isEmpty() ? "cells" : cellsKey(name);
    ArchitectureSpace full = space(name, Map.of(key, 4));
    ArchitectureSpace half = space(name, Map.of(key, 2));
    CellStack stack = full.decoder().unwrap(CellStack.class).orElseThrow();
    assertThat(stack.cellsInRow()).isEqualTo(4);
    var random = new Random(3);
    for (int i = 0; i < 10; i++) {
      Configuration candidate = full.searchSpace().sample(random);

      assertThat(stack.decode(candidate, 0.5)).isEqualTo(half.instance(candidate));
      assertThat(stack.decode(candidate, 0.26)).isEqualTo(half.instance(candidate));
      assertThat(stack.decode(candidate, 1)).isEqualTo(full.instance(candidate));
    }
  }

  private static String cellsKey(String name) {
    return Providers.find(ArchitectureSpaceProvider.class, "space", name).options().stream()
        .map(option -> option.key())
        .filter(key -> key.contains("cells"))
        .findFirst()
        .orElseThrow();
  }

  private static ArchitectureSpace space(String name, Map<String, ?> settings) {
    return Providers.find(ArchitectureSpaceProvider.class, "space", name)
        .create(DIGITS, Settings.of("architecture", settings));
  }
}
