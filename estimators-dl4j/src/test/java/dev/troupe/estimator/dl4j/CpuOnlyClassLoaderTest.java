package dev.troupe.estimator.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.factory.Nd4jBackend;

class CpuOnlyClassLoaderTest {

  private static final String BACKENDS = "META-INF/services/org.nd4j.linalg.factory.Nd4jBackend";

  @TempDir private Path folder;

  @Test
  void getResources_bothBackends_hidesCuda() throws Exception {
    Path services = folder.resolve(BACKENDS);
    Files.createDirectories(services.getParent());
    Files.writeString(services, "org.nd4j.linalg.jcublas.JCublasBackend\n");
    try (var both =
        new URLClassLoader(new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
      assertThat(Collections.list(both.getResources(BACKENDS))).hasSize(2);

      var loader = new CpuOnlyClassLoader(both);

      assertThat(ServiceLoader.load(Nd4jBackend.class, loader))
          .extracting(backend -> backend.getClass().getSimpleName())
          .containsExactly("CpuBackend");
    }
  }
}
