package dev.troupe.estimator.isolation;

import dev.troupe.estimator.Evaluation;
import dev.troupe.estimator.weights.Checkpoint;
import dev.troupe.study.TrialId;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Answers the questions of a child by its trial's evaluation. Of one thread. */
final class Answers {

  private final Evaluation evaluation;
  private final Path folder;
  private int measurements;

  /**
   * @param folder through which files are passed
   */
  Answers(Evaluation evaluation, Path folder) {
    this.evaluation = evaluation;
    this.folder = folder;
  }

  /** Returns the answer; what goes wrong here is for the child to hear. */
  Answer to(ToParent.Question question) {
    try {
      return answer(question);
    } catch (IOException | RuntimeException e) {
      String reason = e.getMessage() == null ? e.toString() : e.getMessage();
      return new Answer.Objection(reason, e instanceof IllegalArgumentException);
    }
  }

  private Answer answer(ToParent.Question question) throws IOException {
    if (question instanceof ToParent.Report report) {
      measurements++;
      return new Answer.Verdict(evaluation.report(report.step(), report.metrics()));
    }
    if (question instanceof ToParent.Save save) {
      Path file = folder.resolve(save.file());
      return new Answer.Kept(evaluation.save(save.step(), out -> Files.copy(file, out)));
    }
    if (question instanceof ToParent.Leave leave) {
      Path file = folder.resolve(leave.file());
      return new Answer.Kept(evaluation.leave(out -> Files.copy(file, out)));
    }
    if (question instanceof ToParent.Restore restore) {
      return restore(folder.resolve(restore.file()));
    }
    var inherit = (ToParent.Inherit) question;
    return inherit(TrialId.of(inherit.trial()), folder.resolve(inherit.file()));
  }

  private Answer restore(Path file) throws IOException {
    Optional<Checkpoint> checkpoint = evaluation.restored();
    if (checkpoint.isEmpty()) {
      return new Answer.Found(false, 0);
    }
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
      checkpoint.get().writeTo(out);
    }
    return new Answer.Found(true, checkpoint.get().step());
  }

  private Answer inherit(TrialId trial, Path file) throws IOException {
    Optional<byte[]> left = evaluation.left(trial);
    if (left.isPresent()) {
      Files.write(file, left.get());
    }
    return new Answer.Found(left.isPresent(), 0);
  }

  /** Returns {@code , after n measurements}. */
  String afterMeasurements() {
    return switch (measurements) {
      case 0 -> ", before any measurement";
      case 1 -> ", after 1 measurement";
      default -> ", after %d measurements".formatted(measurements);
    };
  }
}
