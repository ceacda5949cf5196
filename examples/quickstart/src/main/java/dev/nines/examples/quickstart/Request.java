package dev.nines.examples.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a handler reads of a request; whatever is malformed becomes a 400. */
record Request(HttpExchange exchange, Map<String, String> pathValues) {

  private static final int LONGEST_BODY = 1024 * 1024;
  private static final JsonMapper JSON = JsonMapper.shared();

  /** Returns what stands in the path at that place of the route's template. */
  String path(String name) {
    return pathValues.get(name);
  }

  /** Returns a number in the path. */
  long id(String name) {
    try {
      return Long.parseLong(path(name));
    } catch (NumberFormatException notANumber) {
      throw Problem.badRequest(name + " (expected: a whole number)");
    }
  }

  /** Returns a parameter of the query. */
  Optional<String> query(String name) {
    String query = exchange.getRequestURI().getQuery();
    return Stream.ofNullable(query)
        .flatMap(all -> Stream.of(all.split("&")))
        .filter(pair -> pair.startsWith(name + "="))
        .map(pair -> pair.substring(name.length() + 1))
        .findFirst();
  }

  /** Returns a number of the query within its bounds, both included. */
  int number(String name, int lowest, int highest) {
    return query(name)
        .flatMap(Request::whole)
        .filter(number -> number >= lowest && number <= highest)
        .orElseThrow(() -> Problem.badRequest(
            name + " (expected: a whole number from " + lowest + " to " + highest + ")"));
  }

  String text() throws IOException {
    return new String(body(), UTF_8);
  }

  JsonNode json() throws IOException {
    try {
      return JSON.readTree(body());
    } catch (JacksonException malformed) {
      throw Problem.badRequest("body: not JSON (expected: JSON in UTF-8)");
    }
  }

  private static Optional<Integer> whole(String number) {
    try {
      return Optional.of(Integer.valueOf(number));
    } catch (NumberFormatException notANumber) {
      return Optional.empty();
    }
  }

  private byte[] body() throws IOException {
    byte[] body = exchange.getRequestBody().readNBytes(LONGEST_BODY + 1);
    if (body.length > LONGEST_BODY) {
      throw new Problem(413, "body (expected: at most " + LONGEST_BODY + " bytes)");
    }
    return body;
  }
}
