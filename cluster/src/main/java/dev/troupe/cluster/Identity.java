package dev.troupe.cluster;

import static java.util.Objects.requireNonNull;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The certificate and the key that all members of a cluster share. Whoever has them belongs to it.
 *
 * @param certificate signed with the key itself
 * @param key of an elliptic curve
 */
record Identity(X509Certificate certificate, PrivateKey key) {

  private static final String CERTIFICATE = "CERTIFICATE";
  private static final String KEY = "PRIVATE KEY";
  private static final String ALIAS = "troupe";
  private static final String STORE_TYPE = "PKCS12";
  private static final int LINE = 64;
  private static final int PASSWORD_BYTES = 24;
  private static final long PATIENCE_SECONDS = 60;

  /** Requires both. */
  Identity {
    requireNonNull(certificate, "certificate");
    requireNonNull(key, "key");
  }

  /**
   * Makes a new identity, with the keytool of this Java.
   *
   * @throws IllegalStateException if that cannot be done
   */
  static Identity create() {
    try {
      Path folder = Files.createTempDirectory("troupe-identity"); // readable by its owner alone
      Path store = folder.resolve("store.p12");
      try {
        String password = newPassword();
        runKeytool(store, password);
        return read(store, password.toCharArray());
      } finally {
        Files.deleteIfExists(store);
        Files.delete(folder);
      }
    } catch (IOException | GeneralSecurityException e) {
      throw new IllegalStateException(
          "The cluster's certificate cannot be made: %s. Maybe this Java has no keytool; use a full JDK."
              .formatted(e.getMessage()),
          e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("Interrupted while the cluster's certificate was made.", e);
    }
  }

  private static String newPassword() {
    byte[] random = new byte[PASSWORD_BYTES];
    new SecureRandom().nextBytes(random);
    return Base64.getEncoder().encodeToString(random);
  }

  private static void runKeytool(Path store, String password)
      throws IOException, InterruptedException {
    Path keytool = Path.of(System.getProperty("java.home"), "bin", "keytool");
    List<String> command =
        List.of(
            keytool.toString(),
            "-genkeypair",
            "-alias",
            ALIAS,
            "-keyalg",
            "EC",
            "-groupname",
            "secp256r1",
            "-sigalg",
            "SHA256withECDSA",
            "-dname",
            "CN=troupe",
            "-validity",
            "36500",
            "-storetype",
            STORE_TYPE,
            "-keystore",
            store.toString(),
            "-storepass:env", // not visible to other users, unlike an argument
            "TROUPE_STORE_PASSWORD");
    var builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("TROUPE_STORE_PASSWORD", password);
    Process process = builder.start();
    process.getOutputStream().close();
    byte[] said = process.getInputStream().readAllBytes();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IOException("keytool did not end");
    }
    if (process.exitValue() != 0) {
      throw new IOException("keytool said: " + new String(said, StandardCharsets.UTF_8).strip());
    }
  }

  private static Identity read(Path file, char[] password)
      throws IOException, GeneralSecurityException {
    KeyStore store = KeyStore.getInstance(STORE_TYPE);
    try (InputStream in = Files.newInputStream(file)) {
      store.load(in, password);
    }
    return new Identity(
        (X509Certificate) store.getCertificate(ALIAS), (PrivateKey) store.getKey(ALIAS, password));
  }

  /**
   * Reads both from PEM.
   *
   * @throws GeneralSecurityException if one of them is damaged, or they do not belong together
   */
  static Identity ofPem(String certificate, String key) throws GeneralSecurityException {
    Certificate read =
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(decode(CERTIFICATE, certificate)));
    PrivateKey secret =
        KeyFactory.getInstance("EC").generatePrivate(new PKCS8EncodedKeySpec(decode(KEY, key)));
    var identity = new Identity((X509Certificate) read, secret);
    identity.requireMatch();
    return identity;
  }

  private void requireMatch() throws GeneralSecurityException {
    byte[] probe = {1};
    Signature signature = Signature.getInstance("SHA256withECDSA");
    signature.initSign(key);
    signature.update(probe);
    byte[] signed = signature.sign();
    signature.initVerify(certificate);
    signature.update(probe);
    if (!signature.verify(signed)) {
      throw new GeneralSecurityException("the key is not that of the certificate");
    }
  }

  private static byte[] decode(String what, String pem) throws GeneralSecurityException {
    String text = pem.strip();
    String begin = begin(what);
    String end = end(what);
    if (!text.startsWith(begin) || !text.endsWith(end)) {
      throw new GeneralSecurityException("it is not between '%s' and '%s'".formatted(begin, end));
    }
    try {
      return Base64.getMimeDecoder()
          .decode(text.substring(begin.length(), text.length() - end.length()));
    } catch (IllegalArgumentException e) {
      throw new GeneralSecurityException(e.getMessage(), e);
    }
  }

  /** Returns the certificate in PEM. */
  String certificatePem() throws GeneralSecurityException {
    return encode(CERTIFICATE, certificate.getEncoded());
  }

  /** Returns the key in PEM. */
  String keyPem() {
    return encode(KEY, key.getEncoded());
  }

  private static String encode(String what, byte[] bytes) {
    Base64.Encoder encoder = Base64.getMimeEncoder(LINE, new byte[] {'\n'});
    return "%s\n%s\n%s\n".formatted(begin(what), encoder.encodeToString(bytes), end(what));
  }

  private static String begin(String what) {
    return "-----BEGIN " + what + "-----";
  }

  private static String end(String what) {
    return "-----END " + what + "-----";
  }

  /** Says nothing about the key. */
  @Override
  public String toString() {
    return "Identity of " + certificate.getSubjectX500Principal();
  }
}
