package dev.troupe.strategy.bayes.linear;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The class path of those who only add Troupe's own libraries. */
class WithoutOpenBlasTest {

  private static URLClassLoader ownLibrariesAlone() {
    URL[] urls =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
            .filter(entry -> !entry.contains("openblas") && !entry.contains("javacpp"))
            .map(WithoutOpenBlasTest::url)
            .toArray(URL[]::new);
    return new URLClassLoader(urls, ClassLoader.getPlatformClassLoader());
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }

  private static Object call(ClassLoader loader, String method)
      throws ReflectiveOperationException {
    return Class.forName(LinearAlgebra.class.getName(), true, loader)
        .getMethod(method)
        .invoke(null);
  }

  @Test
  void fastest_withoutOpenBlas_isEjml() throws Exception {
    try (URLClassLoader loader = ownLibrariesAlone()) {
      Object fastest = call(loader, "fastest");
      assertThat(fastest).isSameAs(call(loader, "ejml"));
    }
  }

  @Test
  void lapack_withoutOpenBlas_saysWhatToAdd() throws Exception {
    try (URLClassLoader loader = ownLibrariesAlone()) {
      assertThatThrownBy(() -> call(loader, "lapack"))
          .isInstanceOf(InvocationTargetException.class)
          .cause()
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("org.bytedeco:openblas")
          .hasMessageContaining("choose 'ejml'");
    }
  }
}
