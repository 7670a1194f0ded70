package dev.troupe.strategy.multifidelity;

import dev.troupe.codec.EventInput;
import dev.troupe.codec.EventOutput;
import dev.troupe.codec.SuggestionCodec;
import dev.troupe.space.Configuration;
import dev.troupe.study.TrialId;

/**
 * What a strategy knows of a trial that has not ended.
 *
 * @param trial its number
 * @param candidate its configuration
 * @param level which it has reached, or is on its way to
 */
record Track(TrialId trial, Configuration candidate, int level) {

  static void write(EventOutput out, Track track) {
    out.writeLong(track.trial.number());
    SuggestionCodec.writeConfiguration(out, track.candidate);
    out.writeLong(track.level);
  }

  static Track read(EventInput in) {
    return new Track(
        TrialId.of(in.readLong()), SuggestionCodec.readConfiguration(in), in.readInt());
  }
}
