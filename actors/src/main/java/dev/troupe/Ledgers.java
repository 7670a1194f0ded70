package dev.troupe;

import akka.actor.typed.Behavior;
import dev.troupe.actor.LedgerActor;
import dev.troupe.actor.LedgerProvider;
import dev.troupe.actor.LedgerReader;
import dev.troupe.actor.RepairReport;
import dev.troupe.settings.Providers;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The ledgers on the class path, by the settings that name them. */
final class Ledgers {

  /** The durable ledger if there is one on the class path, else the one in memory. */
  static final String DEFAULT = "auto";

  private static final String MEMORY = "memory";
  private static final String FILE = "file";
  private static final Logger log = LoggerFactory.getLogger(Ledgers.class);

  /** Whether the log says already that nothing lasts. */
  private static final AtomicBoolean SAID = new AtomicBoolean();

  private Ledgers() {}

  /** Returns what {@code auto} means, or the setting itself. */
  static String choose(String setting, boolean virtual) {
    if (!setting.equals(DEFAULT)) {
      return setting;
    }
    if (virtual) {
      return MEMORY;
    }
    boolean durable =
        Providers.all(LedgerProvider.class).stream().anyMatch(provider -> provider.serves(FILE));
    if (!durable && SAID.compareAndSet(false, true)) {
      log.info(
          "Studies are kept in memory, for as long as they run. Maybe put troupe-ledger on the class path.");
    }
    return durable ? FILE : MEMORY;
  }

  /** Returns whether a study is gone when it has ended. */
  static boolean isPassing(String chosen) {
    return chosen.equals(MEMORY);
  }

  /** Returns whether what {@link #choose} returned outlives the process. */
  static boolean lasts(String setting) {
    return !setting.equals(MEMORY);
  }

  /**
   * Opens the ledger of a study.
   *
   * @param setting what {@link #choose} returned
   * @throws IllegalArgumentException if there is no such ledger, or the setting is wrong
   */
  static Behavior<LedgerActor.Command> open(String setting, String study, Path home) {
    return provider(setting).open(setting, study, home);
  }

  /**
   * Opens a store for reading.
   *
   * @param setting what {@link #choose} returned
   * @throws IllegalArgumentException if there is no such ledger, or nothing to read
   */
  static LedgerReader reader(String setting, Path home) {
    return provider(setting).reader(setting, home);
  }

  /** Puts the damaged record of a study in order, as {@link LedgerProvider#repair} says. */
  static RepairReport repair(String setting, String study, Path home) {
    return provider(setting).repair(setting, study, home);
  }

  /**
   * Returns a name under which nothing is kept: {@code study} itself, or {@code study-2}, {@code
   * study-3} …
   */
  static String freeName(String setting, String study, Path home) {
    List<String> taken = names(setting, home);
    String free = study;
    for (int number = 2; taken.contains(free); number++) {
      free = study + "-" + number;
    }
    if (!free.equals(study)) {
      log.info("Study '{}' is kept as it is; this one begins anew as '{}'.", study, free);
    }
    return free;
  }

  private static List<String> names(String setting, Path home) {
    try (LedgerReader reader = reader(setting, home)) {
      return reader.studies();
    } catch (IllegalArgumentException e) {
      return List.of(); // nothing is kept yet
    }
  }

  static LedgerProvider provider(String setting) {
    List<LedgerProvider> providers = Providers.all(LedgerProvider.class);
    for (LedgerProvider provider : providers) {
      if (provider.serves(setting)) {
        return provider;
      }
    }
    throw new IllegalArgumentException(
        "ledger must be one of %s, but was '%s'. Maybe ledger = memory."
            .formatted(
                providers.stream().map(LedgerProvider::name).toList(), withoutSecrets(setting)));
  }

  /** A URL may hold a password. */
  private static String withoutSecrets(String setting) {
    int secrets = setting.indexOf("//");
    return secrets < 0 ? setting : setting.substring(0, secrets) + "//…";
  }
}
