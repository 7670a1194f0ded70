package dev.troupe.architecture.macro;

import java.util.ArrayList;
import java.util.List;

/**
 * The layers of which MetaQNN's chains are made, and its limits (Baker et al. 2016,
 * arXiv:1611.02167, table 1).
 *
 * @param depth the most layers before the end, at least 1
 * @param filters of a convolution
 * @param kernels sides of a convolution's kernel
 * @param pools poolings
 * @param units of fully connected layers
 * @param mostDense how many fully connected layers there may be, at least 0
 * @param bins greatest sizes of the bins of the representation size but the largest, descending:
 *     with {@code [8, 4]} there are above 8, above 4 up to 8, and up to 4. Fully connected layers
 *     are legal up to the first
 */
public record ChainVocabulary(
    int depth,
    List<Integer> filters,
    List<Integer> kernels,
    List<ChainStep.Pooling> pools,
    List<Integer> units,
    int mostDense,
    List<Integer> bins) {

  /** Copies the lists; breaking a rule above throws {@link IllegalArgumentException}. */
  public ChainVocabulary {
    filters = List.copyOf(filters);
    kernels = List.copyOf(kernels);
    pools = List.copyOf(pools);
    units = List.copyOf(units);
    bins = List.copyOf(bins);
    if (depth < 1 || mostDense < 0) {
      throw new IllegalArgumentException(
          "A chain needs a depth of at least 1 and no less than 0 dense layers, but they were %d and %d. Maybe 4 and 2."
              .formatted(depth, mostDense));
    }
    for (int i = 0; i < bins.size(); i++) {
      if (bins.get(i) < 1 || i > 0 && bins.get(i) >= bins.get(i - 1)) {
        throw new IllegalArgumentException(
            "The bins of a chain must descend and be at least 1, but were %s. Maybe [8, 4]."
                .formatted(bins));
      }
    }
    if (bins.isEmpty()) {
      throw new IllegalArgumentException(
          "A chain needs a bin, up to which dense layers are legal, but there was none. Maybe [8, 4].");
    }
  }

  /** Returns the layers and limits of the paper. */
  public static ChainVocabulary ofPaper() {
    return new ChainVocabulary(
        12,
        List.of(64, 128, 256, 512),
        List.of(1, 3, 5),
        List.of(
            new ChainStep.Pooling(5, 3), new ChainStep.Pooling(3, 2), new ChainStep.Pooling(2, 2)),
        List.of(512, 256, 128),
        2,
        List.of(8, 4));
  }

  /** Returns all steps in a fixed order: convolutions, poolings, dense layers, ends. */
  List<ChainStep> steps() {
    var steps = new ArrayList<ChainStep>();
    for (int kernel : kernels) {
      for (int width : filters) {
        steps.add(new ChainStep.Convolution(width, kernel));
      }
    }
    steps.addAll(pools);
    units.forEach(each -> steps.add(new ChainStep.Dense(each)));
    steps.addAll(List.of(ChainStep.End.values()));
    return steps;
  }

  /** Returns the bin of a size: 0 for the largest. */
  int bin(int size) {
    return (int) bins.stream().filter(most -> size <= most).count();
  }
}
