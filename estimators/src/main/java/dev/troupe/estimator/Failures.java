package dev.troupe.estimator;

/** What a throwable means to the person who reads the reason of a failed trial. Pure. */
public final class Failures {

  private static final int DEEPEST = 8;

  private Failures() {}

  /**
   * Returns the message of our own errors as it stands, and type and message of any other, with the
   * innermost cause where it says more.
   */
  public static String describe(Throwable failure) {
    String text = say(failure);
    Throwable root = failure;
    for (int depth = 0; root.getCause() != null && depth < DEEPEST; depth++) {
      root = root.getCause();
    }
    if (root != failure && root.getMessage() != null && !text.contains(root.getMessage())) {
      text += " (caused by " + say(root) + ")";
    }
    return text;
  }

  private static String say(Throwable failure) {
    String message = failure.getMessage();
    if (message == null || message.isBlank()) {
      StackTraceElement[] trace = failure.getStackTrace();
      return failure.getClass().getName() + (trace.length == 0 ? "" : " at " + trace[0]);
    }
    boolean speaksForItself =
        failure instanceof IllegalArgumentException
            || failure instanceof IllegalStateException
            || failure.getClass().getName().startsWith("dev.troupe.");
    return speaksForItself ? message : failure.getClass().getSimpleName() + ": " + message;
  }
}
