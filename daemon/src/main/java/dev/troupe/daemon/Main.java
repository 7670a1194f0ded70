package dev.troupe.daemon;

import java.io.PrintStream;
import java.util.List;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ParameterException;

/** The command line. */
@Command(
    name = "troupe",
    description = "Searches hyperparameters and architectures.",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      RunCommand.class,
      CheckCommand.class,
      ListCommand.class,
      StudiesCommand.class,
      TrialsCommand.class,
      BestCommand.class,
      ExplainCommand.class,
      ReportCommand.class,
      DrawCommand.class,
      ControlCommands.Pause.class,
      ControlCommands.Resume.class,
      ControlCommands.Stop.class,
      ControlCommands.Extend.class,
      ControlCommands.Parallelism.class,
      ControlCommands.Enqueue.class,
      ControlCommands.Delete.class,
      RepairCommand.class,
      ReplayCommand.class,
      ServeCommand.class,
      WorkerCommand.class,
      BenchCommand.class
    })
public final class Main {

  private static final List<String> VERSION = List.of("-V", "--version");

  private Main() {}

  /** Runs one command and ends the JVM with its exit status. */
  public static void main(String[] arguments) {
    PrintStream out = System.out;
    if (arguments.length == 1 && VERSION.contains(arguments[0])) {
      // Scripts ask for it often, and loading the parser takes longer than all the rest.
      out.println(Version.text());
      return;
    }
    // Training libraries print to standard output, which is a protocol here.
    System.setOut(System.err);
    System.exit(execute(out, System.err, arguments));
  }

  /** Runs one command and returns its exit status. */
  static int execute(PrintStream out, PrintStream err, String... arguments) {
    var terminal = new Terminal(out, err);
    CommandLine commandLine =
        new CommandLine(new Main(), new CommandFactory(terminal))
            .setOut(terminal.outWriter())
            .setErr(terminal.errWriter())
            .setExecutionExceptionHandler((e, line, parsed) -> explain(terminal, e))
            .setParameterExceptionHandler((e, rest) -> explainUsage(terminal, e));
    if (arguments.length == 0) {
      commandLine.usage(terminal.outWriter());
      return ExitStatus.USAGE;
    }
    int status = commandLine.execute(arguments);
    terminal.flush();
    return status;
  }

  private static int explain(Terminal terminal, Exception e) {
    if (e instanceof IllegalArgumentException || e instanceof IllegalStateException) {
      terminal.err().println("troupe: " + e.getMessage());
      return ExitStatus.USAGE;
    }
    terminal.err().println("troupe: an unexpected error, please report it: " + e);
    StackTraceElement[] trace = e.getStackTrace();
    for (int i = 0; i < Math.min(5, trace.length); i++) {
      terminal.err().println("    at " + trace[i]);
    }
    return ExitStatus.FAILED;
  }

  private static int explainUsage(Terminal terminal, ParameterException e) {
    terminal.err().println("troupe: " + e.getMessage());
    String command = e.getCommandLine().getCommandSpec().qualifiedName();
    terminal.err().println("Maybe look at: %s --help".formatted(command));
    return ExitStatus.USAGE;
  }
}
