package dev.nines.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.nines.request.Exchange;
import dev.nines.targets.TraceRules;
import dev.nines.targets.TraceRules.Trust;
import dev.nines.testing.RawClient;
import dev.nines.testing.SentOn;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.io.IOException;
import java.math.BigDecimal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What callers are told of trace and request, and what is believed of what they say, through the real servers. */
class AnsweredIdsTest {

  private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String TRACEPARENT =
      "traceparent: 00-" + TRACE_ID + "-00f067aa0ba902b7-01\r\nbaggage: user=ann\r\n";

  private enum Server {
    JDK,
    SERVLET
  }

  @TempDir
  Path base;

  private AutoCloseable running = () -> {};

  @AfterEach
  void stop() throws Exception {
    running.close();
  }

  private RawClient start(Server server, Recorder recorder) throws IOException {
    if (server == Server.SERVLET) {
      TomcatService tomcat = new TomcatService(base, "")
          .with(new ServletRequestFilter(recorder.adapters)::install)
          .serve("/a", (request, response) -> response.getOutputStream().print(SentOn.now()));
      running = tomcat;
      return tomcat.start();
    }
    HttpServer jdk = recorder.adapters.install(
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0),
        Routes.of("GET /a"));
    jdk.createContext("/a", exchange -> {
      byte[] sent = SentOn.now().getBytes(java.nio.charset.StandardCharsets.ISO_8859_1);
      exchange.sendResponseHeaders(200, sent.length);
      exchange.getResponseBody().write(sent);
      exchange.close();
    });
    jdk.createContext("/fails", exchange -> {
      throw new IllegalStateException("no");
    });
    jdk.start();
    running = () -> jdk.stop(0);
    return new RawClient(jdk.getAddress().getPort());
  }

  private static TraceRules rules(Trust trust, boolean traceResponse, boolean requestId) {
    return new TraceRules(trust, BigDecimal.TEN, traceResponse, requestId);
  }

  private static String request(String path, String headers) {
    return "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + headers + "\r\n";
  }

  private static String header(String answer, String name) {
    Matcher line = Pattern.compile("(?im)^" + name + ": (.*?)\r?$").matcher(answer);
    return line.find() ? line.group(1) : "";
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void nobodyIsToldAnythingUnlessThatIsDeclared(Server server) throws IOException {
    String answer = start(server, new Recorder()).exchange(request("/a", "X-Request-Id: r-1\r\n"));

    assertThat(header(answer, "traceresponse")).isEmpty();
    assertThat(header(answer, "X-Request-Id")).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void theAnswerTellsItsTraceAndItsRequest(Server server) throws IOException {
    Recorder recorder = Recorder.with(rules(Trust.CALLERS, true, true));

    String answer = start(server, recorder)
        .exchange(request("/a", TRACEPARENT + "X-Request-Id: r-1:2/3+4=5_6.7@8\r\n"));

    SpanData span = recorder.onlySpan();
    assertThat(header(answer, "traceresponse"))
        .isEqualTo("00-" + TRACE_ID + "-" + span.getSpanId() + "-01");
    assertThat(header(answer, "X-Request-Id")).isEqualTo("r-1:2/3+4=5_6.7@8");
    assertThat(recorder.only().requestId()).isEqualTo("r-1:2/3+4=5_6.7@8");
    assertThat(span.getAttributes().asMap().toString()).contains("request_id=r-1:2/3+4=5_6.7@8");
  }

  static Stream<Arguments> harmfulIds() {
    return Stream.of(Server.values()).flatMap(server -> Stream.of(
            "",
            "x".repeat(129),
            "a b",
            "a\"b",
            "a<b>",
            "$(id)",
            "a\tb",
            "\u00e9",
            "a;b",
            "{}",
            "a,b")
        .map(id -> Arguments.of(server, id)));
  }

  @ParameterizedTest
  @MethodSource("harmfulIds")
  void anIdThatMayDoHarmIsReplaced(Server server, String id) throws IOException {
    Recorder recorder = Recorder.with(rules(Trust.CALLERS, false, true));

    String answer = start(server, recorder).exchange(request("/a", "X-Request-Id: " + id + "\r\n"));

    assertThat(header(answer, "X-Request-Id")).matches("[0-9a-f]{32}");
  }

  @ParameterizedTest
  @EnumSource(Server.class)
  void atAnEdgeTheTraceBeginsAnewAndLinksTheOldOne(Server server) throws IOException {
    Recorder recorder = Recorder.with(rules(Trust.NONE, true, true));

    String answer =
        start(server, recorder).exchange(request("/a", TRACEPARENT + "X-Request-Id: r-1\r\n"));

    SpanData span = recorder.onlySpan();
    assertThat(span.getTraceId()).isNotEqualTo(TRACE_ID);
    assertThat(span.getParentSpanContext().isValid()).isFalse();
    assertThat(span.getLinks()).singleElement().satisfies(link -> {
      assertThat(link.getSpanContext().getTraceId()).isEqualTo(TRACE_ID);
      assertThat(link.getSpanContext().getSpanId()).isEqualTo("00f067aa0ba902b7");
    });
    assertThat(header(answer, "traceresponse"))
        .startsWith("00-" + span.getTraceId() + "-" + span.getSpanId());
    assertThat(header(answer, "X-Request-Id")).matches("[0-9a-f]{32}");
    assertThat(answer).doesNotContain("user=ann");
  }

  @ParameterizedTest
  @EnumSource(value = Server.class, names = "JDK")
  void anAnswerToAFailureTellsThemToo(Server server) throws IOException {
    Recorder recorder = Recorder.with(rules(Trust.CALLERS, true, true));

    String answer = start(server, recorder).exchange(request("/fails", TRACEPARENT));

    Exchange failed = recorder.only();
    assertThat(RawClient.statusOf(answer)).isEqualTo(500);
    assertThat(header(answer, "traceresponse")).contains(TRACE_ID);
    assertThat(header(answer, "X-Request-Id")).isEqualTo(failed.requestId());
  }
}
