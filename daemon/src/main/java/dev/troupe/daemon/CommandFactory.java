package dev.troupe.daemon;

import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Makes the commands, each with the terminal that it writes to. */
final class CommandFactory implements IFactory {

  private final Terminal terminal;

  CommandFactory(Terminal terminal) {
    this.terminal = terminal;
  }

  @Override
  public <K> K create(Class<K> type) throws Exception {
    if (type == RunCommand.class) {
      return type.cast(new RunCommand(terminal));
    }
    if (type == CheckCommand.class) {
      return type.cast(new CheckCommand(terminal));
    }
    if (type == ListCommand.class) {
      return type.cast(new ListCommand(terminal));
    }
    if (type == BenchQualityCommand.class) {
      return type.cast(new BenchQualityCommand(terminal));
    }
    if (type == BenchPlotCommand.class) {
      return type.cast(new BenchPlotCommand(terminal));
    }
    if (type == ReplayCommand.class) {
      return type.cast(new ReplayCommand(terminal));
    }
    return CommandLine.defaultFactory().create(type);
  }
}
