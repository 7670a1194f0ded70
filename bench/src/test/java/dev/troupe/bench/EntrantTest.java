package dev.troupe.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.PrunerChoice;
import dev.troupe.StudyFile;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class EntrantTest {

  private static final StudyFile PLAIN = Examples.parabolaFile("", "");
  private static final StudyFile PRUNED =
      Examples.parabolaFile("", "pruner { name = asha, eta = 2 }");

  private static @Nullable String pruner(String entrant, StudyFile file) {
    PrunerChoice choice = Entrant.parse(entrant).prunerFor(file);
    return choice == null ? null : choice.name();
  }

  @Test
  void prunerFor_strategyAlone_isTheFilesOwn() {
    assertThat(pruner("random", PLAIN)).isNull();
    assertThat(pruner("random", PRUNED)).isEqualTo("asha");
  }

  @Test
  void prunerFor_namedOrNone_winsOverTheFilesOwn() {
    assertThat(pruner("random+median", PRUNED)).isEqualTo("median");
    assertThat(pruner("random+none", PRUNED)).isNull();
    assertThat(Entrant.parse("random+asha").prunerFor(PRUNED))
        .as("with the file's settings")
        .isSameAs(PRUNED.pruner());
    assertThat(Entrant.parse("random+asha").strategyFor(PLAIN).name()).isEqualTo("random");
  }

  @Test
  void options_unknownPruner_isRefusedWithTheNearest() {
    assertThatThrownBy(
            () -> new QualityBenchmark.Options(List.of("random+ascha"), 1, 1, null, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("There is no pruner named 'ascha'. Maybe 'asha'.");
  }
}
