package dev.troupe.estimator.isolation;

import java.io.FileDescriptor;
import java.io.FileInputStream;
import java.io.FileOutputStream;
import java.io.InputStream;

/**
 * The program that a child JVM runs. It listens to its parent on standard input and answers on
 * standard output; for everybody else in it the one is empty, and the other is standard error.
 */
public final class ChildMain {

  private ChildMain() {}

  /** Serves the parent; ends the JVM when that is done, or the parent is gone. */
  public static void main(String[] arguments) {
    var input = new FileInputStream(FileDescriptor.in);
    var output = new FileOutputStream(FileDescriptor.out);
    System.setOut(System.err);
    System.setIn(InputStream.nullInputStream());
    var session = new ChildSession(new Frames.Writer(output), Runtime.getRuntime()::halt);
    session.listen(new Frames.Reader(input, noise -> {}));
  }
}
