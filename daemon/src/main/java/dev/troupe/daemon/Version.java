package dev.troupe.daemon;

import picocli.CommandLine.IVersionProvider;

/** The version, from the jar's manifest. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    String version = Main.class.getPackage().getImplementationVersion();
    return new String[] {
      "troupe %s (Java %s)"
          .formatted(version == null ? "development" : version, Runtime.version().feature())
    };
  }
}
