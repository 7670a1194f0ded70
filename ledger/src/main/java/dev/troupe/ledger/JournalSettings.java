package dev.troupe.ledger;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.util.Map;

/**
 * The journal plugin of Akka Persistence for one database. Its settings are made at run time, and
 * its id names the file: so studies of several homes live in one actor system, which may be
 * somebody else's, and a database that replaced a removed one gets a journal of its own.
 */
final class JournalSettings {

  private static final String PLUGIN = "jdbc-journal";

  private JournalSettings() {}

  /** Returns the id of the journal that writes to the database which is held. */
  static String id(StudyHold hold) {
    return "troupe-ledger-%016x".formatted(AdvisoryKey.of("journal", hold.databaseKey()));
  }

  /** Returns the settings below the plugin's id. */
  static Config of(Store store, String id) {
    Map<String, Object> settings =
        Map.of(
            "parallelism",
            1,
            "batchSize",
            1000,
            // A disk that takes long is waited for: what is late is not lost.
            "circuit-breaker",
            Map.of("call-timeout", "60s"),
            "slick",
            store.slick());
    Config plugin =
        ConfigValueFactory.fromMap(settings)
            .toConfig()
            .withFallback(
                ConfigFactory.defaultReference(JournalSettings.class.getClassLoader())
                    .getConfig(PLUGIN));
    return plugin.atPath(id);
  }
}
