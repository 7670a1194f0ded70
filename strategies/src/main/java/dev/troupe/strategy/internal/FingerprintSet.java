package dev.troupe.strategy.internal;

import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;

/**
 * A growing set of 64-bit fingerprints in one array: about 16 bytes each, 8 when saved. Open
 * addressing with linear probing; the fingerprints are evenly spread already. Not thread safe.
 */
public final class FingerprintSet {

  private static final int LEAST_CAPACITY = 16;

  /** Zero marks a free place, so that the fingerprint zero is kept apart. */
  private long[] table = new long[LEAST_CAPACITY];

  private boolean hasZero;
  private int size;

  /** Returns the number of fingerprints. */
  public int size() {
    return size;
  }

  /** Adds a fingerprint and returns whether it is new. */
  public boolean add(long fingerprint) {
    if (fingerprint == 0) {
      boolean isNew = !hasZero;
      hasZero = true;
      size += isNew ? 1 : 0;
      return isNew;
    }
    int place = place(table, fingerprint);
    if (table[place] == fingerprint) {
      return false;
    }
    table[place] = fingerprint;
    size++;
    if (size > table.length / 2 + table.length / 4) {
      grow();
    }
    return true;
  }

  /** Returns whether it has been added. */
  public boolean contains(long fingerprint) {
    return fingerprint == 0 ? hasZero : table[place(table, fingerprint)] == fingerprint;
  }

  private static int place(long[] table, long fingerprint) {
    int mask = table.length - 1;
    int place = (int) fingerprint & mask;
    while (table[place] != 0 && table[place] != fingerprint) {
      place = place + 1 & mask;
    }
    return place;
  }

  private void grow() {
    var larger = new long[table.length * 2];
    for (long fingerprint : table) {
      if (fingerprint != 0) {
        larger[place(larger, fingerprint)] = fingerprint;
      }
    }
    table = larger;
  }

  /** Writes all fingerprints. */
  public void write(DataOutputStream out) throws IOException {
    out.writeInt(size);
    if (hasZero) {
      out.writeLong(0);
    }
    for (long fingerprint : table) {
      if (fingerprint != 0) {
        out.writeLong(fingerprint);
      }
    }
  }

  /** Reads what {@link #write} wrote. */
  public static FingerprintSet read(DataInputStream in) throws IOException {
    var set = new FingerprintSet();
    int count = in.readInt();
    for (int i = 0; i < count; i++) {
      set.add(in.readLong());
    }
    return set;
  }
}
