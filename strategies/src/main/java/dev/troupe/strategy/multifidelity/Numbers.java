package dev.troupe.strategy.multifidelity;

/** How numbers are said. */
final class Numbers {

  private Numbers() {}

  /** Returns a number without needless digits. */
  static String text(double number) {
    return number == Math.rint(number) && Math.abs(number) < 1e15
        ? Long.toString((long) number)
        : Double.toString(number);
  }
}
