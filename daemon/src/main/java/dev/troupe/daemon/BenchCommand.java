package dev.troupe.daemon;

import picocli.CommandLine.Command;

/** What measures Troupe itself. */
@Command(
    name = "bench",
    description = "Measures how well strategies search.",
    mixinStandardHelpOptions = true,
    synopsisSubcommandLabel = "COMMAND",
    subcommands = {BenchQualityCommand.class, BenchPlotCommand.class})
final class BenchCommand {}
