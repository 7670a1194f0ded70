package dev.troupe.estimator.table;

import dev.troupe.estimator.Estimator;
import dev.troupe.estimator.EstimatorProvider;
import dev.troupe.estimator.EstimatorRequest;
import dev.troupe.estimator.SpaceRequest;
import dev.troupe.settings.Option;
import dev.troupe.space.SearchSpace;
import java.util.List;

/** Makes the {@code table} estimator; see the package for the form of its settings. */
public final class TableEstimatorProvider implements EstimatorProvider {

  /** Called by {@link java.util.ServiceLoader}. */
  public TableEstimatorProvider() {}

  @Override
  public String name() {
    return "table";
  }

  @Override
  public String description() {
    return "A CSV of known results: benchmarks, replays; in virtual time at the recorded cost";
  }

  @Override
  public List<Option> options() {
    return List.of(
        new Option("file", "required", "the CSV, with a header; .gz by its name"),
        new Option(
            "parameters",
            "those of the space",
            "columns that make a configuration: a list, or { parameter = column }"),
        new Option(
            "lookup",
            "auto",
            "exact; nearest row; rows: they are the only candidates; auto: exact if every combination has a row, else rows"),
        new Option("passes", "1", "lookup = rows: how often each row may be evaluated"),
        new Option(
            "metrics",
            "required",
            "metric = column; a list of columns: repeats; \"e{epoch}\": one column per step; { column, scale, offset }"),
        new Option(
            "fidelity",
            "none",
            "steps: { epochs { from = 1, to = 50 } } one column each, { epochs { column = epoch } } one row each; further axes: { data { column = fraction } }"),
        new Option("repeats", "draw", "of several columns or rows: draw one per trial, or mean"),
        new Option(
            "cost",
            "none",
            "column or columns of seconds: of the whole row, spread evenly over its steps; of each step if it has rows or columns of its own"),
        new Option("cost-scale", "1", "factor of the cost"),
        new Option(
            "cumulative-cost", "false", "the cost of a step counts from the begin of the trial"),
        new Option(
            "simulated-cost",
            "none",
            "made-up seconds of each step: { median = 1, sigma = 0.5 }: median * exp(sigma * z), z normal from a hash of the configuration"),
        new Option("report", "none", "metric = columns: told at the end for the best trial only"),
        new Option(
            "split", "none", "column = [names]: cuts a column into several, one character each"),
        new Option("separators", "none", "column = text: what stands between the parts instead"),
        new Option("values", "none", "column = [values]: its cells are indices into these, from 0"),
        new Option("where", "none", "column = text or texts: which rows are kept"),
        new Option("join", "none", "{ file, on }: adds the columns of another CSV by a key"));
  }

  /** {@inheritDoc} Whatever the file lacks is found here, not in a trial. */
  @Override
  public Estimator create(EstimatorRequest request) {
    TableSettings settings = TableSettings.parse(request.settings(), request.folder());
    TableData data = TableData.load(settings, request.space().names());
    return new TableEstimator(settings, data, request.space(), request.objectives());
  }

  @Override
  public SearchSpace inferSpace(SpaceRequest request) {
    TableSettings settings = TableSettings.parse(request.settings(), request.folder());
    return new SpaceInference(TableData.load(settings, null), request.hints()).infer();
  }
}
