package dev.nines.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.nines.testing.RawClient;
import dev.nines.testing.SentOn;
import dev.nines.testing.TraceContextCase;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The specification's rules through the JDK's server. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class JdkServerTraceContextTest {

  private final List<HttpServer> servers = new ArrayList<>();
  private RawClient recording;
  private RawClient unrecorded;

  @BeforeAll
  void start() throws IOException {
    recording = serve(new Recorder());
    unrecorded = serve(Recorder.unrecorded());
  }

  private RawClient serve(Recorder recorder) throws IOException {
    HttpServer server = recorder.adapters.install(
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0),
        Routes.of("GET /on"));
    server.createContext("/on", exchange -> {
      byte[] sent = SentOn.now().getBytes(StandardCharsets.ISO_8859_1);
      exchange.sendResponseHeaders(200, sent.length);
      exchange.getResponseBody().write(sent);
      exchange.close();
    });
    server.start();
    servers.add(server);
    return new RawClient(server.getAddress().getPort());
  }

  @AfterAll
  void stop() {
    servers.forEach(server -> server.stop(0));
  }

  @ParameterizedTest
  @MethodSource("dev.nines.testing.TraceContextCases#all")
  void everyRuleHolds(TraceContextCase rule) throws IOException {
    SentOn.verify(rule, recording.exchange(rule.request("/on")));
    assertThat(RawClient.statusOf(recording.get("/on"))).isEqualTo(200);
  }

  @ParameterizedTest
  @MethodSource("dev.nines.testing.TraceContextCases#all")
  void everyRuleHoldsWhereNoSpanIsRecorded(TraceContextCase rule) throws IOException {
    SentOn.verify(rule, unrecorded.exchange(rule.request("/on")));
  }
}
