package dev.nines.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.AsyncAppender;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.util.LogbackMDCAdapter;
import dev.nines.request.Exchange;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.Scope;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

class TracesTest {

  private static final Logger LOG = LoggerFactory.getLogger("com.acme.Orders");
  private static final int TRACES = 1_000;
  private static final int LINES_EACH = 5;

  private final Lines lines = new Lines();

  @Test
  void amongAThousandTracesNoLineCarriesAnothersId() throws Exception {
    try (TestService service = new TestService("checkout", JsonLogging.to(lines))) {
      serve(service, LOG);
    }
    assertEachLineHasItsOwnTrace(lines);
  }

  @Test
  void behindAnAsynchronousAppenderTheFilterKeepsThemApart() throws Exception {
    LoggerContext logback = new LoggerContext();
    logback.setMDCAdapter(new LogbackMDCAdapter());
    JsonAppender appender = new JsonAppender(lines);
    appender.setContext(logback);
    appender.start();
    AsyncAppender async = new AsyncAppender();
    async.setContext(logback);
    async.setDiscardingThreshold(0);
    async.addAppender(appender);
    CaptureContext filter = new CaptureContext();
    filter.start();
    async.addFilter(filter);
    async.start();
    ch.qos.logback.classic.Logger root = logback.getLogger(Logger.ROOT_LOGGER_NAME);
    root.addAppender(async);

    try (TestService service = new TestService("checkout")) {
      serve(service, root);
      root.info("outside");
    }
    async.stop();
    appender.stop();
    List<JsonNode> all = lines.all();
    assertThat(all.get(all.size() - 1).has("trace_id")).isFalse();
    lines.clear();
    lines.write((all.subList(0, all.size() - 1).stream()
            .map(JsonNode::toString)
            .collect(Collectors.joining("\n")))
        .getBytes(java.nio.charset.StandardCharsets.UTF_8));
    assertEachLineHasItsOwnTrace(lines);
  }

  private static void serve(TestService service, Logger log) throws Exception {
    ExecutorService pool = Executors.newFixedThreadPool(16);
    List<Future<?>> requests = new ArrayList<>();
    for (int i = 0; i < TRACES; i++) {
      requests.add(pool.submit(() -> {
        Exchange exchange = service.begin("GET", "/orders/{id}");
        Context context = exchange.context();
        try (Scope ignored = context.makeCurrent()) {
          String own = exchange.span().getSpanContext().getTraceId();
          for (int line = 0; line < LINES_EACH - 1; line++) {
            log.atInfo().addKeyValue("own", own).log("line {}", line);
            Thread.yield();
          }
          pool.submit(context.wrap(() -> log.atInfo().addKeyValue("own", own).log("handed on")))
              .get();
        }
        return null;
      }));
      if (requests.size() == 8) {
        await(requests);
      }
    }
    await(requests);
    pool.shutdown();
  }

  private static void await(List<Future<?>> requests) throws Exception {
    for (Future<?> request : requests) {
      request.get();
    }
    requests.clear();
  }

  private static void assertEachLineHasItsOwnTrace(Lines lines) {
    List<JsonNode> own = lines.all().stream().filter(line -> line.has("own")).toList();
    assertThat(own).hasSize(TRACES * LINES_EACH);
    assertThat(own).allSatisfy(line -> assertThat(line.get("trace_id").asString())
        .isEqualTo(line.get("own").asString()));
    assertThat(own.stream().map(line -> line.get("own").asString()).distinct()).hasSize(TRACES);
  }
}
