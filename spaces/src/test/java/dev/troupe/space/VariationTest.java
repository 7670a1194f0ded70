package dev.troupe.space;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.troupe.random.RandomStreams;
import dev.troupe.random.RandomStreams.Kind;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

class VariationTest {

  private static RandomGenerator random(long seed) {
    return RandomStreams.of(seed).stream(Kind.STRATEGY, 0, "variation");
  }

  @Test
  void mutate_randomSpaces_staysInThemAndChangesOneParameter() {
    for (long seed = 0; seed < 300; seed++) {
      SearchSpace space = RandomSpaces.of(seed);
      RandomGenerator random = random(seed);
      Configuration parent = space.sample(random);
      Configuration child = space.mutate(parent, random);
      assertThat(space.contains(child)).as("seed %d: %s", seed, child).isTrue();
      long changed =
          parent.names().stream()
              .filter(name -> child.has(name) && !child.get(name).equals(parent.get(name)))
              .count();
      assertThat(changed).as("seed %d: %s to %s", seed, parent, child).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void crossover_randomSpaces_mixesBoth() {
    for (long seed = 0; seed < 300; seed++) {
      SearchSpace space = RandomSpaces.of(seed);
      RandomGenerator random = random(seed);
      Configuration first = space.sample(random);
      Configuration second = space.sample(random);
      Configuration child = space.crossover(first, second, random);
      assertThat(space.contains(child)).as("seed %d: %s", seed, child).isTrue();
      for (String name : child.names()) {
        if (first.has(name) && second.has(name)) {
          assertThat(child.get(name)).isIn(first.get(name), second.get(name));
        }
      }
    }
  }

  @Test
  void mutate_singleConfiguration_returnsIt() {
    SearchSpace space = SearchSpace.builder().add(CategoricalParameter.of("a", "x")).build();
    Configuration only = Configuration.of(Map.of("a", "x"));
    assertThat(space.mutate(only, random(1))).isEqualTo(only);
  }

  @Test
  void mutate_foreignConfiguration_isRefused() {
    SearchSpace space = SearchSpace.builder().add(CategoricalParameter.of("a", "x")).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> space.mutate(Configuration.of(Map.of("b", "x")), random(1)))
        .withMessageContaining("'b'");
  }

  private record Length() implements Decoder<String> {
    @Override
    public Class<String> type() {
      return String.class;
    }

    @Override
    public Set<String> names() {
      return Set.of("a");
    }

    @Override
    public String decode(Configuration configuration) {
      return configuration.getString("a");
    }

    @Override
    public Configuration canonical(Configuration configuration) {
      return Configuration.of(Map.of("a", "x"));
    }
  }

  @Test
  void decoder_ofItsType_isFound() {
    SearchSpace space =
        SearchSpace.builder()
            .add(CategoricalParameter.of("a", "x", "y"))
            .decoder(new Length())
            .build();
    Configuration second = Configuration.of(Map.of("a", "y"));
    assertThat(space.decoder(String.class).orElseThrow().decode(second)).isEqualTo("y");
    assertThat(space.decoder(Integer.class)).isEmpty();
    assertThat(space.canonical(second).getString("a")).isEqualTo("x");
  }

  @Test
  void build_decoderOfMissingParameter_isRefused() {
    SearchSpace.Builder space =
        SearchSpace.builder().add(CategoricalParameter.of("b", "x")).decoder(new Length());
    assertThatIllegalArgumentException().isThrownBy(space::build).withMessageContaining("'a'");
  }
}
