package dev.troupe.strategy.bayes.tpe;

import dev.troupe.space.CategoricalParameter;
import dev.troupe.space.FloatParameter;
import dev.troupe.space.IntParameter;
import dev.troupe.space.Parameter;
import dev.troupe.space.Scale;

/**
 * One parameter on its unit interval: a continuum, a row of cells of which neighbours are alike, or
 * choices without an order. Immutable and thread safe.
 */
final class Axis {

  /** What lies on the interval. */
  enum Kind {
    /** Every point is a value of its own. */
    CONTINUUM,
    /** Each value has an interval, its cell, and near cells are alike. */
    CELLS,
    /** Each value has a cell, and no two are more alike than others. */
    CHOICES
  }

  private final Parameter parameter;
  private final Kind kind;
  private final long cells;

  /** Of numeric cells: {@code low + i * step}; of others 0 and 1. */
  private final double low;

  private final double step;
  private final boolean isLog;
  private final double bottom;
  private final double extent;

  private Axis(Parameter parameter, Kind kind, double low, double step, Scale scale) {
    this.parameter = parameter;
    this.kind = kind;
    this.cells = parameter.cardinality().orElse(0);
    this.low = low;
    this.step = step;
    this.isLog = scale == Scale.LOG && cells > 1;
    this.bottom = isLog ? StrictMath.log(rawBorder(0)) : 0;
    this.extent = isLog ? StrictMath.log(rawBorder(cells)) - bottom : 1;
  }

  /** Returns the axis of a parameter. */
  static Axis of(Parameter parameter) {
    if (parameter instanceof FloatParameter real) {
      Double step = real.step();
      return step == null && real.low() < real.high()
          ? new Axis(real, Kind.CONTINUUM, 0, 1, Scale.LINEAR)
          : new Axis(real, Kind.CELLS, real.low(), step == null ? 1 : step, real.scale());
    }
    if (parameter instanceof IntParameter whole) {
      return new Axis(whole, Kind.CELLS, whole.low(), whole.step(), whole.scale());
    }
    boolean ordered = parameter instanceof CategoricalParameter choices && choices.ordered();
    return new Axis(parameter, ordered ? Kind.CELLS : Kind.CHOICES, 0, 1, Scale.LINEAR);
  }

  /** Returns the name of the parameter. */
  String name() {
    return parameter.name();
  }

  Kind kind() {
    return kind;
  }

  /** Returns the number of cells, at least 1; 0 for a continuum. */
  long cells() {
    return cells;
  }

  /**
   * Returns the index of the cell in which a point lies; of a continuum 0.
   *
   * @param unit in [0, 1]
   */
  long cell(double unit) {
    if (kind == Kind.CONTINUUM || cells == 1) {
      return 0;
    }
    if (!isLog) {
      return Math.min(cells - 1, (long) (unit * cells));
    }
    // As the parameter itself decodes it.
    double value = StrictMath.exp(bottom + unit * extent);
    return Math.max(0, Math.min(cells - 1, (long) Math.floor((value - low) / step + 0.5)));
  }

  /**
   * Returns the lower border of a cell on the unit interval; that of their number is 1.
   *
   * @param cell from 0 to the number of cells
   */
  double border(long cell) {
    if (cell == 0 || cell == cells) {
      return cell == 0 ? 0 : 1;
    }
    return isLog ? (StrictMath.log(rawBorder(cell)) - bottom) / extent : (double) cell / cells;
  }

  /** Returns the border in the parameter's own unit; the first cell may not reach zero. */
  private double rawBorder(long cell) {
    double border = low + (cell - 0.5) * step;
    return cell == 0 ? Math.max(border, low / 2) : border;
  }

  /** Returns the point that stands for all of its cell; of a continuum the point itself. */
  double snap(double unit) {
    if (kind == Kind.CONTINUUM) {
      return unit;
    }
    long cell = cell(unit);
    return (border(cell) + border(cell + 1)) / 2;
  }
}
