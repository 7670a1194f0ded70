package dev.troupe.space;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Bounds of a number of a record that serves as a {@link RecordSpace}, evenly spaced. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Range {

  /** Returns the least value, inclusive. */
  double low();

  /** Returns the greatest value, inclusive. */
  double high();

  /** Returns the distance between neighbours; 0 for 1 (whole numbers) or a continuum (reals). */
  double step() default 0;
}
