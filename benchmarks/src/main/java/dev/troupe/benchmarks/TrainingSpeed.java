package dev.troupe.benchmarks;

import com.sun.management.OperatingSystemMXBean;
import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.dl4j.data.DataRequest;
import dev.troupe.estimator.dl4j.data.FashionMnist;
import dev.troupe.estimator.dl4j.data.LabelledData;
import dev.troupe.settings.Settings;
import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.LongConsumer;

/**
 * How fast the estimators train, beside a bare loop of Deeplearning4j over the same images: a
 * multilayer perceptron 784-256-128-10 and a small convolutional network, batches of 128, Adam,
 * Fashion-MNIST. Runs of both alternate, so that a change of the machine's load meets both; medians
 * are printed. An estimator also shuffles, checks for NaN and validates on 1 % of the images; that
 * is its overhead.
 *
 * <p>Options: {@code --model both|mlp|cnn}, {@code --threads 1,2} (trainings side by side), {@code
 * --images 6400}, {@code --epochs 0} (0: 10 for the perceptron, 1 for the convolutional network),
 * {@code --repeats 5}, {@code --folder} (of the IDX files). Start the JVM with {@code
 * OMP_NUM_THREADS=1} in its environment.
 */
public final class TrainingSpeed {

  private static final OperatingSystemMXBean SYSTEM =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private TrainingSpeed() {}

  /** What one run took. */
  private record Rate(double imagesPerCpuSecond, double imagesPerSecond) {}

  /** Runs the benchmark. */
  public static void main(String[] line) throws Exception {
    Arguments arguments =
        Arguments.parse(
            line,
            Map.of(
                "model", "both",
                "threads", "1,2",
                "images", "6400",
                "epochs", "0",
                "repeats", "5",
                "folder", "/usr/share/datasets/fashion-mnist"));
    String model = arguments.text("model");
    System.out.println(
        "model  threads  training    img/CPU-s  img/s (all threads)  CPU per image to bare loop");
    for (String threads : arguments.text("threads").split(",", -1)) {
      if (!model.equals("cnn")) {
        compare(arguments, "mlp", Integer.parseInt(threads), epochs(arguments, 10));
      }
      if (!model.equals("mlp")) {
        compare(arguments, "cnn", Integer.parseInt(threads), epochs(arguments, 1));
      }
    }
  }

  private static int epochs(Arguments arguments, int fallback) {
    return arguments.number("epochs") == 0 ? fallback : arguments.number("epochs");
  }

  private static void compare(Arguments arguments, String model, int threads, int epochs)
      throws Exception {
    BareLoop bare = BareLoop.of(model, data(arguments));
    try (Estimator estimator =
        Trainings.estimator("dl4j-" + model, settings(arguments, model, epochs))) {
      long images = (long) epochs * threads;
      List<Rate> bareRates = new ArrayList<>();
      List<Rate> estimatorRates = new ArrayList<>();
      for (int repeat = 0; repeat <= arguments.number("repeats"); repeat++) {
        Rate bareRate = measure(threads, images * bare.images(), trial -> bare.train(epochs));
        Rate estimatorRate =
            measure(
                threads,
                images * trained(arguments),
                trial -> Trainings.evaluate(estimator, trial));
        if (repeat > 0) { // the first run warms the JVM up
          bareRates.add(bareRate);
          estimatorRates.add(estimatorRate);
        }
      }
      print(model, threads, "bare loop", bareRates, bareRates);
      print(model, threads, "estimator", estimatorRates, bareRates);
    }
  }

  /** The estimator keeps 1 % of the images for validation. */
  private static long trained(Arguments arguments) {
    return arguments.number("images") - Math.round(arguments.number("images") * 0.01);
  }

  private static Map<String, Object> settings(Arguments arguments, String model, int epochs) {
    Map<String, Object> settings = new HashMap<>();
    settings.put("data", "fashion-mnist");
    settings.put("folder", arguments.text("folder"));
    settings.put("train-limit", arguments.number("images"));
    settings.put("validation-fraction", 0.01);
    settings.put("epochs", epochs);
    settings.put("batch-size", 128);
    if (model.equals("cnn")) {
      settings.put("batch-norm", true);
    } else {
      settings.put("units", 256);
      settings.put("taper", true);
    }
    return settings;
  }

  private static LabelledData data(Arguments arguments) {
    Map<String, Object> settings =
        Map.of("folder", arguments.text("folder"), "train-limit", arguments.number("images"));
    return new FashionMnist()
        .load(new DataRequest(Settings.of("estimator", settings), Path.of(".")));
  }

  private static Rate measure(int threads, long images, LongConsumer training) throws Exception {
    long cpu = SYSTEM.getProcessCpuTime();
    long start = System.nanoTime();
    List<Thread> running = new ArrayList<>();
    for (int i = 1; i <= threads; i++) {
      long trial = i;
      var thread = new Thread(() -> training.accept(trial), "training-" + i);
      thread.start();
      running.add(thread);
    }
    for (Thread thread : running) {
      thread.join();
    }
    double seconds = (System.nanoTime() - start) / 1e9;
    return new Rate(images / ((SYSTEM.getProcessCpuTime() - cpu) / 1e9), images / seconds);
  }

  private static void print(
      String model, int threads, String what, List<Rate> rates, List<Rate> bare) {
    double[] ratios = new double[rates.size()];
    Arrays.setAll(
        ratios, i -> bare.get(i).imagesPerCpuSecond() / rates.get(i).imagesPerCpuSecond());
    System.out.printf(
        Locale.ROOT,
        "%-5s  %7d  %-10s  %9.0f  %19.0f  %26.3f%n",
        model,
        threads,
        what,
        median(rates.stream().mapToDouble(Rate::imagesPerCpuSecond).toArray()),
        median(rates.stream().mapToDouble(Rate::imagesPerSecond).toArray()),
        median(ratios));
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    int middle = sorted.length / 2;
    return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
  }
}
