package dev.troupe.strategy.bayes.tpe;

import dev.troupe.space.Configuration;
import dev.troupe.space.Encoding;
import dev.troupe.space.SearchSpace;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * Where a configuration lies. The arrays are shared and not changed any more.
 *
 * @param point in the unit cube, shape [d]
 * @param present whether it has each group of the layout
 */
@SuppressWarnings("ArrayRecordComponent") // read in inner loops
record Place(double[] point, boolean[] present) {

  static Place of(Configuration configuration, SearchSpace space, Layout layout) {
    Encoding encoding = space.encode(configuration);
    return new Place(encoding.point(), layout.present(encoding.active()));
  }

  void write(DataOutputStream out) throws IOException {
    for (double coordinate : point) {
      out.writeDouble(coordinate);
    }
    for (boolean each : present) {
      out.writeBoolean(each);
    }
  }

  static Place read(DataInputStream in, Layout layout) throws IOException {
    var point = new double[layout.dimensions()];
    for (int i = 0; i < point.length; i++) {
      point[i] = in.readDouble();
    }
    var present = new boolean[layout.groups()];
    for (int i = 0; i < present.length; i++) {
      present[i] = in.readBoolean();
    }
    return new Place(point, present);
  }
}
