package dev.nines.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nines.telemetry.Event;
import dev.nines.telemetry.EventBus;
import dev.nines.time.TimeSource;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class AdminServerTest {

  private static final String TOKEN = "correct-horse-battery-staple";

  private final List<Event> events = new CopyOnWriteArrayList<>();
  private final EventBus bus = new EventBus();
  private final EndpointTable table = new EndpointTable(bus, TimeSource.system());
  private final HttpClient client = HttpClient.newHttpClient();
  private RunningAdminServer server;

  @BeforeEach
  void start() {
    bus.render(events::add);
    table.add(Endpoints.text("/health", "fine\n"));
    table.add(Endpoints.answering(
        "/echo",
        "POST",
        request -> new EndpointResponse(
            200, "application/octet-stream", request.body(), java.util.Map.of())));
    table.add(Endpoints.answering(
        "/who",
        "GET",
        request -> EndpointResponse.text(200, request.authorized() + " " + request.query())));
    table.add(Endpoints.answering("/broken", "GET", request -> {
      throw new IllegalStateException("secret");
    }));
    server = AdminServer.onPort(0).authorizedByToken(TOKEN).start(table, bus, TimeSource.system());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void anEndpointIsServedUncached() throws Exception {
    HttpResponse<String> response = get("/health");

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.body()).isEqualTo("fine\n");
    assertThat(response.headers().firstValue("Content-Type")).hasValue("text/plain; charset=utf-8");
    assertThat(response.headers().allValues("Cache-Control")).containsExactly("no-store");
    assertThat(response.headers().firstValue("Server")).isEmpty();
  }

  @Test
  void headTellsTheLengthAndLeavesTheBodyOut() throws Exception {
    HttpResponse<String> response =
        send(request("/health").method("HEAD", BodyPublishers.noBody()));

    assertThat(response.statusCode()).isEqualTo(200);
    assertThat(response.headers().firstValue("Content-Length")).hasValue("5");
    assertThat(response.body()).isEmpty();
    assertThat(get("/health").body()).as("the same connection goes on").isEqualTo("fine\n");
  }

  @Test
  void anotherMethodIsToldWhichAreAllowed() throws Exception {
    for (String method : List.of("POST", "OPTIONS", "DELETE", "BREW")) {
      HttpResponse<String> response =
          send(request("/health").method(method, BodyPublishers.ofString("x")));

      assertThat(response.statusCode()).as(method).isEqualTo(405);
      assertThat(response.headers().firstValue("Allow")).hasValue("GET, HEAD");
      assertThat(response.headers().firstValue("Cache-Control")).hasValue("no-store");
    }
  }

  @Test
  void aFailingEndpointAnswers500WithoutDetailsAndIsToldOnce() throws Exception {
    for (int i = 0; i < 5; i++) {
      HttpResponse<String> response = get("/broken");

      assertThat(response.statusCode()).isEqualTo(500);
      assertThat(response.body()).isEqualTo("internal error\n");
    }
    assertThat(events).extracting(Event::type).containsExactly("endpoint_failed");
    assertThat(events.get(0).cause()).hasMessage("secret");
  }

  @Test
  void onlyTheTokenAuthorizes() throws Exception {
    assertThat(get("/who").body()).startsWith("false");
    assertThat(bodyAs("Bearer " + TOKEN)).startsWith("true");
    assertThat(bodyAs("bearer " + TOKEN)).startsWith("true");
    assertThat(bodyAs("Bearer " + TOKEN + "x")).startsWith("false");
    assertThat(bodyAs("Bearer ")).startsWith("false");
    assertThat(bodyAs("Basic " + TOKEN)).startsWith("false");
  }

  @Test
  void whatChangesThingsAsksForAuthorization() throws Exception {
    HttpResponse<String> refused = send(request("/echo").POST(BodyPublishers.ofString("hello")));
    assertThat(refused.statusCode()).isEqualTo(401);
    assertThat(refused.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");

    HttpResponse<String> done = send(request("/echo")
        .header("Authorization", "Bearer " + TOKEN)
        .POST(BodyPublishers.ofString("hello")));
    assertThat(done.statusCode()).isEqualTo(200);
    assertThat(done.body()).isEqualTo("hello");
  }

  @Test
  void aRuleThatThrowsAuthorizesNobodyAndStillAnswers() throws Exception {
    AtomicReference<Throwable> thrown = new AtomicReference<>();
    server.close();
    server = AdminServer.onPort(0)
        .authorizedBy(request -> {
          if (thrown.get() instanceof Error error) {
            throw error;
          }
          throw (RuntimeException) thrown.get();
        })
        .start(table, bus, TimeSource.system());

    for (Throwable each : List.of(new IllegalStateException("rule"), new StackOverflowError())) {
      thrown.set(each);
      assertThat(get("/who").body()).startsWith("false");
    }
  }

  @Test
  void aTokenThatCanBeGuessedIsRefusedWithoutRepeatingIt() {
    assertThatThrownBy(() -> AdminServer.onPort(0).authorizedByToken("short"))
        .hasMessage(
            "admin.bearerToken: *** (expected: at least 16 visible ASCII characters without spaces)");
  }

  @Test
  void queryParametersAreDecodedAndKeptInTheirOrder() throws Exception {
    assertThat(get("/who?check=a%20b&check=c&flag&x=%C3%A4+%2B").body())
        .isEqualTo("false {check=[a b, c], flag=[], x=[ä +]}");
  }

  @Test
  void aTakenPortIsOneClearError() throws Exception {
    try (ServerSocket taken = new ServerSocket(0)) {
      AdminServer second = AdminServer.onPort(taken.getLocalPort());

      assertThatThrownBy(() -> second.start(table, bus, TimeSource.system()))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("admin.port: " + taken.getLocalPort() + " (expected: a free port")
          .hasMessageContaining("AdminServer.onPort");
    }
  }

  @Test
  void aForeignAddressIsOneClearError() {
    AdminServer foreign = AdminServer.onPort(0).boundTo("192.0.2.1");
    assertThatThrownBy(() -> foreign.start(table, bus, TimeSource.system()))
        .hasMessageStartingWith("admin.address: 192.0.2.1 (expected: an address of this machine");

    AdminServer unknown = AdminServer.onPort(0).boundTo("no-such-host.invalid");
    assertThatThrownBy(() -> unknown.start(table, bus, TimeSource.system()))
        .hasMessageStartingWith("admin.address: no-such-host.invalid (expected:");
  }

  @Test
  void aRefusedStartLeavesNoThreadBehind() throws Exception {
    server.close();
    try (ServerSocket taken = new ServerSocket(0)) {
      AdminServer second = AdminServer.onPort(taken.getLocalPort());
      assertThatThrownBy(() -> second.start(table, bus, TimeSource.system()))
          .isInstanceOf(IllegalStateException.class);
    }
    org.awaitility.Awaitility.await().until(() -> adminThreads().isEmpty());
  }

  @Test
  void closingFreesThePortAndEndsTheThreads() {
    int port = server.port();
    server.close();
    server.close();

    org.awaitility.Awaitility.await().until(() -> adminThreads().isEmpty());
    server = AdminServer.onPort(port).start(table, bus, TimeSource.system());
    assertThat(server.port()).isEqualTo(port);
  }

  @Test
  void aPortOutOfRangeIsRefused() {
    assertThatThrownBy(() -> AdminServer.onPort(65_536))
        .hasMessage("admin.port: 65536 (expected: 0 to 65535)");
  }

  static List<String> adminThreads() {
    return Arrays.stream(allThreads())
        .map(Thread::getName)
        .filter(name -> name.startsWith("nines-admin"))
        .toList();
  }

  static Thread[] allThreads() {
    return Thread.getAllStackTraces().keySet().toArray(Thread[]::new);
  }

  private String bodyAs(String authorization) throws Exception {
    return send(request("/who").header("Authorization", authorization)).body();
  }

  private HttpResponse<String> get(String path) throws Exception {
    return send(request(path));
  }

  private HttpRequest.Builder request(String path) {
    return HttpRequest.newBuilder(URI.create("http://localhost:" + server.port() + path));
  }

  private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
    return client.send(request.build(), BodyHandlers.ofString());
  }
}
