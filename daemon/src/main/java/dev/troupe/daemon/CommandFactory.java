package dev.troupe.daemon;

import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;

/** Gives commands the terminal they talk to. */
final class CommandFactory implements CommandLine.IFactory {

  private static final Map<Class<?>, Function<Terminal, Object>> COMMANDS =
      Map.of(
          RunCommand.class, RunCommand::new,
          CheckCommand.class, CheckCommand::new,
          ListCommand.class, ListCommand::new,
          StudiesCommand.class, StudiesCommand::new,
          TrialsCommand.class, TrialsCommand::new,
          BestCommand.class, BestCommand::new,
          ReplayCommand.class, ReplayCommand::new,
          BenchQualityCommand.class, BenchQualityCommand::new,
          BenchPlotCommand.class, BenchPlotCommand::new,
          BenchOverheadCommand.class, BenchOverheadCommand::new);

  private final Terminal terminal;

  CommandFactory(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    Function<Terminal, Object> command =
        COMMANDS.getOrDefault(type, ControlCommands.FACTORIES.get(type));
    return command == null
        ? CommandLine.defaultFactory().create(type)
        : type.cast(command.apply(terminal));
  }
}
