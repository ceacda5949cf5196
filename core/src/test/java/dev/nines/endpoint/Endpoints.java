package dev.nines.endpoint;

import java.util.Set;
import java.util.function.Function;

/** Endpoints for tests. */
final class Endpoints {

  private Endpoints() {}

  static Endpoint text(String path, String body) {
    return answering(path, "GET", request -> EndpointResponse.text(200, body));
  }

  static Endpoint answering(
      String path, String method, Function<EndpointRequest, EndpointResponse> answer) {
    return new Endpoint() {
      @Override
      public String path() {
        return path;
      }

      @Override
      public Set<String> methods() {
        return Set.of(method);
      }

      @Override
      public EndpointResponse handle(EndpointRequest request) {
        return answer.apply(request);
      }
    };
  }
}
