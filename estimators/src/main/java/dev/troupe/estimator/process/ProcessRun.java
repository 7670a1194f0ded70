package dev.troupe.estimator.process;

import static java.util.Objects.requireNonNull;

import dev.troupe.architecture.Architecture;
import dev.troupe.estimator.Evaluation;
import dev.troupe.settings.Nearest;
import dev.troupe.study.Metrics;
import dev.troupe.study.Objective;
import dev.troupe.study.Suggestion;
import dev.troupe.study.Verdict;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * One run of the program, for one attempt of one trial. The evaluating thread waits on one queue
 * for lines, the end of output and the exit; three threads of the run serve the program's pipes, so
 * that no pipe can hold up the conversation. Whatever happens, {@link #close} leaves no process and
 * no thread behind. Only {@link #kill} may be called from another thread.
 */
final class ProcessRun implements AutoCloseable {

  /** How often a request to stop is looked for while the program is silent. */
  private static final long PULSE_NANOS = Duration.ofMillis(100).toNanos();

  /** A request to stop that comes so near to the time limit is that limit, measured elsewhere. */
  private static final Duration RIVALRY = Duration.ofSeconds(1);

  /** How long pipes may stay open once the program and its children are gone. */
  private static final long SETTLING_NANOS = Duration.ofSeconds(2).toNanos();

  private static final long CLOSING_MILLIS = 2000;

  private final ProcessCommand command;
  private final List<Objective> objectives;
  private final Evaluation evaluation;
  private final ProcessTree tree;
  private final CheckpointFiles files;
  private final long startedNanos = System.nanoTime();
  private final BlockingQueue<Output> outputs = new LinkedBlockingQueue<>();
  private final OutputReader reader;
  private final InputWriter writer;
  private final LastWords lastWords;
  private final List<Thread> threads;

  private int measurements;
  private @Nullable Long lastStep;
  private @Nullable Metrics last;
  private Output.@Nullable Line fragment;
  private boolean resultGiven;
  private boolean outputClosed;
  private boolean exited;
  private long exitedNanos;
  private volatile boolean killed;

  private ProcessRun(
      ProcessCommand command,
      List<Objective> objectives,
      Evaluation evaluation,
      ProcessTree tree,
      CheckpointFiles files) {
    this.command = command;
    this.objectives = objectives;
    this.evaluation = evaluation;
    this.tree = tree;
    this.files = files;
    this.lastStep = files.resumedStep();
    Process process = tree.root();
    this.reader = new OutputReader(process.getInputStream(), outputs);
    this.writer = new InputWriter(process.getOutputStream());
    this.lastWords = new LastWords(process.getErrorStream());
    this.threads = List.of(thread("out", reader), thread("in", writer), thread("err", lastWords));
  }

  /**
   * Starts the program and sends it the request.
   *
   * @param architecture for which the candidate stands; null if for none
   * @throws ProcessFailedException if it cannot be started
   */
  static ProcessRun start(
      ProcessCommand command,
      List<Objective> objectives,
      Suggestion.Evaluate suggestion,
      @Nullable Architecture architecture,
      Evaluation evaluation)
      throws ProcessFailedException {
    CheckpointFiles files = prepare(evaluation);
    ProcessTree tree;
    try {
      tree = ProcessTree.start(command.builder());
    } catch (IOException e) {
      files.close();
      throw new ProcessFailedException(cannotStart(command, evaluation, e), e);
    }
    int seed = evaluation.seed("process");
    String request =
        Protocol.request(evaluation.attempt().trial(), suggestion, architecture, seed, files);
    var run = new ProcessRun(command, objectives, evaluation, tree, files);
    try {
      run.begin(request);
    } catch (RuntimeException | Error e) {
      run.close();
      throw e;
    }
    return run;
  }

  private static CheckpointFiles prepare(Evaluation evaluation) throws ProcessFailedException {
    try {
      return CheckpointFiles.prepare(evaluation);
    } catch (IOException e) {
      throw new ProcessFailedException(
          "Trial %s: its checkpoints need a temporary folder, but there is none (%s). Maybe set java.io.tmpdir to one with room, or checkpoints = none."
              .formatted(evaluation.attempt().trial(), e),
          e);
    }
  }

  private static String cannotStart(
      ProcessCommand command, Evaluation evaluation, IOException cause) {
    String remedy =
        command.looksUnsplit()
            ? "Maybe write the program and its arguments as a list: command = [%s]."
                .formatted(command.text().strip().replaceAll("\\s+", ", "))
            : "Maybe it is not installed, not on the PATH, not executable, or its name is misspelt.";
    return "Trial %s: the program '%s' could not be started (%s). %s"
        .formatted(
            evaluation.attempt().trial(), command.words().get(0), cause.getMessage(), remedy);
  }

  private Thread thread(String pipe, Runnable task) {
    var name = "troupe-process-%d-%s".formatted(tree.root().pid(), pipe);
    var thread = new Thread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  private void begin(String request) {
    threads.forEach(Thread::start);
    var unused = tree.root().onExit().thenRun(() -> outputs.add(new Output.Exited()));
    writer.send(request);
    if (!command.verdicts()) {
      writer.end();
    }
  }

  /**
   * Talks with the program until it has ended or need not go on.
   *
   * @return its result, or what was measured last if it was stopped
   * @throws ProcessFailedException if there is no usable result
   */
  Metrics converse() throws ProcessFailedException, InterruptedException {
    while (!isOver()) {
      if (timeIsUp(evaluation.stopRequested() ? RIVALRY : Duration.ZERO)) {
        throw timeLimitExceeded();
      }
      if (evaluation.stopRequested()) {
        return lastOrNone();
      }
      Output output = next();
      if (output != null && take(output) != Verdict.CONTINUE) {
        awaitEnd();
        return lastOrNone();
      }
    }
    return result();
  }

  private @Nullable Output next() throws InterruptedException {
    Output output = outputs.poll(patienceNanos(), TimeUnit.NANOSECONDS);
    tree.observe();
    if (output == null && !exited && !tree.root().isAlive()) {
      return new Output.Exited(); // its notice is late: the pool that carries it may be busy
    }
    return output;
  }

  private boolean isOver() {
    return exited && (outputClosed || System.nanoTime() - exitedNanos > SETTLING_NANOS);
  }

  /** Waits no longer than until the next moment at which something may have to be done. */
  private long patienceNanos() {
    Duration limit = evaluation.timeLimit();
    if (limit == null) {
      return PULSE_NANOS;
    }
    long left = nanos(limit) - (System.nanoTime() - startedNanos);
    return Math.max(1, Math.min(PULSE_NANOS, left));
  }

  /** Returns whether there is a time limit, and no more than {@code slack} is left of it. */
  private boolean timeIsUp(Duration slack) {
    Duration limit = evaluation.timeLimit();
    if (limit == null) {
      return false;
    }
    long nanos = nanos(limit);
    long elapsed = System.nanoTime() - startedNanos;
    return elapsed >= nanos - Math.min(slack.toNanos(), nanos / 10);
  }

  private static long nanos(Duration duration) {
    try {
      return duration.toNanos();
    } catch (ArithmeticException e) {
      return Long.MAX_VALUE; // three centuries will do
    }
  }

  private Verdict take(Output output) throws ProcessFailedException {
    if (output instanceof Output.Line line) {
      reader.taken();
      return line.terminated() ? takeLine(line.text()) : hold(line);
    }
    if (output instanceof Output.Unreadable unreadable) {
      throw garbage(unreadable.problem());
    }
    if (output instanceof Output.Closed) {
      outputClosed = true;
    } else if (!exited) {
      exited = true;
      exitedNanos = System.nanoTime();
      tree.kill(); // what the program left behind would keep the pipes open
    }
    return Verdict.CONTINUE;
  }

  /** A line that was cut off counts only if the program then ends well. */
  private Verdict hold(Output.Line line) {
    fragment = line;
    return Verdict.CONTINUE;
  }

  private Verdict takeLine(String line) throws ProcessFailedException {
    if (line.isBlank()) {
      return Verdict.CONTINUE;
    }
    Protocol.Line parsed;
    try {
      parsed = Protocol.parse(line);
    } catch (BadLineException e) {
      throw garbage(requireNonNull(e.getMessage(), "message"));
    }
    if (resultGiven) {
      throw garbage(
          "only the last line may lack \"step\", but another came after it: "
              + Protocol.quote(line));
    }
    Verdict verdict =
        parsed instanceof Protocol.Report report ? judge(report) : save((Protocol.Saved) parsed);
    if (command.verdicts()) {
      writer.send(Protocol.verdict(verdict));
    }
    return verdict;
  }

  /** The answer tells the program that it may write the next one. */
  private Verdict save(Protocol.Saved saved) throws ProcessFailedException {
    try {
      files.save(saved.step());
    } catch (BadLineException e) {
      throw garbage(requireNonNull(e.getMessage(), "message"));
    } catch (IOException e) {
      throw failure("wrote a checkpoint that could not be taken (%s)".formatted(e), "");
    }
    return Verdict.CONTINUE;
  }

  private Verdict judge(Protocol.Report report) throws ProcessFailedException {
    Long step = report.step();
    Long before = lastStep;
    if (step != null && before != null && step <= before) {
      throw garbage("steps must ascend, but step %d came after %d".formatted(step, before));
    }
    last = report.metrics();
    measurements++;
    if (step == null) {
      resultGiven = true;
      return Verdict.CONTINUE;
    }
    lastStep = step;
    return evaluation.report(step, report.metrics());
  }

  /** After a stop or pause the program may put its things in order, for as long as the grace. */
  private void awaitEnd() throws InterruptedException {
    reader.discard();
    writer.end();
    long graceNanos = nanos(command.grace());
    long since = System.nanoTime();
    while (System.nanoTime() - since < graceNanos
        && !evaluation.stopRequested()
        && !timeIsUp(Duration.ZERO)
        && !tree.root().waitFor(Math.min(PULSE_NANOS, graceNanos), TimeUnit.NANOSECONDS)) {
      tree.observe();
    }
  }

  private Metrics result() throws ProcessFailedException {
    int status = tree.root().exitValue();
    if (status != 0) {
      throw badStatus(status);
    }
    Output.Line rest = fragment;
    fragment = null;
    if (rest != null) {
      takeLine(rest.text());
    }
    Metrics metrics = last;
    if (metrics == null && files.resumedStep() != null) {
      return Metrics.none(); // it had come to its end before: what it measured then counts
    }
    if (metrics == null) {
      throw failure(
          "ended well but wrote no line to standard output",
          "Maybe let it write {\"metrics\":{\"%s\":…}} and flush."
              .formatted(objectives.isEmpty() ? "loss" : objectives.get(0).metric()));
    }
    for (Objective objective : objectives) {
      requireObjective(metrics, objective.metric());
    }
    return metrics;
  }

  private void requireObjective(Metrics metrics, String metric) throws ProcessFailedException {
    if (!metrics.has(metric)) {
      throw failure(
          "must have the metric '%s' in its last line, but had %s"
              .formatted(metric, Protocol.abbreviate(metrics.numbers().keySet().toString())),
          Nearest.hint(metric, metrics.numbers().keySet()));
    }
  }

  private Metrics lastOrNone() {
    return last == null ? Metrics.none() : last;
  }

  /** Returns what to do about an interrupt of the evaluating thread: a result or a failure. */
  Metrics interrupted() throws ProcessFailedException {
    if (timeIsUp(RIVALRY)) {
      throw timeLimitExceeded();
    }
    if (evaluation.stopRequested()) {
      return lastOrNone();
    }
    throw failure("was killed, since its evaluation was interrupted", "");
  }

  private ProcessFailedException timeLimitExceeded() {
    String remedy =
        measurements == 0
            ? "Maybe raise estimator.time-limit, or set verdicts = false if the program reads its"
                + " standard input to the end."
            : "Maybe raise estimator.time-limit.";
    var limit = Objects.toString(evaluation.timeLimit()).replace("PT", "").toLowerCase(Locale.ROOT);
    return failure("exceeded the time limit of %s and was killed".formatted(limit), remedy);
  }

  private ProcessFailedException garbage(String problem) {
    return failure(
        "broke the protocol: " + problem,
        "Maybe print what is meant for people to standard error.");
  }

  private ProcessFailedException badStatus(int status) {
    if (killed) {
      return failure("was killed, since its estimator was closed", "");
    }
    return failure("ended with " + ExitStatus.describe(status), ExitStatus.remedy(status));
  }

  /** Ends the program, so that its last words are complete, and returns what is to be said. */
  private ProcessFailedException failure(String what, String remedy) {
    close();
    var message = new StringBuilder("Trial %s: '%s' ".formatted(trial(), command.text()));
    message.append(what);
    message.append(what.endsWith(".") ? "" : afterMeasurements());
    if (!remedy.isEmpty()) {
      message.append(' ').append(remedy);
    }
    String words = lastWords.text();
    message.append(
        words.isEmpty() ? " It wrote nothing to standard error." : " Its last words:\n" + words);
    return new ProcessFailedException(message.toString(), null);
  }

  private String afterMeasurements() {
    return switch (measurements) {
      case 0 -> ", before any measurement.";
      case 1 -> ", after 1 measurement.";
      default -> ", after %d measurements.".formatted(measurements);
    };
  }

  private String trial() {
    return evaluation.attempt().trial().toString();
  }

  /** Kills the program on behalf of somebody else, who closes the estimator. */
  void kill() {
    killed = true;
    tree.kill();
  }

  /** Kills what still runs and waits for the run's threads; does nothing the second time. */
  @Override
  public void close() {
    boolean interrupted = Thread.interrupted();
    tree.kill();
    reader.discard();
    writer.end();
    try {
      tree.root().waitFor(CLOSING_MILLIS, TimeUnit.MILLISECONDS);
      for (Thread thread : threads) {
        thread.join(CLOSING_MILLIS);
      }
    } catch (InterruptedException e) {
      interrupted = true;
    }
    threads.forEach(Thread::interrupt);
    files.close();
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}
