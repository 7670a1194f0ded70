package dev.troupe.space;

import org.apache.commons.jexl3.JexlArithmetic;

/**
 * What operators do in a constraint: numbers are real ones (half of 3 is 1.5), only numbers are
 * computed with and ordered, only truth values are combined, and nothing turns into anything else.
 */
final class ConstraintArithmetic extends JexlArithmetic {

  private final boolean kindsMustAgree;

  /**
   * Makes the arithmetic.
   *
   * @param kindsMustAgree whether a text that is compared with a number is an error, rather than
   *     different from it
   */
  ConstraintArithmetic(boolean kindsMustAgree) {
    super(true);
    this.kindsMustAgree = kindsMustAgree;
  }

  private static double number(Object operand) {
    if (operand instanceof Number number) {
      return number.doubleValue();
    }
    throw new ArithmeticException(show(operand) + " is not a number");
  }

  private static String show(Object operand) {
    return operand instanceof String ? "'" + operand + "'" : String.valueOf(operand);
  }

  @Override
  public Object add(Object left, Object right) {
    return number(left) + number(right);
  }

  @Override
  public Object subtract(Object left, Object right) {
    return number(left) - number(right);
  }

  @Override
  public Object multiply(Object left, Object right) {
    return number(left) * number(right);
  }

  @Override
  public Object divide(Object left, Object right) {
    return number(left) / number(right);
  }

  @Override
  public Object mod(Object left, Object right) {
    return number(left) % number(right);
  }

  @Override
  public Object negate(Object operand) {
    return -number(operand);
  }

  @Override
  public Object positivize(Object operand) {
    return number(operand);
  }

  @Override
  public boolean lessThan(Object left, Object right) {
    return number(left) < number(right);
  }

  @Override
  public boolean lessThanOrEqual(Object left, Object right) {
    return number(left) <= number(right);
  }

  @Override
  public boolean greaterThan(Object left, Object right) {
    return number(left) > number(right);
  }

  @Override
  public boolean greaterThanOrEqual(Object left, Object right) {
    return number(left) >= number(right);
  }

  @Override
  public boolean equals(Object left, Object right) {
    if (left instanceof Number one && right instanceof Number other) {
      return one.doubleValue() == other.doubleValue();
    }
    if (kindsMustAgree && left.getClass() != right.getClass()) {
      throw new ArithmeticException(
          "%s and %s can never be equal".formatted(show(left), show(right)));
    }
    return left.equals(right);
  }

  @Override
  public boolean toBoolean(Object operand) {
    if (operand instanceof Boolean flag) {
      return flag;
    }
    throw new ArithmeticException(show(operand) + " is neither true nor false");
  }

  @Override
  protected boolean toBoolean(boolean strict, Object operand) {
    return toBoolean(operand);
  }

  @Override
  public Object not(Object operand) {
    return !toBoolean(operand);
  }

  /** The single {@code &}, which computes both sides. */
  @Override
  public Object and(Object left, Object right) {
    boolean one = toBoolean(left);
    boolean other = toBoolean(right);
    return one && other;
  }

  /** The single {@code |}, which computes both sides. */
  @Override
  public Object or(Object left, Object right) {
    boolean one = toBoolean(left);
    boolean other = toBoolean(right);
    return one || other;
  }
}
