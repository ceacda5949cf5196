package dev.nines.examples.quickstart;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.google.protobuf.ByteString;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.opentelemetry.proto.collector.trace.v1.ExportTraceServiceRequest;
import io.opentelemetry.proto.trace.v1.ResourceSpans;
import io.opentelemetry.proto.trace.v1.Span;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A Zipkin server in a JVM of its own, and a receiver of OTLP before it that hands spans on in Zipkin's JSON: its collector
 * for OTLP is not among the artifacts of Maven Central.
 */
final class Zipkin implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(180);
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final int NANOS_PER_MICRO = 1000;

  private final HttpClient client = HttpClient.newHttpClient();
  private final String url;
  private final Process process;
  private final HttpServer receiver;

  Zipkin() throws IOException {
    int port;
    try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = free.getLocalPort();
    }
    url = "http://localhost:" + port;
    ProcessBuilder server = new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-Xmx256m",
            "-jar",
            "target/zipkin.jar")
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD);
    server.environment().putAll(Map.of("QUERY_PORT", "" + port, "STORAGE_TYPE", "mem"));
    process = server.start();
    receiver = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext("/v1/traces", this::receive);
    receiver.start();
  }

  /** Returns the variables that send traces here, at once. */
  Map<String, String> variables() {
    return Map.of(
        "OTEL_EXPORTER_OTLP_ENDPOINT",
        "http://localhost:" + receiver.getAddress().getPort(),
        "OTEL_BSP_SCHEDULE_DELAY",
        "100");
  }

  void awaitReady() {
    await().atMost(PATIENCE).until(() -> {
      assertThat(process.isAlive()).isTrue();
      try {
        return get("/health").statusCode() == 200;
      } catch (IOException notYet) {
        return false;
      }
    });
  }

  /** Returns the spans of a trace as Zipkin's API has them, once there are so many. */
  List<JsonNode> trace(String traceId, int spans) {
    List<JsonNode> found = new ArrayList<>();
    await().atMost(PATIENCE).until(() -> {
      HttpResponse<String> answer = get("/api/v2/trace/" + traceId);
      found.clear();
      if (answer.statusCode() == 200) {
        JSON.readTree(answer.body()).valueStream().forEach(found::add);
      }
      return found.size() >= spans;
    });
    return found;
  }

  private HttpResponse<String> get(String path) throws IOException, InterruptedException {
    return client.send(
        HttpRequest.newBuilder(URI.create(url + path)).build(), BodyHandlers.ofString());
  }

  private void receive(HttpExchange exchange) throws IOException {
    try (exchange) {
      List<Map<String, Object>> spans =
          ExportTraceServiceRequest.parseFrom(exchange.getRequestBody())
              .getResourceSpansList()
              .stream()
              .flatMap(resource -> resource.getScopeSpansList().stream()
                  .flatMap(scope -> scope.getSpansList().stream())
                  .map(span -> zipkinSpan(resource, span)))
              .toList();
      HttpRequest request = HttpRequest.newBuilder(URI.create(url + "/api/v2/spans"))
          .header("Content-Type", "application/json")
          .POST(BodyPublishers.ofString(JSON.writeValueAsString(spans)))
          .build();
      int status = client.send(request, BodyHandlers.discarding()).statusCode();
      exchange.sendResponseHeaders(status == 202 ? 200 : 503, -1);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static Map<String, Object> zipkinSpan(ResourceSpans resource, Span span) {
    Map<String, Object> json = new HashMap<>();
    json.put("traceId", hex(span.getTraceId()));
    json.put("id", hex(span.getSpanId()));
    if (!span.getParentSpanId().isEmpty()) {
      json.put("parentId", hex(span.getParentSpanId()));
    }
    json.put("name", span.getName());
    json.put("kind", span.getKind() == Span.SpanKind.SPAN_KIND_SERVER ? "SERVER" : "CLIENT");
    json.put("timestamp", span.getStartTimeUnixNano() / NANOS_PER_MICRO);
    json.put(
        "duration",
        Math.max(1, (span.getEndTimeUnixNano() - span.getStartTimeUnixNano()) / NANOS_PER_MICRO));
    json.put("localEndpoint", Map.of("serviceName", serviceOf(resource)));
    return json;
  }

  private static String serviceOf(ResourceSpans resource) {
    return resource.getResource().getAttributesList().stream()
        .filter(attribute -> attribute.getKey().equals("service.name"))
        .map(attribute -> attribute.getValue().getStringValue())
        .findFirst()
        .orElseThrow();
  }

  private static String hex(ByteString id) {
    return HexFormat.of().formatHex(id.toByteArray());
  }

  @Override
  public void close() throws InterruptedException {
    receiver.stop(0);
    process.destroy();
    if (!process.waitFor(10, TimeUnit.SECONDS)) {
      process.destroyForcibly();
    }
  }
}
