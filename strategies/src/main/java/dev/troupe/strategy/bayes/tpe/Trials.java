package dev.troupe.strategy.bayes.tpe;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** The trials that have ended: where they lie, and which are better. Not thread safe. */
final class Trials {

  private final Observations observations;
  private final List<Merit> merits = new ArrayList<>();
  private final Ranking ranking;

  Trials(Layout layout, int objectives) {
    observations = new Observations(layout);
    ranking = objectives == 1 ? new LossRanking() : new ParetoRanking();
  }

  void add(Place place, Merit merit) {
    observations.addEnded(place);
    merits.add(merit);
    ranking.add(merit);
  }

  int size() {
    return merits.size();
  }

  Observations observations() {
    return observations;
  }

  Ranking ranking() {
    return ranking;
  }

  void write(DataOutputStream out) throws IOException {
    out.writeInt(size());
    for (int row = 0; row < size(); row++) {
      observations.place(row).write(out);
      merits.get(row).write(out);
    }
  }

  static Trials read(DataInputStream in, Layout layout, int objectives) throws IOException {
    var trials = new Trials(layout, objectives);
    int size = in.readInt();
    for (int row = 0; row < size; row++) {
      trials.add(Place.read(in, layout), Merit.read(in, objectives));
    }
    return trials;
  }
}
