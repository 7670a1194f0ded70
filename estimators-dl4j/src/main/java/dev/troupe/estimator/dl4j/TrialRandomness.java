package dev.troupe.estimator.dl4j;

import dev.troupe.random.RandomStreams;
import dev.troupe.random.StreamGenerator;
import dev.troupe.study.TrialId;

/**
 * The streams of one training of a trial: the same for each of its attempts, and for its
 * repetition.
 *
 * @param streams of the study
 * @param trial which trains
 * @param repeat which of its trainings, counted from 0
 */
record TrialRandomness(RandomStreams streams, TrialId trial, int repeat) {

  /** The first training of a trial. */
  TrialRandomness(RandomStreams streams, TrialId trial) {
    this(streams, trial, 0);
  }

  /** Returns the streams of another training of the trial. */
  TrialRandomness ofRepeat(int number) {
    return new TrialRandomness(streams, trial, number);
  }

  StreamGenerator stream(String name) {
    return streams.stream(RandomStreams.Kind.TRIAL, trial.number(), full(name));
  }

  int seed(String name) {
    return streams.foreignSeed(RandomStreams.Kind.TRIAL, trial.number(), full(name));
  }

  private String full(String name) {
    return repeat == 0 ? name : name + "~" + repeat;
  }
}
