package dev.troupe.estimator.dl4j.data;

import dev.troupe.settings.Provider;

/**
 * Loads a data set that study files know by name ({@code estimator.data}). Found through {@link
 * java.util.ServiceLoader}, so that a user's jar adds its own. Thread safe.
 */
public interface DataSetProvider extends Provider {

  /**
   * Loads the data; called once for each estimator.
   *
   * @throws IllegalArgumentException if a setting is wrong, or the data are missing or damaged
   */
  LabelledData load(DataRequest request);
}
