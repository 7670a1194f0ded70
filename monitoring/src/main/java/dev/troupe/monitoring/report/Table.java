package dev.troupe.monitoring.report;

import java.util.List;

/** Tables of texts. */
final class Table {

  private Table() {}

  /**
   * Writes a table; cells that are numbers stand to the right.
   *
   * @param rows each with as many cells as the head
   */
  static void write(Markup page, List<String> head, List<List<String>> rows) {
    write(page, "", head, rows);
  }

  /** Writes a table whose rows can be put in another order where scripts may run. */
  static void writeSortable(Markup page, List<String> head, List<List<String>> rows) {
    write(page, "sortable", head, rows);
  }

  private static void write(Markup page, String style, List<String> head, List<List<String>> rows) {
    page.open("div", "class", "scroll").open("table", "class", style).open("thead").open("tr");
    head.forEach(name -> page.leaf("th", name, "scope", "col"));
    page.close().close().open("tbody");
    for (List<String> row : rows) {
      page.open("tr");
      row.forEach(cell -> page.leaf("td", cell, "class", isNumber(cell) ? "n" : ""));
      page.close();
    }
    page.close().close().close();
  }

  /** Writes names and what belongs to them. */
  static void pairs(Markup page, List<List<String>> pairs) {
    page.open("dl");
    for (List<String> pair : pairs) {
      page.leaf("dt", pair.get(0)).leaf("dd", pair.get(1));
    }
    page.close();
  }

  private static boolean isNumber(String cell) {
    return !cell.isEmpty()
        && cell.length() < 24
        && cell.matches("-?[0-9.]+(e[+-]?[0-9]+)?( h| %)?");
  }
}
