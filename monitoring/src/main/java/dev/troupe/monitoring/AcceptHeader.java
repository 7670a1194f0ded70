package dev.troupe.monitoring;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** What a client of HTTP would like to get (RFC 9110, section 12.5.1). Pure. */
final class AcceptHeader {

  private AcceptHeader() {}

  /** Returns whether OpenMetrics is asked for by name, and no less wanted than plain text. */
  static boolean prefersOpenMetrics(@Nullable String header) {
    if (header == null) {
      return false;
    }
    double openMetrics = 0;
    double text = 0;
    for (String range : header.toLowerCase(Locale.ROOT).split(",")) {
      String[] parts = range.split(";", -1);
      String type = parts[0].strip();
      if (type.equals("application/openmetrics-text")) {
        openMetrics = Math.max(openMetrics, quality(parts));
      } else if (type.equals("text/plain")) {
        text = Math.max(text, quality(parts));
      }
    }
    return openMetrics > 0 && openMetrics >= text;
  }

  private static double quality(String[] parts) {
    for (int i = 1; i < parts.length; i++) {
      String parameter = parts[i].strip();
      if (parameter.startsWith("q=")) {
        return number(parameter.substring(2));
      }
    }
    return 1;
  }

  private static double number(String text) {
    try {
      return Double.parseDouble(text);
    } catch (NumberFormatException e) {
      return 0; // a quality that cannot be read asks for nothing
    }
  }
}
