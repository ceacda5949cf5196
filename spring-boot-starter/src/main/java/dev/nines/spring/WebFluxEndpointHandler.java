package dev.nines.spring;

import dev.nines.endpoint.AdminLimits;
import dev.nines.endpoint.EndpointRequest;
import dev.nines.endpoint.EndpointResponse;
import dev.nines.endpoint.EndpointTable;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Predicate;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferLimitException;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpStatus;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;

/** Serves the endpoints of Nines to a reactive server, off its event loops: one may wait for a change. Thread-safe. */
final class WebFluxEndpointHandler implements WebHandler {

  private static final byte[] NOTHING = {};

  private final EndpointTable endpoints;
  private final Predicate<EndpointRequest> authorization;
  private final int bodyBytes = AdminLimits.standard().bodyBytes();

  WebFluxEndpointHandler(EndpointTable endpoints, Predicate<EndpointRequest> authorization) {
    this.endpoints = endpoints;
    this.authorization = authorization;
  }

  boolean serves(String path) {
    return endpoints.has(path);
  }

  static String path(ServerHttpRequest request) {
    return request.getPath().pathWithinApplication().value();
  }

  @Override
  public Mono<Void> handle(ServerWebExchange exchange) {
    ServerHttpResponse response = exchange.getResponse();
    return DataBufferUtils.join(exchange.getRequest().getBody(), bodyBytes)
        .map(WebFluxEndpointHandler::bytes)
        .defaultIfEmpty(NOTHING)
        .publishOn(Schedulers.boundedElastic())
        .map(body -> answer(exchange, body))
        .flatMap(answer -> send(answer, response))
        .onErrorResume(DataBufferLimitException.class, tooLarge -> {
          response.setStatusCode(HttpStatus.CONTENT_TOO_LARGE);
          return response.setComplete();
        });
  }

  private static byte[] bytes(DataBuffer buffer) {
    byte[] bytes = new byte[buffer.readableByteCount()];
    buffer.read(bytes);
    DataBufferUtils.release(buffer);
    return bytes;
  }

  private EndpointResponse answer(ServerWebExchange exchange, byte[] body) {
    ServerHttpRequest request = exchange.getRequest();
    Map<String, List<String>> query = new HashMap<>();
    request
        .getQueryParams()
        .forEach((name, values) -> query.put(
            name, values.stream().map(value -> value == null ? "" : value).toList()));
    Map<String, String> headers = new HashMap<>();
    request
        .getHeaders()
        .forEach((name, values) ->
            headers.put(name.toLowerCase(Locale.ROOT), String.join(", ", values)));
    EndpointRequest asked = new EndpointRequest(
        request.getMethod().name(), path(request), query, headers, body, "", false);
    return endpoints.handle(asked.withAuthorized(authorization.test(asked)));
  }

  private static Mono<Void> send(EndpointResponse answer, ServerHttpResponse response) {
    response.setStatusCode(HttpStatusCode.valueOf(answer.status()));
    HttpHeaders headers = response.getHeaders();
    headers.set(HttpHeaders.CONTENT_TYPE, answer.contentType());
    answer.headers().forEach(headers::set);
    headers.setContentLength(answer.body().length);
    return response.writeWith(
        Mono.fromSupplier(() -> response.bufferFactory().wrap(answer.body())));
  }
}
