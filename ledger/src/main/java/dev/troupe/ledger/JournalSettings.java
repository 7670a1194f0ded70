package dev.troupe.ledger;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigValueFactory;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The journal plugin of Akka Persistence for one database. Its settings are made at run time, and
 * its id names the file: so studies of several homes live in one actor system, which may be
 * somebody else's, and a database that replaced a removed one gets a journal of its own.
 */
final class JournalSettings {

  private static final String PLUGIN = "jdbc-journal";

  private JournalSettings() {}

  static String id(Database database, @Nullable Object identity) {
    return "troupe-ledger-%08x%08x"
        .formatted(database.file().toString().hashCode(), Objects.hashCode(identity));
  }

  /** Returns the settings below the plugin's id. */
  static Config of(Database database, String id) {
    Map<String, Object> properties = new HashMap<>();
    Database.writing().forEach((key, value) -> properties.put(key.toString(), value.toString()));
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
            Map.of("profile", "slick.jdbc.SQLiteProfile$", "db", pool(database, properties)));
    Config plugin =
        ConfigValueFactory.fromMap(settings)
            .toConfig()
            .withFallback(
                ConfigFactory.defaultReference(JournalSettings.class.getClassLoader())
                    .getConfig(PLUGIN));
    return plugin.atPath(id);
  }

  /** One connection: SQLite has one writer at a time in any case. */
  private static Map<String, Object> pool(Database database, Map<String, Object> properties) {
    return Map.of(
        "url",
        database.url(),
        "driver",
        "org.sqlite.JDBC",
        "properties",
        properties,
        "numThreads",
        1,
        "maxConnections",
        1,
        "minConnections",
        1,
        "keepAliveConnection",
        false,
        "maxLifetime",
        0);
  }
}
