package dev.troupe.space;

import java.util.OptionalLong;

/**
 * A parameter that is false or true, each equally probable. Its values are {@link Boolean}s.
 *
 * @param name {@code [a-z][a-z0-9-]*}, unique in its space
 */
public record BooleanParameter(String name) implements Parameter {

  /** Checks the name; breaking its rule throws {@link IllegalArgumentException}. */
  public BooleanParameter {
    Names.requireValid(name);
  }

  @Override
  public OptionalLong cardinality() {
    return OptionalLong.of(2);
  }

  @Override
  public boolean contains(Object value) {
    return value instanceof Boolean;
  }

  @Override
  public String rule() {
    return "must be true or false";
  }

  @Override
  public double encode(Object value) {
    return (Boolean) value ? 0.75 : 0.25;
  }

  @Override
  public Object decode(double unit) {
    return unit >= 0.5;
  }

  @Override
  public Object value(long index) {
    return index == 1;
  }
}
