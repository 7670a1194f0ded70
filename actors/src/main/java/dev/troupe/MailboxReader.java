package dev.troupe;

import dev.troupe.actor.Mailbox;
import dev.troupe.actor.StudyActor;
import dev.troupe.space.Configuration;
import dev.troupe.space.SearchSpace;
import dev.troupe.study.Instruction;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Does what other processes ask of a study that runs here: looks for requests twice a second, on a
 * thread of its own, hands them to the study one after the other, and answers when they are on
 * record. It goes by the machine's clock, whatever that of the study.
 */
final class MailboxReader {

  private static final Logger log = LoggerFactory.getLogger(MailboxReader.class);
  private static final long PAUSE_MILLIS = 500;

  private final String study;
  private final SearchSpace space;
  private final Mailbox mailbox;
  private final Map<Long, CompletableFuture<@Nullable Void>> answers = new HashMap<>();
  private final CountDownLatch over = new CountDownLatch(1);
  private boolean complained;

  MailboxReader(String study, SearchSpace space, Mailbox mailbox) {
    this.study = study;
    this.space = space;
    this.mailbox = mailbox;
  }

  /** Returns what had been asked before the study runs, for it to begin with. */
  List<StudyActor.Instruct> first() {
    var first = new ArrayList<StudyActor.Instruct>();
    try {
      for (Mailbox.Request request : mailbox.open(study)) {
        hand(request, first::add);
      }
    } catch (IllegalStateException e) {
      complain(e);
    }
    return first;
  }

  /**
   * Begins.
   *
   * @param sink takes what is asked to the study
   * @param outcome completes when the study has ended
   */
  void start(Consumer<StudyActor.Instruct> sink, CompletableFuture<?> outcome) {
    var unused = outcome.whenComplete((result, failure) -> over.countDown());
    var thread = new Thread(() -> run(sink, outcome), "troupe-requests-" + study);
    thread.setDaemon(true);
    thread.start();
  }

  private void run(Consumer<StudyActor.Instruct> sink, CompletableFuture<?> outcome) {
    try (mailbox) {
      do {
        serve(sink, outcome);
      } while (!over.await(PAUSE_MILLIS, TimeUnit.MILLISECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void serve(Consumer<StudyActor.Instruct> sink, CompletableFuture<?> outcome) {
    try {
      for (Mailbox.Request request : mailbox.open(study)) {
        CompletableFuture<@Nullable Void> answer = answers.get(request.number());
        if (answer == null) {
          answer = hand(request, sink);
        }
        String text = await(answer, outcome);
        if (text == null) {
          continue; // it comes too late for this run, and waits
        }
        mailbox.answer(study, request.number(), text);
        answers.remove(request.number());
      }
    } catch (IllegalStateException e) {
      complain(e);
    }
  }

  private CompletableFuture<@Nullable Void> hand(
      Mailbox.Request request, Consumer<StudyActor.Instruct> sink) {
    var answer = new CompletableFuture<@Nullable Void>();
    answers.put(request.number(), answer);
    try {
      sink.accept(
          new StudyActor.Instruct(
              ofTheSpace(request.instruction()), request.by(), request.number(), answer));
    } catch (IllegalArgumentException e) {
      log.warn("Study '{}': a request by {} is refused: {}", study, request.by(), e.getMessage());
      answer.completeExceptionally(e);
    }
    return answer;
  }

  /** A candidate is written as people write: whole numbers may stand for others. */
  private Instruction ofTheSpace(Instruction instruction) {
    if (instruction instanceof Instruction.Enqueue enqueue) {
      Configuration candidate = space.configuration(enqueue.candidate().toMap());
      return new Instruction.Enqueue(candidate);
    }
    return instruction;
  }

  /** Returns the answer, or null if there will be none while this study runs. */
  private static @Nullable String await(
      CompletableFuture<@Nullable Void> answer, CompletableFuture<?> outcome) {
    try {
      var unused = CompletableFuture.anyOf(answer, outcome).handle((done, why) -> true).join();
      if (!answer.isDone()) {
        return null;
      }
      answer.join();
      return Mailbox.DONE;
    } catch (CompletionException e) {
      return e.getCause() instanceof IllegalArgumentException refusal
          ? String.valueOf(refusal.getMessage())
          : null;
    }
  }

  private void complain(IllegalStateException e) {
    if (!complained) {
      complained = true;
      log.warn("What other processes ask of study '{}' cannot be read: {}", study, e.getMessage());
    }
  }
}
