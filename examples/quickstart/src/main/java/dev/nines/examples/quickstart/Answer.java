package dev.nines.examples.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/** What a handler answers; the router sends it. */
record Answer(int status, String contentType, byte[] body) {

  private static final JsonMapper JSON = JsonMapper.shared();

  static Answer text(String text) {
    return new Answer(200, "text/plain; charset=utf-8", text.getBytes(UTF_8));
  }

  static Answer json(int status, Object value) {
    return new Answer(status, "application/json", JSON.writeValueAsBytes(value));
  }

  static Answer error(int status, String message) {
    return json(status, Map.of("error", message));
  }

  void send(HttpExchange exchange) throws IOException {
    exchange.getResponseHeaders().set("Content-Type", contentType);
    exchange.sendResponseHeaders(status, body.length);
    try (OutputStream out = exchange.getResponseBody()) {
      out.write(body);
    }
  }
}
