package dev.troupe.estimator.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/** A column of texts: a number for each row that says which of its different texts it has. */
final class TextColumn {

  private final int[] codes;
  private final List<String> dictionary;

  /** Adopts the array; each code is an index of the dictionary. */
  TextColumn(int[] codes, List<String> dictionary) {
    this.codes = codes;
    this.dictionary = List.copyOf(dictionary);
  }

  /** Returns the different texts, in order of appearance unless somebody gave another. */
  List<String> dictionary() {
    return dictionary;
  }

  int code(int row) {
    return codes[row];
  }

  String text(int row) {
    return dictionary.get(codes[row]);
  }

  int rows() {
    return codes.length;
  }

  /** Returns for each text of the dictionary the first row that has it, or -1. */
  int[] firstRows() {
    int[] first = new int[dictionary.size()];
    Arrays.fill(first, -1);
    for (int row = codes.length - 1; row >= 0; row--) {
      first[codes[row]] = row;
    }
    return first;
  }

  /** Returns the given rows, in their order. */
  TextColumn pick(int[] rows) {
    return new TextColumn(Arrays.stream(rows).map(row -> codes[row]).toArray(), dictionary);
  }

  /** Returns a column with each text replaced; texts that become equal become one. */
  TextColumn map(UnaryOperator<String> replacement) {
    var builder = new Builder();
    int[] translated = new int[dictionary.size()];
    for (int code = 0; code < translated.length; code++) {
      translated[code] = builder.code(replacement.apply(dictionary.get(code)));
    }
    return new TextColumn(
        Arrays.stream(codes).map(code -> translated[code]).toArray(), builder.dictionary());
  }

  /** Gives each different text a number, and collects the numbers. */
  static final class Builder {

    private final Map<String, Integer> known = new HashMap<>();
    private final List<String> dictionary = new ArrayList<>();
    private int[] codes = new int[1024];
    private int rows;

    void add(String text) {
      if (rows == codes.length) {
        codes = Arrays.copyOf(codes, 2 * rows);
      }
      codes[rows++] = code(text);
    }

    private int code(String text) {
      Integer code = known.get(text);
      if (code == null) {
        code = dictionary.size();
        known.put(text, code);
        dictionary.add(text);
      }
      return code;
    }

    private List<String> dictionary() {
      return dictionary;
    }

    TextColumn build() {
      return new TextColumn(Arrays.copyOf(codes, rows), dictionary);
    }
  }
}
