package dev.troupe.daemon;

import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine;

/** Gives commands the terminal they talk to. */
final class CommandFactory implements CommandLine.IFactory {

  private static final Map<Class<?>, Function<Terminal, Object>> COMMANDS =
      Map.ofEntries(
          Map.entry(RunCommand.class, RunCommand::new),
          Map.entry(CheckCommand.class, CheckCommand::new),
          Map.entry(ListCommand.class, ListCommand::new),
          Map.entry(StudiesCommand.class, StudiesCommand::new),
          Map.entry(TrialsCommand.class, TrialsCommand::new),
          Map.entry(BestCommand.class, BestCommand::new),
          Map.entry(ExplainCommand.class, ExplainCommand::new),
          Map.entry(ReportCommand.class, ReportCommand::new),
          Map.entry(DrawCommand.class, DrawCommand::new),
          Map.entry(RepairCommand.class, RepairCommand::new),
          Map.entry(ReplayCommand.class, ReplayCommand::new),
          Map.entry(ServeCommand.class, ServeCommand::new),
          Map.entry(WorkerCommand.class, WorkerCommand::new),
          Map.entry(BenchQualityCommand.class, BenchQualityCommand::new),
          Map.entry(BenchPlotCommand.class, BenchPlotCommand::new),
          Map.entry(BenchOverheadCommand.class, BenchOverheadCommand::new),
          Map.entry(BenchCurvesCommand.class, BenchCurvesCommand::new));

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
