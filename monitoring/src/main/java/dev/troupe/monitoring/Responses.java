package dev.troupe.monitoring;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** Answers of the HTTP endpoints. */
final class Responses {

  private static final int OK = 200;
  private static final int NOT_FOUND = 404;
  private static final int METHOD_NOT_ALLOWED = 405;
  private static final String TEXT = "text/plain; charset=utf-8";

  private Responses() {}

  /** A body that is made only if somebody gets it. */
  record Page(String contentType, String body) {}

  /** Makes a page for an exchange. */
  interface Source {

    Page page(HttpExchange exchange);
  }

  /** Answers GET and HEAD on {@code path} itself with the page, and closes the exchange. */
  static void answer(HttpExchange exchange, Source source) throws IOException {
    try (exchange) {
      String method = exchange.getRequestMethod();
      String path = exchange.getRequestURI().getPath();
      if (!exchange.getHttpContext().getPath().equals(path)) {
        send(exchange, NOT_FOUND, new Page(TEXT, "There is nothing at this path.\n"));
      } else if (method.equals("GET") || method.equals("HEAD")) {
        send(exchange, OK, source.page(exchange));
      } else {
        exchange.getResponseHeaders().set("Allow", "GET, HEAD");
        send(exchange, METHOD_NOT_ALLOWED, new Page(TEXT, "Only GET and HEAD are answered.\n"));
      }
    }
  }

  private static void send(HttpExchange exchange, int status, Page page) throws IOException {
    byte[] bytes = page.body().getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", page.contentType());
    if (exchange.getRequestMethod().equals("HEAD")) {
      exchange.getResponseHeaders().set("Content-Length", Integer.toString(bytes.length));
      exchange.sendResponseHeaders(status, -1);
    } else {
      exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
      exchange.getResponseBody().write(bytes);
    }
  }
}
