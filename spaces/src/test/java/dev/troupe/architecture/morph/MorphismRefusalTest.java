package dev.troupe.architecture.morph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.Shape;
import dev.troupe.architecture.Window;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What would not keep the function, or means nothing, is refused with its reason. */
class MorphismRefusalTest {

  private static final Layer RELU = new Layer.Activation(Layer.Function.RELU);

  /** input -> conv -> tanh -> inside conv -> pool -> dense -> output, an add of the input. */
  private static Architecture architecture() {
    Architecture.Builder graph = Architecture.builder(Shape.image(4, 8, 8));
    String conv = graph.add(new Layer.Convolution(4, Window.square(3), true), graph.input());
    String sum = graph.add(new Layer.Add(), conv, graph.input());
    String tanh = graph.add(new Layer.Activation(Layer.Function.TANH), sum);
    String inside = graph.add(new Layer.Convolution(5, Window.square(3).inside(), true), tanh);
    String pool = graph.add(new Layer.GlobalPooling(Layer.Pool.MAX), graph.add(RELU, inside));
    return graph.output(3, graph.add(new Layer.Dense(6, true), pool));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "widen node=output width=9 mode=split seed=1; of kind output",
        "widen node=activation-1 width=9 mode=split seed=1; of kind activation",
        "widen node=dense-1 width=6 mode=split seed=1; more than 6",
        "widen node=convolution-1 width=8 mode=zero seed=1; the input is added",
        "widen node=convolution-3 width=8 mode=zero seed=1; Maybe 'convolution-",
        "widen-kernel node=convolution-2 height=5 width=5; stays inside",
        "widen-kernel node=convolution-1 height=3 width=3; must grow",
        "widen-kernel node=convolution-1 height=5 width=1; must grow",
        "widen-kernel node=dense-1 height=5 width=5; of kind dense",
        "deepen after=activation-1 form=convolution kernel=3 batch-norm=false activation=relu;"
            + " must be at least 0",
        "deepen after=activation-2 form=dense kernel=1 batch-norm=false; needs a vector",
        "deepen after=output form=dense kernel=1 batch-norm=false; is the output",
        "insert-block after=output form=dense kernel=1 batch-norm=false; is the output",
        "insert-block after=input form=dense kernel=1 batch-norm=false; needs a vector",
        "add-skip from=dense-1 to=convolution-1; depends on 'convolution-1'",
        "add-skip from=dense-1 to=dense-1; is the same as",
        "add-skip from=dense-1 to=output; is the output",
        "concatenate-skip from=output to=dense-1; depends on 'dense-1'"
      })
  void apply_whereTheFunctionCannotBeKept_saysWhy(String text, String why) {
    Morphism morphism = Morphism.parse(text.strip());
    assertThatThrownBy(() -> morphism.apply(architecture()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why.strip())
        .message()
        .matches("(?s).*(Maybe|There are).*");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "wide node=a; Maybe 'widen'",
        "widen node=a width=9 mode=split; 'seed' is missing",
        "widen node=a width=x mode=split seed=1; width must be a whole number",
        "widen node=a width=9 mode=half seed=1; there is no mode 'half'",
        "widen node=a width=9 mode=split seed=1 colour=red; 'colour' has no meaning",
        "widen node=a node=b width=9 mode=split seed=1; 'node' occurs twice",
        "widen node= width=9 mode=split seed=1; not of the form key=value",
        "widen  node=a width=9 mode=split seed=1; not of the form key=value",
        "deepen after=a form=dense kernel=3 batch-norm=false; kernel from 1 to 1",
        "deepen after=a form=dense kernel=1 batch-norm=yes; must be true or false",
        "deepen after=a form=dense kernel=1 batch-norm=true activation=tanh; Maybe relu",
        "insert-block after=a form=convolution kernel=0 batch-norm=true; from 1 to"
      })
  void parse_ofWhatIsNoMorphism_saysWhy(String text, String why) {
    assertThatThrownBy(() -> Morphism.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(why.strip());
  }

  @Test
  void parse_ofNothing_isRefused() {
    assertThatThrownBy(() -> Morphism.parse(""))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("There are: deepen, widen");
  }

  @Test
  void addSkip_betweenBranchesOfOtherSizes_isRefused() {
    Architecture.Builder graph = Architecture.builder(Shape.image(2, 8, 8));
    String half =
        graph.add(new Layer.Convolution(3, Window.square(3).withStride(2), true), graph.input());
    String whole = graph.add(new Layer.Convolution(3, Window.square(3), true), graph.input());
    Layer pool = new Layer.GlobalPooling(Layer.Pool.MAX);
    Architecture architecture =
        graph.output(2, graph.add(new Layer.Add(), graph.add(pool, half), graph.add(pool, whole)));
    assertThatThrownBy(() -> new AddSkip(half, whole).apply(architecture))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("3 x 4 x 4")
        .hasMessageContaining("3 x 8 x 8");
  }

  @Test
  void widen_ofAConcatenationInOtherOrder_isRefused() {
    Architecture.Builder graph = Architecture.builder(Shape.vector(3));
    String first = graph.add(new Layer.Dense(2, true), graph.input());
    String second = graph.add(new Layer.Dense(2, true), graph.input());
    String there = graph.add(new Layer.Concatenate(), first, second);
    String back = graph.add(new Layer.Concatenate(), second, first);
    Architecture architecture = graph.output(2, graph.add(new Layer.Add(), there, back));
    assertThatThrownBy(() -> new Widen(first, 4, Widen.Mode.SPLIT, 1).apply(architecture))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cannot be widened");
  }

  @Test
  void apply_onTenThousandLayers_overflowsNoStack() {
    Architecture.Builder graph = Architecture.builder(Shape.vector(2));
    String end = graph.add(new Layer.Dense(2, true), graph.input());
    String start = end;
    String other = graph.add(new Layer.Dense(2, true), graph.input());
    for (int i = 0; i < 5_000; i++) {
      end = graph.add(RELU, end);
      other = graph.add(RELU, other);
    }
    Architecture architecture = graph.output(2, graph.add(new Layer.Add(), end, other));
    Morphed wider = new Widen(start, 4, Widen.Mode.SPLIT, 1).apply(architecture);
    assertThat(wider.architecture().shape(other)).isEqualTo(Shape.vector(4));
    assertThat(new AddSkip(start, end).apply(architecture).architecture().size())
        .isEqualTo(architecture.size() + 3);
  }

  @Test
  void bounds_outOfRange_areRefused() {
    Bounds bounds = Bounds.defaults();
    assertThatThrownBy(() -> bounds.withSize(0, 10)).hasMessageContaining("Maybe");
    assertThatThrownBy(() -> bounds.withSize(10, 2)).hasMessageContaining("Maybe");
    assertThatThrownBy(() -> bounds.withKinds(List.of())).hasMessageContaining("Maybe");
    assertThatThrownBy(() -> bounds.withChoices(List.of(1.0), List.of(3)))
        .hasMessageContaining("above 1");
    assertThatThrownBy(() -> bounds.withChoices(List.of(2.0), List.of(0)))
        .hasMessageContaining("kernel");
  }
}
