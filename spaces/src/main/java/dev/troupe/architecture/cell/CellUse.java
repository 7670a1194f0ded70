package dev.troupe.architecture.cell;

import java.util.EnumSet;
import java.util.Set;

/**
 * Which kinds of cell matter to the output of a network. Where cells read only the cell before the
 * previous one, others can lead nowhere; and where a kind of cell stands only at the start, both of
 * its inputs are the stem.
 */
final class CellUse {

  private final Set<Skeleton.Kind> reached = EnumSet.noneOf(Skeleton.Kind.class);
  private final Set<Skeleton.Kind> toldApart = EnumSet.noneOf(Skeleton.Kind.class);

  private CellUse() {}

  static CellUse of(Skeleton skeleton, BlockCell normal, BlockCell reduction) {
    var use = new CellUse();
    var isRead = new boolean[skeleton.cells().size()];
    isRead[isRead.length - 1] = true;
    for (int i = isRead.length - 1; i >= 0; i--) {
      if (isRead[i]) {
        Skeleton.Kind kind = skeleton.cells().get(i);
        BlockCell cell = kind == Skeleton.Kind.NORMAL ? normal : reduction;
        use.reached.add(kind);
        if (i > 0) {
          use.toldApart.add(kind);
          isRead[i - 1] |= cell.reads(1);
        }
        if (i > 1) {
          isRead[i - 2] |= cell.reads(0);
        }
      }
    }
    return use;
  }

  /** Returns whether the output depends on a cell of this kind. */
  boolean isReached(Skeleton.Kind kind) {
    return reached.contains(kind);
  }

  /** Returns whether the inputs of a cell of this kind differ anywhere. */
  boolean tellsInputsApart(Skeleton.Kind kind) {
    return toldApart.contains(kind);
  }
}
