package dev.troupe.architecture.macro;

/** What a walk through a {@link ChainGraph} appends to its chain of layers. */
public sealed interface ChainStep {

  /** Returns the text by which configurations know it. */
  String text();

  /** Returns whether the chain ends with it. */
  default boolean isEnd() {
    return false;
  }

  /**
   * A convolution of stride 1 that keeps the size of the picture.
   *
   * @param filters at least 1
   * @param kernel side of the kernel, at least 1
   */
  record Convolution(int filters, int kernel) implements ChainStep {
    @Override
    public String text() {
      return "conv%dx%d-%d".formatted(kernel, kernel, filters);
    }
  }

  /**
   * A max pooling that stays inside the picture.
   *
   * @param size side of its window, at least 1
   * @param stride at least 1
   */
  record Pooling(int size, int stride) implements ChainStep {
    @Override
    public String text() {
      return "pool%dx%d-%d".formatted(size, size, stride);
    }
  }

  /**
   * A fully connected layer.
   *
   * @param units at least 1
   */
  record Dense(int units) implements ChainStep {
    @Override
    public String text() {
      return "dense-" + units;
    }
  }

  /** An end of the chain. */
  enum End implements ChainStep {
    /** The mean of each channel, then the classifier. */
    GLOBAL_AVERAGE("global-average"),
    /** The classifier on all numbers. */
    SOFTMAX("softmax");

    private final String text;

    End(String text) {
      this.text = text;
    }

    @Override
    public String text() {
      return text;
    }

    @Override
    public boolean isEnd() {
      return true;
    }
  }
}
