package dev.troupe.architecture.cell;

import dev.troupe.settings.Option;
import dev.troupe.settings.Settings;
import java.util.ArrayList;
import java.util.List;

/** The options on skeletons that the spaces of cells have in common, and those on their cells. */
final class SkeletonSettings {

  static final int MOST_CHANNELS = 1024;
  static final int MOST_CELLS = 64;
  static final int MOST_REDUCTIONS = 6;

  private static final int MOST_STEM = 16;
  private static final double MOST_SCALE = 20;
  private static final int CHANNELS = 4;
  private static final int CELLS = 1;
  private static final int REDUCTIONS = 1;
  private static final int LAYERS = 4;

  private SkeletonSettings() {}

  /** Returns the options of a skeleton as NASNet has it, after others. */
  static List<Option> repeatedOptions(Option... others) {
    var options = new ArrayList<Option>(List.of(others));
    options.add(channelsOption());
    options.add(
        new Option("cells", "" + CELLS, "normal cells before and after each reduction cell"));
    options.add(new Option("reductions", "" + REDUCTIONS, "reduction cells"));
    options.addAll(sharedOptions());
    return List.copyOf(options);
  }

  /** Returns the options of a skeleton as DARTS has it, after others. */
  static List<Option> thirdsOptions(Option... others) {
    var options = new ArrayList<Option>(List.of(others));
    options.add(channelsOption());
    options.add(
        new Option("layers", "" + LAYERS, "cells; those at 1/3 and 2/3 are reduction cells"));
    options.addAll(sharedOptions());
    return List.copyOf(options);
  }

  static Option channelsOption() {
    return new Option("channels", "" + CHANNELS, "channels of the first cell");
  }

  private static List<Option> sharedOptions() {
    return List.of(
        new Option("stem", "1", "channels of the first convolution, as a multiple"),
        new Option("scale", "0", "phi of compound scaling, in depth and width"));
  }

  static Skeleton repeated(Settings settings) {
    return finished(
        Skeleton.repeated(
            channels(settings),
            settings.getInt("cells", CELLS, 1, MOST_CELLS),
            settings.getInt("reductions", REDUCTIONS, 1, MOST_REDUCTIONS)),
        settings);
  }

  static Skeleton thirds(Settings settings) {
    return finished(
        Skeleton.thirds(channels(settings), settings.getInt("layers", LAYERS, 3, 3 * MOST_CELLS)),
        settings);
  }

  static int channels(Settings settings) {
    return settings.getInt("channels", CHANNELS, 1, MOST_CHANNELS);
  }

  private static Skeleton finished(Skeleton skeleton, Settings settings) {
    return skeleton
        .withStemChannels(skeleton.channels() * settings.getInt("stem", 1, 1, MOST_STEM))
        .scaled(CompoundScaling.EFFICIENT_NET, settings.getDouble("scale", 0, 0, MOST_SCALE));
  }

  static Option operationsOption(List<Operation> fallback) {
    return new Option("operations", texts(fallback).toString(), "operations to choose from");
  }

  static List<Operation> operations(Settings settings, List<Operation> fallback) {
    List<String> texts = settings.getStrings("operations", texts(fallback));
    try {
      return Operation.listOf(texts);
    } catch (IllegalArgumentException e) {
      throw settings.at("operations", e);
    }
  }

  private static List<String> texts(List<Operation> operations) {
    return operations.stream().map(Operation::text).toList();
  }
}
