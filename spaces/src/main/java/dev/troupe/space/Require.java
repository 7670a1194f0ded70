package dev.troupe.space;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** Constraints of the outermost record of a {@link RecordSpace}, as texts. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface Require {

  /** Returns the rules; see {@link Constraint.Text}. Parameters go by their names in kebab case. */
  String[] value();
}
