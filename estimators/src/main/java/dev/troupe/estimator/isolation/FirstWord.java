package dev.troupe.estimator.isolation;

import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** The first thing that a child says: whether its estimator is made. */
final class FirstWord {

  private static final long PULSE_NANOS = TimeUnit.SECONDS.toNanos(1);

  private FirstWord() {}

  /**
   * Waits until a child is ready, for as long as its data take to load.
   *
   * @throws IllegalArgumentException if the estimator refuses its settings
   * @throws IsolatedTrialException if it cannot be made, or the child dies
   */
  static Abilities await(Child child) throws IsolatedTrialException, InterruptedException {
    Abilities abilities = child.abilities();
    while (abilities == null) {
      ToParent message = child.poll(PULSE_NANOS);
      abilities = message == null ? null : take(child, message);
    }
    return abilities;
  }

  /**
   * Takes what may be the first word.
   *
   * @return what the estimator can do, or null if it is another message
   */
  static @Nullable Abilities take(Child child, ToParent message)
      throws IsolatedTrialException, InterruptedException {
    if (message instanceof ToParent.Ready ready) {
      child.ready(ready.abilities());
      return ready.abilities();
    }
    if (message instanceof ToParent.Refused refused) {
      child.wearOut();
      if (refused.wrongInput()) {
        throw new IllegalArgumentException(refused.reason());
      }
      throw new IsolatedTrialException(withPoint(refused.reason()), null);
    }
    if (message instanceof ToParent.Silent silent) {
      throw new IsolatedTrialException(describeEnd(child, silent, ""), null);
    }
    return null;
  }

  /**
   * Returns how a child ended and what it wrote last.
   *
   * @param when put after what happened; may be empty
   */
  static String describeEnd(Child child, ToParent.Silent silent, String when)
      throws InterruptedException {
    Child.End end = child.end(silent.damage());
    child.wearOut();
    return "%s%s. %s%s".formatted(end.event(), when, end.remedy(), lastWords(child));
  }

  /** Returns what a dead child wrote last, with a leading blank. */
  static String lastWords(Child child) throws InterruptedException {
    String words = child.lastWords();
    return words.isEmpty() ? " It wrote nothing to standard error." : " Its last words:\n" + words;
  }

  private static String withPoint(String reason) {
    return reason.endsWith(".") ? reason : reason + ".";
  }
}
