package dev.troupe.space;

/** 64-bit hashes that are the same in every JVM. */
final class Fingerprints {

  private static final long FNV_OFFSET = 0xCBF29CE484222325L;
  private static final long FNV_PRIME = 0x100000001B3L;

  private Fingerprints() {}

  /** Spreads the bits: the finalizer of SplitMix64 (doi:10.1145/2660193.2660195). */
  static long mix(long z) {
    long x = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
    x = (x ^ x >>> 27) * 0x94D049BB133111EBL;
    return x ^ x >>> 31;
  }

  /** Returns the FNV-1a hash of the UTF-16 units of a text. */
  static long of(String text) {
    long hash = FNV_OFFSET;
    for (int i = 0; i < text.length(); i++) {
      hash = (hash ^ text.charAt(i)) * FNV_PRIME;
    }
    return hash;
  }

  /** Returns a hash of a value of a parameter; values of different kinds differ. */
  static long of(Object value) {
    if (value instanceof Double real) {
      return mix(Double.doubleToLongBits(real) + 1);
    }
    if (value instanceof Long whole) {
      return mix(~whole);
    }
    if (value instanceof Boolean flag) {
      return flag ? 0x9E3779B97F4A7C15L : 0x3C6EF372FE94F82AL;
    }
    return mix(of((String) value));
  }
}
