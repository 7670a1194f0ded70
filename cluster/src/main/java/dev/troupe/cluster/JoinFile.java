package dev.troupe.cluster;

import static java.util.Objects.requireNonNull;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;

/**
 * What a machine needs to join a cluster: where its daemon is, and the identity that all members
 * share. Whoever has this file can join.
 *
 * @param daemon where the daemon is reached
 * @param identity certificate and key
 */
record JoinFile(Endpoint daemon, Identity identity) {

  private static final int FORMAT = 1;

  /** Requires both. */
  JoinFile {
    requireNonNull(daemon, "daemon");
    requireNonNull(identity, "identity");
  }

  /**
   * Writes it, readable by its owner alone.
   *
   * @throws IllegalStateException if it cannot be written
   */
  void write(Path file) {
    try {
      PrivateFiles.write(
          file,
          """
          # Whoever has this file can join the cluster: keep it secret. Made by troupe serve --cluster.
          # On another machine: troupe worker --join FILE
          format = %d
          address = "%s"
          certificate = \"""
          %s\"""
          key = \"""
          %s\"""
          """
              .formatted(FORMAT, daemon, identity.certificatePem(), identity.keyPem()));
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(
          "Join file '%s' cannot be written: %s. Maybe choose another one with --join-file."
              .formatted(file, e.getMessage()),
          e);
    }
  }

  /**
   * Reads it.
   *
   * @throws IllegalArgumentException if it is missing or damaged, or others than its owner may read
   *     it
   */
  static JoinFile read(Path file) {
    try {
      PrivateFiles.requirePrivate(file, "Join file");
      Config config = ConfigFactory.parseString(Files.readString(file));
      int format = config.getInt("format");
      if (format != FORMAT) {
        throw new IllegalArgumentException(
            "Join file '%s' is of format %d, but this version of Troupe reads format %d. Maybe use the daemon's version."
                .formatted(file, format, FORMAT));
      }
      return new JoinFile(
          Endpoint.parse(config.getString("address")),
          Identity.ofPem(config.getString("certificate"), config.getString("key")));
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException(
          "Join file '%s' does not exist. Maybe copy it from the machine of the daemon, which writes it as join.conf into its home folder."
              .formatted(file),
          e);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "Join file '%s' cannot be read: %s.".formatted(file, e.getMessage()), e);
    } catch (ConfigException | GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "Join file '%s' is damaged: %s. Maybe copy it anew from the machine of the daemon."
              .formatted(file, String.valueOf(e.getMessage()).strip()),
          e);
    }
  }
}
