package dev.troupe.estimator.dl4j;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.nd4j.linalg.factory.Nd4j;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Finds what makes native training slow, large or impossible in this JVM. The launcher sets
 * everything; an application that embeds Troupe has to do it itself. The estimators log the
 * findings once, as warnings. What a setting costs on a machine is measured by {@code
 * benchmarks/run TrainingSpeed} with and without it. Thread safe.
 */
public final class NativeCheck {

  private static final Logger LOG = LoggerFactory.getLogger(NativeCheck.class);
  private static final AtomicBoolean LOGGED = new AtomicBoolean();
  private static final Pattern FAMILY = Pattern.compile("(?m)^cpu family\\s*:\\s*(\\d+)");
  private static final int ZEN_5 = 26;

  private NativeCheck() {}

  /**
   * Something that is missing.
   *
   * @param subject the variable, property or jar that it is about
   * @param problem what is wrong, as a sentence
   * @param cost what it costs, as a sentence
   * @param remedy what to do, as a sentence that begins with "Maybe"; empty if the problem says it
   */
  public record Finding(String subject, String problem, String cost, String remedy) {

    /** Returns the three sentences. */
    @Override
    public String toString() {
      return (problem + " " + cost + " " + remedy).strip();
    }
  }

  /**
   * What the check looks at.
   *
   * @param environment value of an environment variable
   * @param property value of a system property
   * @param onClassPath whether a resource is there
   * @param buildInfo how the loaded back end was built, or null if none is loaded
   * @param executioner the class that runs its operations, or null if none is loaded
   * @param processor the text of {@code /proc/cpuinfo}; empty where there is none
   */
  record Surroundings(
      Function<String, @Nullable String> environment,
      Function<String, @Nullable String> property,
      Predicate<String> onClassPath,
      @Nullable String buildInfo,
      @Nullable String executioner,
      String processor) {}

  /**
   * Returns what is missing in this JVM; empty if nothing is. Loads ND4J's native code if there is
   * any.
   */
  public static List<Finding> findings() {
    if (!hasBackend(NativeCheck::isOnClassPath)) {
      return findings(surroundings(null, null));
    }
    try {
      Natives.load();
    } catch (IllegalStateException e) {
      String message = Objects.requireNonNullElse(e.getMessage(), "No back end could be loaded.");
      return List.of(new Finding("nd4j-native", message, "Nothing can be trained.", ""));
    }
    return findings(
        surroundings(Nd4j.getBackend().buildInfo(), Nd4j.getExecutioner().getClass().getName()));
  }

  private static Surroundings surroundings(
      @Nullable String buildInfo, @Nullable String executioner) {
    return new Surroundings(
        System::getenv,
        System::getProperty,
        NativeCheck::isOnClassPath,
        buildInfo,
        executioner,
        processor());
  }

  /** Logs the findings as warnings, at the first call only. */
  static void logFindings() {
    if (LOGGED.compareAndSet(false, true)) {
      findings().forEach(finding -> LOG.warn("{}", finding));
    }
  }

  static boolean isOnClassPath(String resource) {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    return NativeCheck.class.getClassLoader().getResource(resource) != null
        || (context != null && context.getResource(resource) != null);
  }

  private static boolean hasBackend(Predicate<String> onClassPath) {
    return onClassPath.test(Natives.CPU_BACKEND) || onClassPath.test(Natives.CUDA_BACKEND);
  }

  /** Returns what is missing in {@code surroundings}. */
  static List<Finding> findings(Surroundings surroundings) {
    var findings = new ArrayList<Finding>();
    checkBackend(surroundings, findings);
    checkThreads(surroundings, findings);
    checkHelpers(surroundings, findings);
    checkMemory(surroundings, findings);
    checkExecutioner(surroundings, findings);
    checkProcessor(surroundings, findings);
    return findings;
  }

  private static void checkBackend(Surroundings surroundings, List<Finding> findings) {
    if (!hasBackend(surroundings.onClassPath())) {
      findings.add(
          new Finding(
              "nd4j-native",
              "There is no back end of ND4J on the class path.",
              "Nothing can be trained.",
              "Maybe add org.nd4j:nd4j-native:1.0.0-M2.1, also with the classifier linux-x86_64-onednn-avx2 or that of your system."));
    } else if (surroundings.buildInfo() != null
        && !surroundings.buildInfo().contains("HAVE_ONEDNN")
        && !surroundings.buildInfo().contains("CUDA")) {
      findings.add(
          new Finding(
              "nd4j-native",
              "The back end of ND4J was built without oneDNN.",
              "Convolutions train at about a third of the speed.",
              "Maybe use the classifier linux-x86_64-onednn-avx2, or -onednn of your system."));
    }
  }

  private static void checkThreads(Surroundings surroundings, List<Finding> findings) {
    String threads = surroundings.environment().apply("OMP_NUM_THREADS");
    if (!"1".equals(threads)) {
      findings.add(
          new Finding(
              "OMP_NUM_THREADS",
              "The environment variable OMP_NUM_THREADS should be 1, but %s."
                  .formatted(threads == null ? "is not set" : "is " + threads),
              "The estimators use one native thread for each training all the same; other native code in this JVM does not, and then trainings side by side fight for cores and give other results.",
              "Maybe set it before the JVM starts."));
    }
  }

  private static void checkHelpers(Surroundings surroundings, List<Finding> findings) {
    String disabled = surroundings.property().apply(Natives.HELPERS_DISABLED);
    if (!"false".equalsIgnoreCase(disabled)) {
      findings.add(
          new Finding(
              Natives.HELPERS_DISABLED,
              "The system property %s should be false, but %s."
                  .formatted(
                      Natives.HELPERS_DISABLED, disabled == null ? "is not set" : "is " + disabled),
              "Convolutions do not use oneDNN and train at about a third of the speed.",
              "Maybe start the JVM with -D%s=false.".formatted(Natives.HELPERS_DISABLED)));
    }
  }

  private static void checkMemory(Surroundings surroundings, List<Finding> findings) {
    for (String property :
        List.of("org.bytedeco.javacpp.maxbytes", "org.bytedeco.javacpp.maxphysicalbytes")) {
      if (surroundings.property().apply(property) == null) {
        String limit = property.endsWith("maxbytes") ? "1G" : "3G";
        findings.add(
            new Finding(
                property,
                "The system property %s is not set.".formatted(property),
                "Native memory may grow to several times the heap.",
                "Maybe start the JVM with -D%s=%s.".formatted(property, limit)));
      }
    }
  }

  private static void checkExecutioner(Surroundings surroundings, List<Finding> findings) {
    if (Natives.CPU_EXECUTIONER.equals(surroundings.executioner())) {
      findings.add(
          new Finding(
              KeepingExecutioner.PROPERTY,
              "ND4J was loaded before Troupe, and runs its operations by a class of its own.",
              "A collection of garbage at the wrong moment can take this JVM down.",
              "Maybe start it with -D%s=%s, or set isolation = process."
                  .formatted(KeepingExecutioner.PROPERTY, KeepingExecutioner.class.getName())));
    }
  }

  private static void checkProcessor(Surroundings surroundings, List<Finding> findings) {
    Matcher family = FAMILY.matcher(surroundings.processor());
    if (surroundings.processor().contains("AuthenticAMD")
        && family.find()
        && Integer.parseInt(family.group(1)) >= ZEN_5
        && surroundings.environment().apply("OPENBLAS_CORETYPE") == null) {
      findings.add(
          new Finding(
              "OPENBLAS_CORETYPE",
              "ND4J's OpenBLAS does not know this processor.",
              "Large matrix products take much longer than they need.",
              "Maybe set the environment variable OPENBLAS_CORETYPE=Haswell before the JVM starts."));
    }
  }

  private static String processor() {
    try {
      return Files.readString(Path.of("/proc/cpuinfo"));
    } catch (IOException e) {
      // Not a Linux: then nothing is known about the processor, and nothing said.
      return "";
    }
  }
}
