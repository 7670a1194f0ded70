package dev.troupe.daemon;

import picocli.CommandLine.Command;

/** What measures Troupe itself. */
@Command(
    name = "bench",
    description = "Measures how well strategies search, and what they cost.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {BenchQualityCommand.class, BenchPlotCommand.class, BenchOverheadCommand.class})
final class BenchCommand {}
