package dev.troupe.actor;

import static java.util.Objects.requireNonNull;

import dev.troupe.study.Instruction;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What other processes ask of studies, kept beside the facts. Whoever holds a study answers; a
 * request that nobody answers waits. Thread safe.
 */
public interface Mailbox extends AutoCloseable {

  /** The answer to what was done. */
  String DONE = "";

  /**
   * Something that is asked of a study.
   *
   * @param number counts the requests to a study, from 1
   * @param instruction what is asked; the values of a candidate are those that somebody wrote
   * @param by who asks, in words
   */
  record Request(long number, Instruction instruction, String by) {

    /** Requires all. */
    public Request {
      requireNonNull(instruction, "instruction");
      requireNonNull(by, "by");
    }
  }

  /**
   * Asks something of a study.
   *
   * @param by who asks, in words
   * @param at when
   * @return the number of the request
   * @throws IllegalStateException if it cannot be kept
   */
  long post(String study, Instruction instruction, String by, Instant at);

  /**
   * Returns what has not been answered, in the order of the numbers.
   *
   * @throws IllegalStateException if it cannot be read
   */
  List<Request> open(String study);

  /**
   * Answers a request.
   *
   * @param answer {@link #DONE}, or why it is refused, in whole sentences
   * @throws IllegalStateException if it cannot be kept
   */
  void answer(String study, long number, String answer);

  /**
   * Returns the answer to a request, or null as long as there is none.
   *
   * @throws IllegalStateException if it cannot be read
   */
  @Nullable String answer(String study, long number);

  /** Lets go of it. */
  @Override
  void close();
}
