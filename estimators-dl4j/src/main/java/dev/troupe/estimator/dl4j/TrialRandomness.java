package dev.troupe.estimator.dl4j;

import dev.troupe.random.RandomStreams;
import dev.troupe.random.StreamGenerator;
import dev.troupe.study.TrialId;

/** The streams of one trial: the same for each of its attempts, and for its repetition. */
record TrialRandomness(RandomStreams streams, TrialId trial) {

  StreamGenerator stream(String name) {
    return streams.stream(RandomStreams.Kind.TRIAL, trial.number(), name);
  }

  int seed(String name) {
    return streams.foreignSeed(RandomStreams.Kind.TRIAL, trial.number(), name);
  }
}
