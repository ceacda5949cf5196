package dev.nines.examples.webflux;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.Appender;
import ch.qos.logback.core.AppenderBase;
import com.sun.net.httpserver.HttpServer;
import dev.nines.Nines;
import io.opentelemetry.api.trace.Span;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.slf4j.LoggerFactory;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** The example over real HTTP, beside a service of prices that stops. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class QuotesTest {

  private static final String TRACE_ID = "0af7651916cd43dd8448eb211c80319c";

  private final HttpClient client = HttpClient.newHttpClient();
  private final List<String> sentOn = new CopyOnWriteArrayList<>();
  private final List<String> tracesOfLines = new CopyOnWriteArrayList<>();
  private HttpServer prices;
  private ConfigurableApplicationContext service;

  @BeforeAll
  void start() throws Exception {
    prices = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    prices.createContext("/", exchange -> {
      sentOn.add(String.valueOf(exchange.getRequestHeaders().getFirst("traceparent")));
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, 3);
      exchange.getResponseBody().write(new byte[] {'2', '5', '0'});
      exchange.close();
    });
    prices.start();
    service = new SpringApplicationBuilder(QuotesApplication.class)
        .run(
            "--server.port=0",
            "--nines.admin.port=0",
            "--nines.lifecycle.pre-stop=0s",
            "--nines.dependencies.prices.deadline=30s",
            "--spring.profiles.active=test",
            "--prices.url=http://localhost:" + prices.getAddress().getPort());
    Logger logger = (Logger) LoggerFactory.getLogger(QuoteController.class);
    Appender<ILoggingEvent> appender = new AppenderBase<>() {
      @Override
      protected void append(ILoggingEvent event) {
        tracesOfLines.add(Span.current().getSpanContext().getTraceId());
      }
    };
    appender.start();
    logger.addAppender(appender);
  }

  @AfterAll
  void stop() {
    service.close();
    prices.stop(0);
  }

  private HttpResponse<String> get(int port, String path) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create("http://localhost:" + port + path))
        .timeout(Duration.ofMinutes(1))
        .header("traceparent", "00-" + TRACE_ID + "-b7ad6b7169203331-00")
        .build();
    return client.send(request, BodyHandlers.ofString());
  }

  private int port() {
    return Integer.parseInt(service.getEnvironment().getProperty("local.server.port", ""));
  }

  private int adminPort() {
    return service.getBean(Nines.class).adminPort().orElseThrow();
  }

  @Test
  void aQuoteAsksForThePriceWithinItsTraceAndHasNoneWhileNobodyKnows() throws Exception {
    assertThat(get(port(), "/quotes/tea").body()).contains("\"item\":\"tea\"", "\"cents\":250");
    assertThat(tracesOfLines).containsExactly(TRACE_ID);
    assertThat(sentOn).anySatisfy(sent -> assertThat(sent).startsWith("00-" + TRACE_ID));
    assertThat(get(port(), "/quotes/tea/stream").body().lines().filter(line -> !line.isEmpty()))
        .hasSize(5)
        .allMatch(line -> line.startsWith("data:"));
    String metrics = get(adminPort(), "/metrics").body();
    assertThat(metrics)
        .contains("http_route=\"/quotes/{item}\"")
        .contains("nines_calls_total{dependency=\"prices\",outcome=\"success\"} 6.0");

    prices.stop(0);
    HttpResponse<String> without = get(port(), "/quotes/tea");
    assertThat(without.statusCode()).isEqualTo(200);
    assertThat(without.body()).contains("\"item\":\"tea\"").doesNotContain("250");
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> get(adminPort(), "/health").body().contains("\"degraded\""));
    assertThat(get(adminPort(), "/ready").statusCode()).isEqualTo(200);
  }
}
