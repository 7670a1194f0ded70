package dev.troupe.strategy.bayes.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class LinearAlgebraTest {

  @Test
  void of_recordedName_givesItsLibrary() {
    for (LinearAlgebra library : CholeskyFactorTest.libraries()) {
      assertThat(LinearAlgebra.of(library.name())).isSameAs(library);
    }
  }

  @Test
  void of_unknownName_saysWhichThereAre() {
    assertThatThrownBy(() -> LinearAlgebra.of("fortran"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'fortran'")
        .hasMessageContaining("[ejml, lapack]");
  }

  /** Without OpenBLAS this is EJML, and to ask for LAPACK is an error with a remedy. */
  @Test
  void fastest_always_isThere() {
    if (LapackLinearAlgebra.isAvailable()) {
      assertThat(LinearAlgebra.fastest()).isSameAs(LinearAlgebra.lapack());
    } else {
      assertThat(LinearAlgebra.fastest()).isSameAs(LinearAlgebra.ejml());
      assertThatThrownBy(LinearAlgebra::lapack)
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("org.bytedeco:openblas");
    }
  }
}
