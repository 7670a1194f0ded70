package dev.troupe.architecture.draw;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** Where everything of a drawing is, in pixels from its upper left corner. */
final class Layout {

  static final double LABEL_SIZE = 12;
  static final double DETAIL_SIZE = 10;
  static final double LABEL_LINE = 15;
  static final double DETAIL_LINE = 13;
  static final double PADDING_TOP = 4;

  private static final double PADDING_SIDE = 10;
  private static final double LEAST_WIDTH = 60;
  private static final double MARGIN = 16;
  private static final double GAP = 26;
  private static final double MOST_GAP = 64;
  private static final double SLOPE = 0.08; // of the gap's growth with what lines must cross
  private static final double ENTRY_GAP = 10;

  private final Boxes boxes;
  private final Lattice lattice;
  private final double[] x;
  private final double[] heights;
  private final double[] widths;
  private final double[] top; // of each row
  private final double[] bottom;
  private double width;
  private double height;

  private Layout(Boxes boxes, Lattice lattice, int[][] rows) {
    this.boxes = boxes;
    this.lattice = lattice;
    heights = new double[lattice.size()];
    widths = new double[lattice.size()];
    for (int i = 0; i < boxes.size(); i++) {
      heights[i] = height(boxes.box(i));
      widths[i] = width(boxes.box(i));
    }
    x = Columns.of(lattice, rows, widths);
    top = new double[rows.length];
    bottom = new double[rows.length];
  }

  /**
   * Lays a drawing out.
   *
   * @param headWidth of the text above it
   * @param headHeight of the text above it
   */
  static Layout of(Boxes boxes, double headWidth, double headHeight) {
    Lattice lattice = Lattice.of(boxes, Ranks.of(boxes));
    int[][] rows = Ordering.of(lattice);
    var layout = new Layout(boxes, lattice, rows);
    layout.placeRows(rows, MARGIN + headHeight);
    layout.placeColumns(headWidth);
    return layout;
  }

  private static double height(Box box) {
    return 2 * PADDING_TOP + LABEL_LINE + DETAIL_LINE * (box.lines().size() - 1);
  }

  private static double width(Box box) {
    double widest = Fonts.width(box.label(), LABEL_SIZE);
    for (String line : box.lines()) {
      widest = Math.max(widest, Fonts.width(line, DETAIL_SIZE));
    }
    return Math.max(LEAST_WIDTH, Math.ceil(widest + 2 * PADDING_SIDE));
  }

  private void placeRows(int[][] rows, double from) {
    double y = from;
    for (int row = 0; row < rows.length; row++) {
      top[row] = y;
      bottom[row] = y + Arrays.stream(rows[row]).mapToDouble(item -> heights[item]).max().orElse(0);
      y = bottom[row] + gapBelow(rows[row]);
    }
    height = bottom[rows.length - 1] + MARGIN;
  }

  /** Lines that lead far aside need room to do so gently. */
  private double gapBelow(int[] row) {
    double farthest = 0;
    for (int item : row) {
      for (int below : lattice.lower(item)) {
        farthest = Math.max(farthest, Math.abs(x[item] - x[below]));
      }
    }
    return Math.min(MOST_GAP, GAP + SLOPE * farthest);
  }

  private void placeColumns(double headWidth) {
    double left = 0;
    double right = 0;
    for (int item = 0; item < x.length; item++) {
      left = Math.min(left, x[item] - widths[item] / 2);
      right = Math.max(right, x[item] + widths[item] / 2);
    }
    double detours = lattice.detours().isEmpty() ? 0 : 3 * MARGIN;
    double needed = Math.max(right - left, headWidth);
    double shift = MARGIN - left + (needed - (right - left)) / 2;
    for (int item = 0; item < x.length; item++) {
      x[item] += shift;
    }
    width = needed + 2 * MARGIN + detours;
  }

  double width() {
    return width;
  }

  double height() {
    return height;
  }

  /** Returns the left side of a box. */
  double left(int box) {
    return x[box] - widths[box] / 2;
  }

  /** Returns the middle of a box. */
  double middle(int box) {
    return x[box];
  }

  /** Returns the upper side of a box. */
  double top(int box) {
    int row = lattice.rank(box);
    return (top[row] + bottom[row] - heights[box]) / 2;
  }

  double width(int box) {
    return widths[box];
  }

  double height(int box) {
    return heights[box];
  }

  /**
   * A piece of a line between two rows: straight down at both ends, and bent between them.
   *
   * @param x1 where it begins
   * @param y1 where it begins
   * @param bend1 where the bend begins
   * @param x2 where it ends
   * @param bend2 where the bend ends
   * @param y2 where it ends
   * @param arrives whether it ends at a box
   */
  record Piece(
      double x1, double y1, double bend1, double x2, double bend2, double y2, boolean arrives) {}

  /** Returns the pieces of all lines. */
  List<Piece> pieces() {
    var pieces = new ArrayList<Piece>();
    for (int item = 0; item < lattice.size(); item++) {
      addArrivals(item, pieces);
    }
    return pieces;
  }

  private void addArrivals(int item, List<Piece> pieces) {
    int[] upper = lattice.upper(item);
    Integer[] sorted = Arrays.stream(upper).boxed().toArray(Integer[]::new);
    Arrays.sort(sorted, Comparator.comparingDouble(above -> x[above]));
    double middle = (sorted.length - 1) / 2.0;
    if (lattice.isMain(item)) {
      for (int i = 0; i < sorted.length; i++) {
        middle = lattice.isMain(sorted[i]) ? i : middle; // straight on
      }
    }
    double between = Math.min(ENTRY_GAP, widths[item] / (2 * sorted.length + 2));
    for (int i = 0; i < sorted.length; i++) {
      pieces.add(piece(sorted[i], item, (i - middle) * between));
    }
  }

  private Piece piece(int above, int below, double entry) {
    int row = lattice.rank(above);
    double from = lattice.isBox(above) ? top(above) + heights[above] : bottom[row];
    boolean arrives = lattice.isBox(below);
    double to = arrives ? top(below) : bottom[row + 1];
    return new Piece(x[above], from, bottom[row], x[below] + entry, top[row + 1], to, arrives);
  }

  /** Returns the pairs of boxes whose lines go around everything, at the right side. */
  List<int[]> detours() {
    return lattice.detours();
  }

  Boxes boxes() {
    return boxes;
  }
}
