package dev.troupe.daemon;

import dev.troupe.StudyControl;
import dev.troupe.study.Instruction;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** Asks something of a study, whichever process runs it. */
abstract class ControlCommand implements Callable<Integer> {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Terminal terminal;

  @Parameters(index = "0", paramLabel = "STUDY", description = "the study's name")
  private String name = "";

  @Mixin private final KeptArguments arguments = new KeptArguments();

  ControlCommand(Terminal terminal) {
    this.terminal = terminal;
  }

  /** Returns what is asked. */
  abstract Instruction instruction();

  @Override
  public Integer call() {
    Instruction instruction = instruction();
    StudyControl.Reception reception =
        arguments.control().instruct(name, instruction, by(), PATIENCE);
    String asked = "Study '%s' is asked to %s".formatted(name, Text.instruction(instruction));
    terminal
        .out()
        .println(
            switch (reception) {
              case DONE -> asked + ".";
              case RECORDED -> asked + ". Nobody runs it: that holds when it is run again.";
              case QUEUED -> asked + ". Nobody runs it: that waits until it is run again.";
              case UNANSWERED ->
                  asked
                      + ". Whoever runs it gave no answer within %d s: that stays queued."
                          .formatted(PATIENCE.toSeconds());
            });
    return reception == StudyControl.Reception.UNANSWERED ? ExitStatus.FAILED : ExitStatus.DONE;
  }

  private static String by() {
    return "user %s on the command line".formatted(System.getProperty("user.name", "unknown"));
  }
}
