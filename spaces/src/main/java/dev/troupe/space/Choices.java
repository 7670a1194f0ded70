package dev.troupe.space;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/** The choices of a text of a record that serves as a {@link RecordSpace}. */
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.RECORD_COMPONENT)
public @interface Choices {

  /** Returns the choices, at least one, none twice. */
  String[] value();
}
