package dev.troupe.benchmarks;

import dev.troupe.estimator.Estimator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Whether memory stays flat over many trials in one JVM: trains small networks of both kinds in
 * turn and prints the resident memory of the process every 20 trials. Options: {@code --trials
 * 200}, {@code --epochs 2}. Needs Linux.
 */
public final class TrainingMemory {

  private static final int EVERY = 20;

  private TrainingMemory() {}

  /** Runs the benchmark. */
  public static void main(String[] line) throws Exception {
    Arguments arguments = Arguments.parse(line, Map.of("trials", "200", "epochs", "2"));
    Map<String, ?> common = Map.of("data", "digits", "epochs", arguments.number("epochs"));
    try (Estimator mlp = Trainings.estimator("dl4j-mlp", common);
        Estimator cnn = Trainings.estimator("dl4j-cnn", common)) {
      List<Estimator> both = List.of(mlp, cnn);
      System.out.println("trials  resident MB");
      for (int trial = 1; trial <= arguments.number("trials"); trial++) {
        Trainings.evaluate(both.get(trial % 2), trial);
        if (trial % EVERY == 0) {
          System.out.printf(Locale.ROOT, "%6d  %11.0f%n", trial, residentMegabytes());
        }
      }
    }
  }

  private static double residentMegabytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1024;
      }
    }
    throw new IllegalStateException("/proc/self/status has no line VmRSS.");
  }
}
