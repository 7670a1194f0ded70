package dev.troupe.estimator;

import static java.util.Objects.requireNonNull;

import dev.troupe.random.RandomStreams;
import dev.troupe.settings.Settings;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.Objective;
import java.nio.file.Path;
import java.util.List;

/**
 * What an estimator is made from.
 *
 * @param space where the search looks; an estimator refuses parameters that it does not know
 * @param objectives what is optimised, at least one; an estimator refuses metrics that it does not
 *     report
 * @param streams the study's randomness
 * @param settings its part of the study file
 * @param folder against which relative paths are resolved: that of the study file
 * @param inherits whether the study file says that trials inherit from others, so that each has to
 *     leave what it has learned; where the space itself implies that, it need not be said
 */
public record EstimatorRequest(
    SearchSpace space,
    List<Objective> objectives,
    RandomStreams streams,
    Settings settings,
    Path folder,
    boolean inherits) {

  /** Requires all. */
  public EstimatorRequest {
    requireNonNull(space, "space");
    requireNonNull(streams, "streams");
    requireNonNull(settings, "settings");
    requireNonNull(folder, "folder");
    objectives = List.copyOf(objectives);
  }

  /** Makes one for a study whose trials do not inherit, unless the space implies it. */
  public EstimatorRequest(
      SearchSpace space,
      List<Objective> objectives,
      RandomStreams streams,
      Settings settings,
      Path folder) {
    this(space, objectives, streams, settings, folder, false);
  }
}
