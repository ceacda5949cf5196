package dev.nines.spring;

import dev.nines.endpoint.AdminLimits;
import dev.nines.endpoint.EndpointRequest;
import dev.nines.endpoint.EndpointResponse;
import dev.nines.endpoint.EndpointTable;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.springframework.web.HttpRequestHandler;

/** Serves the endpoints of Nines to a servlet container. Thread-safe. */
final class MvcEndpointHandler implements HttpRequestHandler {

  private static final int TOO_LARGE = 413;

  private final EndpointTable endpoints;
  private final Predicate<EndpointRequest> authorization;
  private final int bodyBytes = AdminLimits.standard().bodyBytes();

  MvcEndpointHandler(EndpointTable endpoints, Predicate<EndpointRequest> authorization) {
    this.endpoints = endpoints;
    this.authorization = authorization;
  }

  boolean serves(String path) {
    return endpoints.has(path);
  }

  @Override
  public void handleRequest(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    byte[] body = request.getInputStream().readNBytes(bodyBytes + 1);
    if (body.length > bodyBytes) {
      response.sendError(TOO_LARGE);
      return;
    }
    EndpointRequest asked = new EndpointRequest(
        request.getMethod(),
        EndpointPaths.of(request),
        query(request),
        headers(request),
        body,
        "",
        false);
    send(endpoints.handle(asked.withAuthorized(authorization.test(asked))), response);
  }

  private static Map<String, List<String>> query(HttpServletRequest request) {
    Map<String, List<String>> query = new LinkedHashMap<>();
    request.getParameterMap().forEach((name, values) -> query.put(name, List.of(values)));
    return query;
  }

  private static Map<String, String> headers(HttpServletRequest request) {
    Map<String, String> headers = new HashMap<>();
    for (String name : Collections.list(request.getHeaderNames())) {
      headers.put(
          name.toLowerCase(Locale.ROOT),
          String.join(", ", Collections.list(request.getHeaders(name))));
    }
    return headers;
  }

  private static void send(EndpointResponse answer, HttpServletResponse response)
      throws IOException {
    response.setStatus(answer.status());
    response.setContentType(answer.contentType());
    answer.headers().forEach(response::setHeader);
    response.setContentLength(answer.body().length);
    response.getOutputStream().write(answer.body());
  }
}
