package dev.troupe.estimator.dl4j;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Enumeration;
import java.util.List;

/**
 * Its parent without the CUDA back end of ND4J. ND4J takes the first of its back ends that says it
 * is available, CUDA first; its priorities can only be changed by environment variables before the
 * JVM starts, and asking the CUDA back end loads its code. So it must not be found at all.
 */
final class CpuOnlyClassLoader extends ClassLoader {

  private static final String BACKENDS = "META-INF/services/org.nd4j.linalg.factory.Nd4jBackend";
  private static final String CUDA = "jcublas";

  CpuOnlyClassLoader(ClassLoader parent) {
    super(parent);
  }

  @Override
  public Enumeration<URL> getResources(String name) throws IOException {
    Enumeration<URL> all = super.getResources(name);
    if (!name.equals(BACKENDS)) {
      return all;
    }
    List<URL> others = new ArrayList<>();
    for (URL url : Collections.list(all)) {
      if (!namesCuda(url)) {
        others.add(url);
      }
    }
    return Collections.enumeration(others);
  }

  private static boolean namesCuda(URL services) throws IOException {
    try (InputStream in = services.openStream()) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).contains(CUDA);
    }
  }
}
