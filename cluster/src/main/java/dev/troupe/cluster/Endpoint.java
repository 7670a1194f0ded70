package dev.troupe.cluster;

import static java.util.Objects.requireNonNull;

/**
 * Where a member of the cluster is reached.
 *
 * @param host a name or an address
 * @param port from 0 to 65535; 0 means any free one, where somebody is about to listen
 */
public record Endpoint(String host, int port) {

  private static final int HIGHEST_PORT = 65_535;

  /** Checks the rules above. */
  public Endpoint {
    requireNonNull(host, "host");
    if (host.isBlank()) {
      throw new IllegalArgumentException("An address needs a host, but it was blank.");
    }
    if (port < 0 || port > HIGHEST_PORT) {
      throw new IllegalArgumentException(
          "Address '%s:%d': a port must be from 0 to %d. Maybe 7720."
              .formatted(host, port, HIGHEST_PORT));
    }
  }

  /**
   * Reads {@code host:port}; the host of an IPv6 address stands in brackets.
   *
   * @throws IllegalArgumentException if it is something else
   */
  public static Endpoint parse(String text) {
    int colon = text.lastIndexOf(':');
    try {
      String host = text.substring(0, Math.max(0, colon));
      boolean bracketed = host.startsWith("[") && host.endsWith("]");
      return new Endpoint(
          bracketed ? host.substring(1, host.length() - 1) : host,
          Integer.parseInt(text.substring(colon + 1)));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException(
          "An address must be HOST:PORT, but was '%s'. Maybe 127.0.0.1:7720.".formatted(text), e);
    }
  }

  @Override
  public String toString() {
    return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
  }
}
