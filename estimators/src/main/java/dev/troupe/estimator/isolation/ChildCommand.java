package dev.troupe.estimator.isolation;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How a child JVM is started: this Java, this class path, the options of this JVM, and further ones
 * that win over them.
 */
final class ChildCommand {

  /** Options that only one JVM can have, or that would make children write over its files. */
  private static final List<String> OWN =
      List.of(
          "-agentlib:",
          "-agentpath:",
          "-javaagent:",
          "-Xrun",
          "-Xdebug",
          "-Xlog",
          "-XX:ArchiveClassesAtExit",
          "-XX:FlightRecorder",
          "-XX:StartFlightRecording",
          "-Dcom.sun.management.");

  private ChildCommand() {}

  /**
   * Returns how to start a child.
   *
   * @param options that win over those of this JVM
   * @throws IllegalArgumentException if this JVM's classes do not come from a class path
   */
  static ProcessBuilder builder(List<String> options) {
    var words = new ArrayList<String>();
    words.add(Path.of(System.getProperty("java.home", ""), "bin", "java").toString());
    words.addAll(inherited(ManagementFactory.getRuntimeMXBean().getInputArguments()));
    words.add("-XX:+DisplayVMOutputToStderr");
    words.addAll(options);
    words.add("-cp");
    words.add(classPath());
    words.add(ChildMain.class.getName());
    return new ProcessBuilder(words);
  }

  /** Returns those of a JVM's options that its children share. */
  static List<String> inherited(List<String> options) {
    return options.stream().filter(option -> OWN.stream().noneMatch(option::startsWith)).toList();
  }

  private static String classPath() {
    String path = System.getProperty("java.class.path", "");
    if (path.isBlank() || System.getProperty("jdk.module.path") != null) {
      throw new IllegalArgumentException(
          "estimator.isolation = process needs Troupe and the estimator on the class path of this JVM, but they come from a module path or a class loader of the application's. Maybe put them on the class path, or isolation = thread.");
    }
    return path;
  }
}
