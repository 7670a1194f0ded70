package dev.troupe.monitoring.report;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Set;

/**
 * Writes markup that is both HTML and well-formed XML: every text and every value of an attribute
 * is escaped, every element is closed in its turn. Not thread safe.
 */
final class Markup {

  /** The only elements of HTML that may have no end tag; those of SVG may all be without. */
  private static final Set<String> ALONE =
      Set.of("meta", "br", "line", "rect", "circle", "path", "polyline", "col");

  private static final char REPLACEMENT = '\uFFFD';

  private final StringBuilder text = new StringBuilder();
  private final Deque<String> open = new ArrayDeque<>();

  /**
   * Begins an element.
   *
   * @param attributes names and values in turn; a name whose value is empty is left out
   */
  Markup open(String tag, String... attributes) {
    begin(tag, attributes);
    text.append('>');
    open.push(tag);
    return this;
  }

  /** Ends the innermost element. */
  Markup close() {
    text.append("</").append(open.pop()).append('>');
    if (open.size() < 4) {
      text.append('\n');
    }
    return this;
  }

  /** Writes an element that holds a text and nothing else. */
  Markup leaf(String tag, String content, String... attributes) {
    open(tag, attributes);
    text(content);
    return close();
  }

  /** Writes an element without content. */
  Markup alone(String tag, String... attributes) {
    if (!ALONE.contains(tag)) {
      throw new IllegalArgumentException(
          "Element '%s' needs an end tag in HTML. Maybe open and close it.".formatted(tag));
    }
    begin(tag, attributes);
    text.append("/>");
    return this;
  }

  /** Writes a text, escaped. */
  Markup text(String content) {
    escape(content);
    return this;
  }

  /** Writes markup of our own as it is; never anything that a user may have written. */
  Markup trusted(String markup) {
    text.append(markup);
    return this;
  }

  private void begin(String tag, String... attributes) {
    text.append('<').append(tag);
    for (int i = 0; i < attributes.length; i += 2) {
      if (!attributes[i + 1].isEmpty()) {
        text.append(' ').append(attributes[i]).append("=\"");
        escape(attributes[i + 1]);
        text.append('"');
      }
    }
  }

  private void escape(String content) {
    for (int i = 0; i < content.length(); ) {
      int c = content.codePointAt(i);
      switch (c) {
        case '&' -> text.append("&amp;");
        case '<' -> text.append("&lt;");
        case '>' -> text.append("&gt;");
        case '"' -> text.append("&quot;");
        case '\'' -> text.append("&#39;");
        case '\r' -> {} // an end of line has its line feed
        default -> text.appendCodePoint(isAllowed(c) ? c : REPLACEMENT);
      }
      i += Character.charCount(c);
    }
  }

  /** XML knows no other control characters, and no halves of pairs. */
  private static boolean isAllowed(int c) {
    return c == '\t' || c == '\n' || c >= 0x20 && c < 0x7F || c > 0x9F && isCharacter(c);
  }

  private static boolean isCharacter(int c) {
    return !(c >= 0xD800 && c <= 0xDFFF) && c != 0xFFFE && c != 0xFFFF;
  }

  /** Returns what was written, in which every element must have been closed. */
  @Override
  public String toString() {
    if (!open.isEmpty()) {
      throw new IllegalStateException(
          "Elements %s are still open. Maybe close them.".formatted(open));
    }
    return text.toString();
  }
}
