package dev.nines.examples.spring.orders;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.util.List;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.client.ResourceAccessException;
import org.springframework.web.client.RestClient;
import org.springframework.web.server.ResponseStatusException;
import tools.jackson.databind.JsonNode;

/**
 * Calls others on the client's behalf, with the trace context of the request: what the W3C's test harness for trace context
 * asks of a service at {@code POST /test}.
 *
 * @see <a href="https://github.com/w3c/trace-context/tree/main/test">The harness</a>
 */
@RestController
class RelayController {

  /** A call to make. */
  record Call(URI url, JsonNode arguments) {}

  /** What came of it: a status, or {@code unreachable}. */
  record Result(URI url, Object result) {}

  private static final Logger LOG = LoggerFactory.getLogger(RelayController.class);
  private static final Set<String> SCHEMES = Set.of("http", "https");

  private final RestClient http;

  RelayController(RestClient.Builder http) {
    this.http = http.build();
  }

  /** Posts each, one after the other. */
  @PostMapping("/test")
  List<Result> test(@RequestBody List<Call> calls) {
    calls.forEach(RelayController::check);
    return calls.stream().map(call -> new Result(call.url(), send(call))).toList();
  }

  private Object send(Call call) {
    try {
      return http.post()
          .uri(call.url())
          .contentType(MediaType.APPLICATION_JSON)
          .body(call.arguments().toString())
          .exchange((request, response) -> response.getStatusCode().value());
    } catch (ResourceAccessException failure) {
      LOG.warn("{} can't be reached: {}", call.url(), failure.toString());
      return "unreachable";
    }
  }

  /** Only this machine's own addresses are called, lest strangers send us elsewhere. */
  private static void check(Call call) {
    if (call.url() == null || call.arguments() == null || !isLoopback(call.url())) {
      throw new ResponseStatusException(
          HttpStatus.BAD_REQUEST, "call (expected: arguments, and url at a loopback address)");
    }
  }

  private static boolean isLoopback(URI url) {
    try {
      return SCHEMES.contains(String.valueOf(url.getScheme()))
          && url.getHost() != null
          && InetAddress.getByName(url.getHost()).isLoopbackAddress();
    } catch (IOException unknown) {
      return false;
    }
  }
}
