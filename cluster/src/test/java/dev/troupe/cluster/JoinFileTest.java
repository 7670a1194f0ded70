package dev.troupe.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What lets workers in, and who may read it. */
class JoinFileTest {

  private static Identity identity;

  @TempDir Path folder;

  @BeforeAll
  static void create() {
    identity = Identity.create();
  }

  private Path written() {
    Path file = folder.resolve("join.conf");
    new JoinFile(new Endpoint("127.0.0.1", 7720), identity).write(file);
    return file;
  }

  @Test
  void write_thenRead_isTheSameAndForItsOwnerAlone() throws Exception {
    Path file = written();

    assertThat(JoinFile.read(file))
        .isEqualTo(new JoinFile(new Endpoint("127.0.0.1", 7720), identity));
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    new JoinFile(new Endpoint("::1", 1), identity).write(file);
    assertThat(JoinFile.read(file).daemon()).isEqualTo(new Endpoint("::1", 1));
    assertThat(folder.toFile().list()).containsExactly("join.conf");
  }

  @Test
  void read_fileThatIsMissingOrOthersMayRead_isRefusedWithTheRemedy() throws Exception {
    assertThatThrownBy(() -> JoinFile.read(folder.resolve("none.conf")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("does not exist", "Maybe copy it");
    Path file = written();
    Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rw----r--"));
    assertThatThrownBy(() -> JoinFile.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("rw----r--", "Maybe chmod 600");
  }

  @Test
  void read_damagedFile_isRefused() throws Exception {
    String text = Files.readString(written());
    requireDamaged(text.replace("format = 1", "format = 2"), "format 2");
    requireDamaged(text.replace("address", "adress"), "damaged");
    requireDamaged(text.replace("127.0.0.1:7720", "127.0.0.1"), "HOST:PORT");
    requireDamaged(text.substring(0, text.length() / 2), "damaged");
    requireDamaged(text.replace("BEGIN CERTIFICATE", "BEGIN CERT"), "damaged");
    requireDamaged(
        text.replace(identity.keyPem(), Identity.create().keyPem()), "not that of the certificate");
    requireDamaged("", "damaged");
  }

  private void requireDamaged(String text, String message) throws Exception {
    Path file = folder.resolve("damaged.conf");
    PrivateFiles.write(file, text);
    assertThatThrownBy(() -> JoinFile.read(file))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void identityFile_secondStart_keepsTheIdentity() throws Exception {
    Identity first = IdentityFile.in(folder);
    assertThat(IdentityFile.in(folder)).isEqualTo(first);
    assertThat(first.toString()).doesNotContain("key");

    Path file = folder.resolve("cluster.pem");
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
        .isEqualTo("rw-------");
    PrivateFiles.write(file, "-----BEGIN CERTIFICATE-----");
    assertThatThrownBy(() -> IdentityFile.in(folder))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContainingAll("damaged", "Maybe remove it");
  }

  @Test
  void endpoint_text_isReadOrRefused() {
    assertThat(Endpoint.parse("a.b:80")).isEqualTo(new Endpoint("a.b", 80)).hasToString("a.b:80");
    assertThat(Endpoint.parse("[::1]:80"))
        .isEqualTo(new Endpoint("::1", 80))
        .hasToString("[::1]:80");
    for (String wrong : new String[] {"a", "a:", ":80", "a:x", "a:70000", ""}) {
      assertThatThrownBy(() -> Endpoint.parse(wrong)).isInstanceOf(IllegalArgumentException.class);
    }
  }
}
