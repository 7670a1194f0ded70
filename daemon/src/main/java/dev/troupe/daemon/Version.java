package dev.troupe.daemon;

import picocli.CommandLine.IVersionProvider;

/** The version, from the jar's manifest. */
final class Version implements IVersionProvider {

  @Override
  public String[] getVersion() {
    return new String[] {text()};
  }

  /** Returns the line that is printed. */
  static String text() {
    String version = Main.class.getPackage().getImplementationVersion();
    return "troupe "
        + (version == null ? "development" : version)
        + " (Java "
        + Runtime.version().feature()
        + ")";
  }
}
