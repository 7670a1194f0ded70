package dev.troupe.cluster;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/** The identity of a cluster in the home folder of its daemon, so that workers can come back. */
final class IdentityFile {

  private static final String NAME = "cluster.pem";
  private static final String END = "-----END CERTIFICATE-----";

  private IdentityFile() {}

  /**
   * Returns the identity that is kept in a home folder; a new one if there is none yet.
   *
   * @throws IllegalArgumentException if the file is damaged, or others than its owner may read it
   * @throws IllegalStateException if a new one cannot be made or kept
   */
  static Identity in(Path home) {
    Path file = home.resolve(NAME);
    return Files.exists(file) ? read(file) : create(file);
  }

  private static Identity read(Path file) {
    try {
      PrivateFiles.requirePrivate(file, "File");
      String text = Files.readString(file);
      int end = text.contains(END) ? text.indexOf(END) + END.length() : text.length();
      return Identity.ofPem(text.substring(0, end), text.substring(end));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "File '%s' is damaged: %s. Maybe remove it: a new one is made, and workers need the new join file."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  private static Identity create(Path file) {
    Identity identity = Identity.create();
    try {
      PrivateFiles.write(file, identity.certificatePem() + identity.keyPem());
      return identity;
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(
          "File '%s' cannot be written: %s. Maybe choose another home folder."
              .formatted(file, e.getMessage()),
          e);
    }
  }
}
