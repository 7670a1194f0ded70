package dev.troupe.daemon;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RepairCommandTest {

  @TempDir Path folder;

  private String home = "";
  private String file = "";

  @BeforeEach
  void runOnce() throws IOException {
    home = folder.resolve("home").toString();
    file =
        Files.writeString(
                folder.resolve("branin.conf"),
                """
                study     { name = branin, metric = value, direction = minimize, seed = 1 }
                space     = infer
                estimator { name = synthetic, problem = branin }
                ledger    = file
                budget    { trials = 12 }
                """)
            .toString();
    CommandLineRun first = run(12);
    assertThat(first.status()).as(first.err()).isEqualTo(ExitStatus.DONE);
  }

  private CommandLineRun run(int trials) {
    return CommandLineRun.of(
        "run", file, "--json", "--quiet", "--home", home, "--set", "budget.trials=" + trials);
  }

  private CommandLineRun repair(String... more) {
    String[] arguments = new String[4 + more.length];
    System.arraycopy(new String[] {"repair", "branin", "--home", home}, 0, arguments, 0, 4);
    System.arraycopy(more, 0, arguments, 4, more.length);
    return CommandLineRun.of(arguments);
  }

  private void damage() throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:sqlite:" + Path.of(home, "troupe.db"));
        Statement statement = connection.createStatement()) {
      statement.execute(
          "UPDATE event_journal SET event_payload = zeroblob(20) WHERE sequence_number = 16");
    }
  }

  @Test
  void repair_intactStudy_saysSo() {
    CommandLineRun intact = repair();

    assertThat(intact.status()).isEqualTo(ExitStatus.DONE);
    assertThat(intact.out()).contains("Study 'branin' is intact.");
  }

  @Test
  void repair_damagedStudy_canBeRunAgain() throws SQLException {
    damage();
    assertThat(run(14).err()).contains("event 16");

    CommandLineRun told = repair();
    assertThat(told.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(told.out()).contains("event 16");
    assertThat(told.err()).contains("--yes");
    assertThat(run(14).err()).as("nothing was changed").contains("event 16");

    CommandLineRun repaired = repair("--yes");
    assertThat(repaired.status()).as(repaired.err()).isEqualTo(ExitStatus.DONE);
    assertThat(repaired.out()).contains("can go on", "troupe.db.damaged-");
    CommandLineRun again = run(14);
    assertThat(again.status()).as(again.err()).isEqualTo(ExitStatus.DONE);
    assertThat(again.outLines()).hasSize(15);
    assertThat(repair().out()).contains("is intact");
  }

  @Test
  void repair_unknownStudy_isRefused() {
    CommandLineRun unknown = CommandLineRun.of("repair", "branins", "--home", home);

    assertThat(unknown.status()).isEqualTo(ExitStatus.USAGE);
    assertThat(unknown.err()).contains("'branins' is not on record", "branin");
  }
}
