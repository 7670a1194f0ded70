/**
 * The {@code table} estimator: a CSV of results that somebody recorded. It serves benchmarks,
 * replays and checks, in no time or, on the virtual clock, in the time that was recorded.
 *
 * <pre>{@code
 * estimator {
 *   name = table, file = "results.csv.gz"
 *   parameters = [learning_rate, units]      # or { learning-rate = learning_rate, … }
 *   lookup = exact                           # exact | nearest | rows
 *   metrics { loss = [loss_seed1, loss_seed2], error { column = accuracy, scale = -1, offset = 100 } }
 *   cost = train_seconds, cost-scale = 0.5
 *   report { test = test_loss }
 * }
 * }</pre>
 *
 * <p>Rows: {@code join} adds columns of another file, {@code split} cuts columns, {@code values}
 * turns indices into values, {@code where} keeps rows; columns may then be named as if they stood
 * in the file.
 *
 * <p>Candidates: a cell and a value of a parameter are compared as numbers where both are, else as
 * texts; a blank cell is a parameter that is not active. A configuration that has no row fails its
 * trial ({@code exact}), takes the nearest row in the unit cube of the space ({@code nearest}), or
 * cannot occur, since a study only proposes rows ({@code rows}).
 *
 * <p>Curves: with {@code fidelity { epochs { from, to } }} a metric {@code "e{epoch}"} has one
 * column for each step, with {@code fidelity { epochs { column = epoch } }} one row. A metric
 * without a pattern beside such belongs to the last step. A suggestion of lower fidelity ends
 * earlier, but not before the first step, at a part of the cost.
 *
 * <p>Repeats: several columns of a metric, or several rows of a configuration (and step), of which
 * a trial draws one by its own generator, the same for all metrics and the cost, or takes the mean.
 * Blank ones are left out. A value of an objective that is blank, {@code nan} or {@code inf} fails
 * the trial, in a curve after the steps before; the reason names its line and column.
 */
@NullMarked
package dev.troupe.estimator.table;

import org.jspecify.annotations.NullMarked;
