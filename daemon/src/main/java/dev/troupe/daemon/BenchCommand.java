package dev.troupe.daemon;

import picocli.CommandLine.Command;

/** What measures Troupe itself. */
@Command(
    name = "bench",
    description =
        "Measures how well strategies search, what they cost, and how curves are extrapolated.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {
      BenchQualityCommand.class,
      BenchPlotCommand.class,
      BenchOverheadCommand.class,
      BenchCurvesCommand.class
    })
final class BenchCommand {}
