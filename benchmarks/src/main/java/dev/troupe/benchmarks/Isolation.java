package dev.troupe.benchmarks;

import dev.troupe.StudyFile;
import dev.troupe.Troupe;
import dev.troupe.study.EndedTrial;
import dev.troupe.study.Outcome;
import dev.troupe.study.StudyEvent;
import dev.troupe.study.StudyResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;

/**
 * What it costs to evaluate trials in processes of their own, and what it is good for: the time of
 * a study of sleeping trials on threads and in processes, from its start and from the end of its
 * first trials on; then what a study says of trials that halt their JVM, leak memory and never
 * return.
 *
 * <p>Options: {@code --seconds 1,0.01} (how long trials take), {@code --trials 60,600} (how many of
 * each), {@code --slots 2}, {@code --leak-mib 2048} (where the leak ends if nobody kills it: to be
 * run where less than that is allowed, in a container or a control group).
 */
public final class Isolation {

  private static final double NANOS_PER_SECOND = 1e9;
  private static final List<String> PLACES = List.of("thread", "process");

  private final Arguments arguments;

  private Isolation(Arguments arguments) {
    this.arguments = arguments;
  }

  /** Prints both tables. */
  public static void main(String[] line) {
    var arguments =
        Arguments.parse(
            line,
            Map.of("seconds", "1,0.01", "trials", "60,600", "slots", "2", "leak-mib", "2048"));
    new Isolation(arguments).run();
  }

  private void run() {
    System.out.println("seconds  trials  place     from start  of threads    steady  of threads");
    String[] seconds = arguments.text("seconds").split(",", -1);
    String[] trials = arguments.text("trials").split(",", -1);
    if (seconds.length != trials.length) {
      throw new IllegalArgumentException(
          "--seconds and --trials are lists of one length, not %s and %s."
              .formatted(arguments.text("seconds"), arguments.text("trials")));
    }
    for (int i = 0; i < seconds.length; i++) {
      compare(seconds[i], Integer.parseInt(trials[i]));
    }
    for (String act : List.of("halt", "leak", "hang")) {
      survive(act);
    }
  }

  /** How many trials a second, from the start of a study and between its first and last ends. */
  private record Rates(double fromStart, double steady) {}

  private void compare(String seconds, int trials) {
    Rates threads = new Rates(Double.NaN, Double.NaN);
    for (String place : PLACES) {
      Rates rates = measure(seconds, trials, place);
      threads = place.equals("thread") ? rates : threads;
      System.out.printf(
          "%7s %7d  %-8s %8.2f/s %11.3f %8.2f/s %11.3f%n",
          seconds,
          trials,
          place,
          rates.fromStart(),
          rates.fromStart() / threads.fromStart(),
          rates.steady(),
          rates.steady() / threads.steady());
    }
  }

  private Rates measure(String seconds, int trials, String place) {
    int slots = arguments.number("slots");
    StudyFile file =
        file(
            "x { type = float, low = 0, high = 1 }",
            "name = sleeping, seconds = " + seconds,
            place,
            trials,
            slots);
    List<Long> ends = Collections.synchronizedList(new ArrayList<>());
    try (Troupe troupe = Troupe.start(Troupe.cpuSlots(slots))) {
      long start = System.nanoTime();
      file.start(
              troupe,
              List.of(
                  event -> {
                    if (event instanceof StudyEvent.TrialEnded) {
                      ends.add(System.nanoTime());
                    }
                  }))
          .outcome()
          .toCompletableFuture()
          .join();
      long last = ends.get(ends.size() - 1);
      long first = ends.get(slots - 1);
      return new Rates(
          trials * NANOS_PER_SECOND / (last - start),
          (trials - slots) * NANOS_PER_SECOND / (last - first));
    }
  }

  private void survive(String act) {
    StudyFile file =
        file(
            "act { type = categorical, choices = [" + act + ", well] }",
            "name = broken, time-limit = 20s, leak-mib = " + arguments.number("leak-mib"),
            "process",
            6,
            arguments.number("slots"));
    List<EndedTrial> ended = Collections.synchronizedList(new ArrayList<>());
    try (Troupe troupe = Troupe.start(Troupe.cpuSlots(arguments.number("slots")))) {
      StudyResult result =
          file.start(
                  troupe,
                  List.of(
                      event -> {
                        if (event instanceof StudyEvent.TrialEnded end) {
                          ended.add(end.trial());
                        }
                      }))
              .outcome()
              .toCompletableFuture()
              .join();
      System.out.printf(
          "%n%s: the study is %s, with %d trials completed and %d failed.%n",
          act, result.state(), result.completed(), result.failed());
    }
    ended.stream()
        .map(EndedTrial::outcome)
        .filter(Outcome.Failed.class::isInstance)
        .findFirst()
        .map(outcome -> ((Outcome.Failed) outcome).reason())
        .ifPresent(reason -> System.out.println("The first that failed: " + reason));
  }

  private static StudyFile file(
      String space, String estimator, String place, int trials, int slots) {
    return StudyFile.parse(
        Path.of("isolation.conf"),
        """
        study { metric = loss, direction = minimize, seed = 1, parallelism = %d }
        space { %s }
        strategy { name = random, duplicates = true }
        estimator { %s, isolation = %s, isolation-options = ["-Xmx128m", "-XX:MaxDirectMemorySize=64g"] }
        budget { trials = %d }
        ledger = memory
        """
            .formatted(slots, space, estimator, place, trials),
        List.of());
  }
}
