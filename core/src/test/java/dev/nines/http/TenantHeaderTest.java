package dev.nines.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.nines.request.Exchange;
import dev.nines.testing.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A tenant's header over real sockets, in both kinds of server: known while the handler runs, whatever a client sends. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TenantHeaderTest {

  private TomcatService tomcat;
  private HttpServer jdk;
  private RawClient toTomcat;
  private RawClient toJdk;

  @BeforeAll
  void start(@TempDir Path base) throws IOException {
    tomcat = new TomcatService(base, "")
        .with(new ServletRequestFilter(new Recorder().adapters)::install)
        .serve("/on", (request, response) -> response.getOutputStream().print(tenant()));
    toTomcat = tomcat.start();
    jdk = new Recorder()
        .adapters.install(
            HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0),
            Routes.of("GET /on"));
    jdk.createContext("/on", exchange -> {
      byte[] body = tenant().getBytes();
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    });
    jdk.start();
    toJdk = new RawClient(jdk.getAddress().getPort());
  }

  @AfterAll
  void stop() {
    tomcat.close();
    jdk.stop(0);
  }

  @ParameterizedTest
  @MethodSource("headers")
  void theHandlerKnowsItsTenant(String header, String tenant) throws IOException {
    String request = "GET /on HTTP/1.1\r\nHost: a\r\n" + header + "Connection: close\r\n\r\n";

    assertThat(toJdk.exchange(request)).endsWith("<" + tenant + ">");
    assertThat(toTomcat.exchange(request)).endsWith("<" + tenant + ">");
  }

  static Stream<Arguments> headers() {
    return Stream.of(
        Arguments.of("X-Tenant-Id: acme\r\n", "acme"),
        Arguments.of("x-tenant-id: acme\r\n", "acme"),
        Arguments.of("X-Tenant-Id: acme\r\nX-Tenant-Id: zoo\r\n", "acme"),
        Arguments.of("X-Tenant-Id: a b\r\n", "_OTHER"),
        Arguments.of("X-Tenant-Id: z\u00fcrich\r\n", "_OTHER"),
        Arguments.of("X-Tenant-Id: " + "x".repeat(4_000) + "\r\n", "_OTHER"),
        Arguments.of("X-Tenant-Id:\r\n", "_OTHER"),
        Arguments.of("", "null"));
  }

  private static String tenant() {
    return "<" + Exchange.current().tenant() + ">";
  }
}
