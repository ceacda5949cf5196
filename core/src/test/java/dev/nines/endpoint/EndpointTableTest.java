package dev.nines.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.nines.telemetry.Event;
import dev.nines.telemetry.EventBus;
import dev.nines.testing.ManualTime;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EndpointTableTest {

  private final List<Event> events = new ArrayList<>();
  private final EventBus bus = new EventBus();
  private final ManualTime time = new ManualTime();
  private final EndpointTable table = new EndpointTable(bus, time);

  @BeforeEach
  void render() {
    bus.render(events::add);
  }

  @Test
  void aPathTakenTwiceIsRefusedNamingWhoHasIt() {
    table.add(Endpoints.text("/health", "a"));

    assertThatThrownBy(() -> table.add(Endpoints.text("/health", "b")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith(
            "endpoint.path: /health (expected: a path of its own; this one is taken by ")
        .hasMessageContaining("Endpoints");
    assertThat(table.handle(request("GET", "/health", false)).body()).isEqualTo(new byte[] {'a'});
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "/",
        "health",
        "/health/",
        "//health",
        "/a/../b",
        "/a?b",
        "/a#b",
        "/%61",
        "/ä",
        "/a b",
        "/.x"
      })
  void aPathWithMoreThanOneSpellingIsRefused(String path) {
    assertThatThrownBy(() -> table.add(Endpoints.text(path, "a")))
        .hasMessageStartingWith("endpoint.path: " + path + " (expected: a path such as /health");
  }

  @Test
  void eachAnswerIsUncachedWhateverTheEndpointSays() {
    table.add(Endpoints.answering(
        "/a",
        "GET",
        request -> new EndpointResponse(
            200, "text/plain", new byte[0], Map.of("cache-control", "public", "ETag", "1"))));

    assertThat(table.handle(request("GET", "/a", false)).headers())
        .containsEntry("Cache-Control", "no-store")
        .containsEntry("ETag", "1")
        .hasSize(2);
    assertThat(table.handle(request("GET", "/b", false)).headers())
        .containsEntry("Cache-Control", "no-store");
  }

  @Test
  void anAnswerThatACacheMustAskForEachTimeMayBeKept() {
    EndpointResponse kept = EndpointResponse.text(200, "a").withHeader("Cache-Control", "no-cache");
    table.add(Endpoints.answering("/a", "GET", request -> kept));

    assertThat(table.handle(request("GET", "/a", false))).isSameAs(kept);
  }

  @Test
  void methodsOfAnEndpointThatOnlyChangesThingsLeaveGetOut() {
    table.add(Endpoints.answering("/a", "POST", request -> EndpointResponse.text(200, "done")));

    assertThat(table.handle(request("GET", "/a", true)).headers()).containsEntry("Allow", "POST");
    assertThat(table.handle(request("POST", "/a", true)).status()).isEqualTo(200);
    assertThat(table.handle(request("POST", "/a", false)).status()).isEqualTo(401);
  }

  @Test
  void failuresAreToldAtOnceAndThenOnceAMinuteWithTheirNumber() {
    table.add(Endpoints.answering("/a", "GET", request -> {
      throw new AssertionError("secret");
    }));
    for (int i = 0; i < 1_000; i++) {
      assertThat(table.handle(request("GET", "/a", false)).status()).isEqualTo(500);
    }
    time.advance(Duration.ofMinutes(1));
    table.handle(request("GET", "/a", false));

    assertThat(events)
        .extracting(event -> event.fields().get("failures"))
        .containsExactly(1L, 1_000L);
  }

  @Test
  void anEndpointWithoutAnAnswerHasFailed() {
    table.add(Endpoints.answering("/a", "GET", request -> null));

    assertThat(table.handle(request("GET", "/a", false)).status()).isEqualTo(500);
  }

  @Test
  void aResponseThatWouldSplitInTwoIsRefused() {
    assertThatThrownBy(() -> EndpointResponse.text(200, "").withHeader("X", "a\r\nSet-Cookie: b"))
        .hasMessageStartingWith("headers: a control character");
    assertThatThrownBy(() -> EndpointResponse.text(200, "").withHeader("content-length", "1"))
        .hasMessage("headers: content-length (expected: left to the server)");
    assertThatThrownBy(() -> EndpointResponse.text(99, ""))
        .hasMessage("status: 99 (expected: 200 to 599)");
  }

  private static EndpointRequest request(String method, String path, boolean authorized) {
    return new EndpointRequest(method, path, Map.of(), Map.of(), authorized);
  }
}
