package dev.nines.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.Headers;
import com.sun.net.httpserver.HttpServer;
import dev.nines.request.IpLiteral;
import dev.nines.testing.RawClient;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.Collections;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TrustedProxiesTest {

  private static final TrustedProxies LAN = TrustedProxies.of("10.0.0.0/8", "2001:db8:1::/48");

  private static String client(TrustedProxies proxies, String peer, String name, String... lines) {
    Headers headers = new Headers();
    for (String line : lines) {
      headers.add(name, line);
    }
    return proxies.client(IpLiteral.parse(peer), headers, HeaderGetter.INSTANCE);
  }

  @ParameterizedTest(name = "{0}: {1} from {2} is {3}")
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      a stranger's word           | 198.51.100.1 | 203.0.113.9               |
      a proxy without a header    | 10.1.2.3     |                           | 10.1.2.3
      one hop                     | 10.1.2.3     | 203.0.113.9               | 203.0.113.9
      two hops                    | 10.1.2.3     | 203.0.113.9, 10.9.9.9     | 203.0.113.9
      what the client made up     | 10.1.2.3     | 1.1.1.1, 203.0.113.9      | 203.0.113.9
      it says that it is a proxy  | 10.1.2.3     | 10.0.0.1, 203.0.113.9     | 203.0.113.9
      proxies all the way         | 10.1.2.3     | 10.0.0.1, 10.0.0.2        | 10.0.0.1
      no spaces                   | 10.1.2.3     | 1.1.1.1,203.0.113.9,10.0.0.2 | 203.0.113.9
      IPv6                        | 2001:db8:1::5 | 2001:db8:2::7            | 2001:db8:2:0:0:0:0:7
      IPv6 with a port            | 10.1.2.3     | [2001:db8:2::7]:4711      | 2001:db8:2:0:0:0:0:7
      IPv4 with a port            | 10.1.2.3     | 203.0.113.9:4711          | 203.0.113.9
      IPv4 within IPv6            | 10.1.2.3     | ::ffff:203.0.113.9        | 203.0.113.9
      unknown                     | 10.1.2.3     | 203.0.113.9, unknown      | 10.1.2.3
      nothing at the end          | 10.1.2.3     | 203.0.113.9,              | 10.1.2.3
      a name                      | 10.1.2.3     | evil.example              | 10.1.2.3
      markup                      | 10.1.2.3     | <script>                  | 10.1.2.3
      """)
  void theClientIsTheLastAddressThatIsNoProxy(
      String name, String peer, String header, String expected) {
    String[] lines = header == null ? new String[0] : new String[] {header};
    assertThat(client(LAN, peer, "X-Forwarded-For", lines)).isEqualTo(expected);
  }

  @Test
  void severalLinesAreOneListInTheirOrder() {
    assertThat(client(LAN, "10.1.2.3", "X-Forwarded-For", "1.1.1.1, 203.0.113.9", "10.0.0.2"))
        .isEqualTo("203.0.113.9");
  }

  @Test
  void aListWithoutEndEndsTheSearch() {
    String proxies = String.join(",", Collections.nCopies(10_000, "10.0.0.1"));
    assertThat(client(LAN, "10.1.2.3", "X-Forwarded-For", "203.0.113.9," + proxies))
        .isEqualTo("10.0.0.1");
    String[] lines = Collections.nCopies(10_000, "10.0.0.1").toArray(String[]::new);
    assertThat(client(LAN, "10.1.2.3", "X-Forwarded-For", lines)).isEqualTo("10.0.0.1");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
      for=203.0.113.9                                     | 203.0.113.9
      For="203.0.113.9:4711";proto=https;by=10.0.0.1      | 203.0.113.9
      proto=https; for="[2001:db8:2::7]:4711"             | 2001:db8:2:0:0:0:0:7
      for=1.1.1.1, for=203.0.113.9, for=10.0.0.2          | 203.0.113.9
      for="1.1.1.1, for=203.0.113.9                       | 203.0.113.9
      for=_hidden                                         | 10.1.2.3
      proto=https                                         | 10.1.2.3
      for=                                                | 10.1.2.3
      for="                                               | 10.1.2.3
      """)
  void forwardedIsReadIfThatWasDeclared(String header, String expected) {
    TrustedProxies rfc = LAN.readingForwarded();
    assertThat(client(rfc, "10.1.2.3", "Forwarded", header)).isEqualTo(expected);
    assertThat(client(rfc, "10.1.2.3", "X-Forwarded-For", "203.0.113.9"))
        .as("the other header, which the proxy may only pass on")
        .isEqualTo("10.1.2.3");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "localhost",
        "10.0.0.0/0",
        "10.0.0.0/33",
        "10.0.0.1/8",
        "10.0.0.0/",
        "10.0.0.0/x",
        "10.0.0.0/-8",
        "10.0.0.0/08x",
        "::/0",
        "2001:db8::/129",
        "2001:db8::1/32",
        "10.0.0.0/8/8"
      })
  void whatIsNoNetworkIsRefused(String network) {
    assertThatThrownBy(() -> TrustedProxies.of(network))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("trusted proxy: " + network + " (expected: ");
  }

  @Test
  void noProxyAtAllIsRefused() {
    assertThatThrownBy(TrustedProxies::of)
        .hasMessage("trusted proxies: none (expected: at least one address)");
  }

  @ParameterizedTest
  @CsvSource({
    "10.0.0.0/8, 10.255.255.255, true",
    "10.0.0.0/8, 11.0.0.0, false",
    "192.0.2.128/25, 192.0.2.128, true",
    "192.0.2.128/25, 192.0.2.127, false",
    "192.0.2.7, 192.0.2.7, true",
    "192.0.2.7, 192.0.2.6, false",
    "2001:db8::/33, 2001:db8:7fff::1, true",
    "2001:db8::/33, 2001:db8:8000::1, false",
    "10.0.0.0/8, 2001:db8::1, false"
  })
  void aNetworkHoldsItsAddressesAndNoOthers(String network, String address, boolean held) {
    assertThat(Network.parse(network).contains(IpLiteral.parse(address).getAddress()))
        .isEqualTo(held);
  }

  @Test
  void theJdksServerNamesTheClientBehindATrustedProxyOnly() throws IOException {
    assertThat(seenByTheJdk(TrustedProxies.of("127.0.0.0/8", "::1"))).isEqualTo("203.0.113.9");
    assertThat(seenByTheJdk(TrustedProxies.none())).isIn("127.0.0.1", "0:0:0:0:0:0:0:1");
    assertThat(seenByTheJdk(LAN)).isIn("127.0.0.1", "0:0:0:0:0:0:0:1");
  }

  private static String request(String path) {
    return "GET " + path + " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n"
        + "X-Forwarded-For: 1.1.1.1\r\nx-forwarded-for: 203.0.113.9\r\n\r\n";
  }

  private static String seenByTheJdk(TrustedProxies proxies) throws IOException {
    Recorder recorder = new Recorder(proxies);
    ExecutorService threads = Executors.newCachedThreadPool();
    HttpServer plain =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    plain.setExecutor(threads);
    HttpServer server = recorder.adapters.install(plain, Routes.of("GET /a"));
    server.createContext("/a", exchange -> exchange.sendResponseHeaders(204, -1));
    server.start();
    try {
      new RawClient(server.getAddress().getPort()).exchange(request("/a"));
      return recorder.only().client();
    } finally {
      server.stop(0);
      threads.shutdownNow();
    }
  }

  @Test
  void aServletContainerDoesTheSame(@TempDir Path base) throws IOException {
    Recorder recorder = new Recorder(TrustedProxies.of("127.0.0.1"));
    try (TomcatService tomcat = new TomcatService(base, "")
        .with(new ServletRequestFilter(recorder.adapters)::install)
        .serve("/a", (request, response) -> response.setStatus(204))) {
      tomcat.start().exchange(request("/a"));
      assertThat(recorder.only().client()).isEqualTo("203.0.113.9");
    }
  }
}
