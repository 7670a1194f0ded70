package dev.troupe.estimator.dl4j.data;

/** The inputs of a data set as a read-only matrix, unscaled. Thread safe. */
public interface FeatureRows {

  /** Returns the number of rows. */
  int count();

  /** Returns the number of features in each row. */
  int width();

  /**
   * Copies one row.
   *
   * @param row from 0 to less than {@link #count}
   * @param target where {@link #width} values are written
   * @param offset index of the first one
   */
  void read(int row, float[] target, int offset);

  /**
   * Returns rows of numbers.
   *
   * @param values row after row; adopted, so the caller must not change it any more
   * @param width features of a row, at least 1
   */
  static FeatureRows ofFloats(float[] values, int width) {
    return new FeatureRows() {
      @Override
      public int count() {
        return values.length / width;
      }

      @Override
      public int width() {
        return width;
      }

      @Override
      public void read(int row, float[] target, int offset) {
        System.arraycopy(values, Math.multiplyExact(row, width), target, offset, width);
      }
    };
  }

  /**
   * Returns rows of unsigned bytes, a quarter of the memory that numbers need.
   *
   * @param values row after row; adopted, so the caller must not change it any more
   * @param width features of a row, at least 1
   */
  static FeatureRows ofBytes(byte[] values, int width) {
    return new FeatureRows() {
      @Override
      public int count() {
        return values.length / width;
      }

      @Override
      public int width() {
        return width;
      }

      @Override
      public void read(int row, float[] target, int offset) {
        int start = Math.multiplyExact(row, width);
        for (int i = 0; i < width; i++) {
          target[offset + i] = values[start + i] & 0xFF;
        }
      }
    };
  }
}
