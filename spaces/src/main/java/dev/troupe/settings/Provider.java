package dev.troupe.settings;

import java.util.List;

/**
 * Makes a part of a study (a strategy, a pruner, an estimator …) that study files know by name.
 * Providers are found through {@link java.util.ServiceLoader}, so that a user's jar adds its own.
 */
public interface Provider {

  /** Returns the name that the study file uses, in kebab case. */
  String name();

  /** Returns one line about it for {@code troupe list}. */
  String description();

  /** Returns the keys it understands besides {@code name}; any other key is refused. */
  List<Option> options();
}
