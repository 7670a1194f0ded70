package dev.troupe.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.troupe.KeptStudies;
import dev.troupe.KeptStudy;
import dev.troupe.KeptTrial;
import dev.troupe.Troupe;
import dev.troupe.study.Budget;
import dev.troupe.study.StudyResult;
import dev.troupe.study.StudyState;
import dev.troupe.study.TrialState;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** What the first version of the schema wrote can be read, and gone on with, for ever. */
@Timeout(120)
class StoredStudyTest {

  private static final int TRIALS = 27;

  @TempDir Path home;

  @BeforeEach
  void unpack() throws IOException {
    try (InputStream packed = StoredStudyTest.class.getResourceAsStream("/stored/version-1.db.gz");
        InputStream file = new GZIPInputStream(packed)) {
      Files.copy(file, home.resolve("troupe.db"));
    }
  }

  @Test
  void firstVersion_isReadAsItIs() throws SQLException {
    try (KeptStudies studies = Troupe.keptStudies("file", home)) {
      assertThat(studies.names()).containsExactly(StoredStudy.NAME);
      KeptStudy study = studies.study(StoredStudy.NAME);

      assertThat(study.damages()).isEmpty();
      assertThat(study.trials()).hasSize(TRIALS);
      assertThat(study.counts())
          .containsKeys(
              TrialState.COMPLETED, TrialState.PRUNED, TrialState.FAILED, TrialState.RUNNING);
      assertThat(study.trials()).anyMatch(trial -> trial.attempts() > 1);
      assertThat(study.trials())
          .extracting(trial -> trial.candidate().getString("activation"))
          .contains("ünïcode");
    }
    assertThat(version()).as("reading changes nothing").isEqualTo(1);
  }

  @Test
  void firstVersion_isGoneOnWith() throws SQLException {
    StudyResult result;
    try (Troupe troupe = Troupe.start(Troupe.cpuSlots(2))) {
      result =
          StoredStudy.start(troupe, home, Budget.trials(40)).outcome().toCompletableFuture().join();
    }

    assertThat(result.state()).isEqualTo(StudyState.DONE);
    assertThat(version()).isEqualTo(SqliteSchema.MIGRATIONS.newest());
    try (KeptStudies studies = Troupe.keptStudies("file", home)) {
      assertThat(studies.study(StoredStudy.NAME).trials())
          .hasSize(40)
          .extracting(KeptTrial::state)
          .doesNotContain(TrialState.RUNNING);
    }
  }

  @Test
  void migration_thatFails_leavesTheVersionAsItWas() throws SQLException {
    execute("CREATE TABLE snapshot (in_the_way TEXT)");

    assertThatThrownBy(() -> new FileLedgerProvider().open("file", "s", home))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("snapshot");
    assertThat(version()).isEqualTo(1);
    assertThatThrownBy(() -> execute("SELECT id FROM store")).hasMessageContaining("store");
  }

  private int version() throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("PRAGMA user_version")) {
      return row.getInt(1);
    }
  }

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + home.resolve("troupe.db"));
  }
}
