package dev.troupe.architecture.macro;

import static org.assertj.core.api.Assertions.assertThat;

import dev.troupe.architecture.Architecture;
import dev.troupe.architecture.ArchitectureSpace;
import dev.troupe.architecture.ArchitectureSpaceContract;
import dev.troupe.architecture.ArchitectureSpaces;
import dev.troupe.architecture.Layer;
import dev.troupe.architecture.NetworkTask;
import dev.troupe.architecture.Shape;
import dev.troupe.space.Configuration;
import java.math.BigInteger;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class NasRlTest extends ArchitectureSpaceContract {

  private static final NetworkTask DIGITS = new NetworkTask(Shape.image(1, 8, 8), 10);

  private static final Map<String, ?> PAPER =
      Map.of(
          "layers", 6,
          "fewest-layers", 6,
          "kernels", List.of(1, 3, 5, 7),
          "filters", List.of(24, 36, 48, 64),
          "strides", List.of(1, 2, 3));

  @Override
  protected String name() {
    return "nas-rl";
  }

  @Override
  protected List<Map<String, ?>> settings() {
    return List.of(
        Map.of(),
        PAPER,
        Map.of("layers", 8, "kernels", 3, "filters", 4),
        Map.of("layers", 1),
        Map.of("skips", false, "strides", List.of(1, 2)));
  }

  @Override
  protected Canonical canonical() {
    return Canonical.EXACT;
  }

  private static ArchitectureSpace strided() {
    return ArchitectureSpaces.named(
        "nas-rl",
        DIGITS,
        Map.of("fewest-layers", 3, "kernels", 3, "filters", 4, "strides", List.of(1, 2)));
  }

  private static Map<String, Object> values(boolean skip12, boolean skip13, boolean skip23) {
    var values = new HashMap<String, Object>();
    for (int layer = 1; layer <= 3; layer++) {
      values.put("stride-height-" + layer, 1);
      values.put("stride-width-" + layer, 1);
    }
    values.put("skip-1-2", skip12);
    values.put("skip-1-3", skip13);
    values.put("skip-2-3", skip23);
    return values;
  }

  @Test
  void decode_withoutSkips_readsPictureAndConcatenatesAllEnds() {
    Architecture architecture = strided().instance(Configuration.of(values(false, false, false)));

    assertThat(architecture.consumers(0)).hasSize(3);
    assertThat(architecture.shape("concatenate-1")).isEqualTo(Shape.image(12, 8, 8));
  }

  @Test
  void decode_ofInputsOfDifferentSize_padsToTheLargest() {
    Map<String, Object> values = values(true, true, true);
    values.put("stride-height-2", 2);
    values.put("stride-width-2", 2);
    Architecture architecture = strided().instance(Configuration.of(values));

    assertThat(architecture.node("pad-1").layer()).isEqualTo(new Layer.Pad(8, 8));
    assertThat(architecture.shape("concatenate-1")).isEqualTo(Shape.image(8, 8, 8));
    assertThat(architecture.has("concatenate-2")).as("one end alone").isFalse();
  }

  @Test
  void canonical_ofExchangedLayers_isEqual() {
    ArchitectureSpace space = strided();
    Map<String, Object> first = values(false, true, false);
    first.put("stride-height-1", 2);
    Map<String, Object> second = values(false, false, true);
    second.put("stride-height-2", 2);

    Configuration one = Configuration.of(first);
    Configuration two = Configuration.of(second);

    assertThat(one).isNotEqualTo(two);
    assertThat(space.instance(one).hash()).isEqualTo(space.instance(two).hash());
    assertThat(space.decoder().canonical(one)).isEqualTo(space.decoder().canonical(two));
  }

  /** For each layer two sides of the kernel and the filters; a bit for each earlier layer. */
  @Test
  void size_ofPapersChoices_isProduct() {
    var task = new NetworkTask(Shape.image(3, 32, 32), 10);
    var options =
        Map.of(
            "layers",
            6,
            "fewest-layers",
            6,
            "kernels",
            List.of(1, 3, 5, 7),
            "filters",
            List.of(24, 36, 48, 64));

    assertThat(ArchitectureSpaces.named("nas-rl", task, options).searchSpace().size())
        .contains(BigInteger.valueOf(64).pow(6).multiply(BigInteger.TWO.pow(15)));
  }
}
