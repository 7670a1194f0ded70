package dev.troupe.estimator.process;

import dev.troupe.architecture.Architecture;
import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.Evaluation;
import dev.troupe.space.Decoder;
import dev.troupe.study.FidelityRange;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.Suggestion;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates a candidate by running a program; see the package. Whatever the program does, its trial
 * ends: with a result, or with a failure that holds the program's last words. Processes die with
 * their evaluation, with {@link #close} and with the JVM. Thread safe; each evaluation runs a
 * program of its own.
 */
final class ProcessEstimator implements Estimator {

  private final ProcessCommand command;
  private final List<Objective> objectives;
  private final @Nullable Decoder<Architecture> decoder;
  private final List<FidelityRange> fidelities;
  private final Set<ProcessRun> runs = ConcurrentHashMap.newKeySet();
  private final Thread hook = new Thread(this::killAll, "troupe-process-end");
  private volatile boolean closed;

  private ProcessEstimator(
      ProcessCommand command,
      List<Objective> objectives,
      @Nullable Decoder<Architecture> decoder,
      List<FidelityRange> fidelities) {
    this.command = command;
    this.objectives = List.copyOf(objectives);
    this.decoder = decoder;
    this.fidelities = List.copyOf(fidelities);
  }

  /**
   * Returns an estimator whose programs do not survive the JVM.
   *
   * @param decoder what turns candidates into architectures, which programs are told; null if they
   *     stand for none
   * @param fidelities of what the programs can spend less, the main axis first
   */
  static ProcessEstimator create(
      ProcessCommand command,
      List<Objective> objectives,
      @Nullable Decoder<Architecture> decoder,
      List<FidelityRange> fidelities) {
    var estimator = new ProcessEstimator(command, objectives, decoder, fidelities);
    Runtime.getRuntime().addShutdownHook(estimator.hook);
    return estimator;
  }

  @Override
  public Metrics evaluate(Suggestion suggestion, Evaluation evaluation)
      throws ProcessFailedException {
    if (!(suggestion instanceof Suggestion.Evaluate candidate)) {
      throw new IllegalArgumentException(
          "Trial %s: a program evaluates single candidates, but was asked for %s. Maybe choose a"
                  .formatted(evaluation.attempt().trial(), suggestion.getClass().getSimpleName())
              + " strategy without a supernet.");
    }
    requireOpen();
    Architecture architecture = decoder == null ? null : decoder.decode(candidate.candidate());
    try (ProcessRun run =
        ProcessRun.start(command, objectives, candidate, architecture, evaluation)) {
      return converse(run);
    }
  }

  @Override
  public List<FidelityRange> fidelities() {
    return fidelities;
  }

  private Metrics converse(ProcessRun run) throws ProcessFailedException {
    runs.add(run);
    try {
      requireOpen(); // closed since: the program may have been started too late to be killed
      return run.converse();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return run.interrupted();
    } finally {
      runs.remove(run);
    }
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(
          "The estimator of '%s' was closed. Maybe a study still ran.".formatted(command.text()));
    }
  }

  private void killAll() {
    closed = true;
    runs.forEach(ProcessRun::kill);
  }

  /** Kills what still runs; those evaluations fail. */
  @Override
  public void close() {
    killAll();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // The JVM is ending, and the hook does, or did, the same.
      return;
    }
  }
}
