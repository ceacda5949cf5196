package dev.nines.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import dev.nines.Nines;
import dev.nines.endpoint.AdminServer;
import dev.nines.testing.ManualTime;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Levels through the real admin server, on a clock that the test turns. */
class LevelsTest {

  private static final String TOKEN = "a-token-for-operators";
  private static final String NAME = "com.acme.levels";

  private final ManualTime time = new ManualTime();
  private final Lines lines = new Lines();
  private final Logger logger = (Logger) LoggerFactory.getLogger(NAME);
  private final HttpClient http = HttpClient.newHttpClient();
  private final Nines nines = Services.named("checkout")
      .time(time)
      .install(JsonLogging.to(lines))
      .admin(AdminServer.onPort(0).authorizedByToken(TOKEN))
      .start();

  @AfterEach
  void close() {
    nines.close();
    assertThat(logger.getLevel()).isNull();
  }

  private HttpResponse<String> ask(String method, String query) {
    return ask(method, query, "Bearer " + TOKEN);
  }

  private HttpResponse<String> ask(String method, String query, String authorization) {
    try {
      return http.send(
          HttpRequest.newBuilder(URI.create(
                  "http://localhost:" + nines.adminPort().orElseThrow() + "/loggers" + query))
              .method(method, HttpRequest.BodyPublishers.noBody())
              .header("Authorization", authorization)
              .build(),
          HttpResponse.BodyHandlers.ofString());
    } catch (IOException | InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static JsonNode loggers(HttpResponse<String> answer) {
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JsonMapper.builder().build().readTree(answer.body()).get("loggers");
  }

  @Test
  void aLevelChangesAtOnceAndReturnsByItself() {
    JsonNode changed =
        loggers(ask("POST", "?logger=" + NAME + "&level=debug&for=10m")).get(NAME);

    assertThat(changed.get("level").asString()).isEqualTo("DEBUG");
    assertThat(changed.get("then").asString()).isEqualTo("inherited");
    assertThat(changed.get("until").asString()).isEqualTo("2026-01-01T00:10:00Z");
    assertThat(logger.isDebugEnabled()).isTrue();

    time.advance(Duration.ofMinutes(10));
    await().untilAsserted(() -> assertThat(logger.isDebugEnabled()).isFalse());
    await().untilAsserted(() -> assertThat(lines.text())
        .contains("\"event_type\":\"log_level_changed\"", "\"log_logger\":\"com.acme.levels\"")
        .contains("\"event_type\":\"log_level_returned\""));
  }

  @Test
  void changedAgainItReturnsToWhatItWasAtFirst() {
    ask("POST", "?logger=" + NAME + "&level=debug&for=1h");
    ask("POST", "?logger=" + NAME + "&level=trace&for=2h");
    time.advance(Duration.ofMinutes(90));
    assertThat(loggers(ask("GET", "")).get(NAME).get("level").asString()).isEqualTo("TRACE");

    assertThat(ask("DELETE", "?logger=" + NAME).statusCode()).isEqualTo(200);

    assertThat(logger.getLevel()).isNull();
    assertThat(ask("DELETE", "?logger=" + NAME).statusCode()).isEqualTo(404);
  }

  @Test
  void whatSomebodySetByOtherMeansIsLeftAlone() {
    ask("POST", "?logger=" + NAME + "&level=debug");
    logger.setLevel(Level.ERROR);

    ask("DELETE", "?logger=" + NAME);

    assertThat(logger.getLevel()).isEqualTo(Level.ERROR);
    logger.setLevel(null);
  }

  @Test
  void theRootLevelIsALevelToo() {
    JsonNode root = loggers(ask("POST", "?logger=ROOT&level=warn&for=30s")).get("ROOT");

    assertThat(root.get("then").asString()).isEqualTo("INFO");
    assertThat(LoggerFactory.getLogger("com.acme.any").isInfoEnabled()).isFalse();
    ask("DELETE", "?logger=ROOT");
    assertThat(LoggerFactory.getLogger("com.acme.any").isInfoEnabled()).isTrue();
  }

  @Test
  void aServiceThatStopsGivesLevelsBack() {
    ask("POST", "?logger=" + NAME + "&level=debug&for=24h");

    nines.close();

    assertThat(logger.getLevel()).isNull();
  }

  @Test
  void strangersNeitherSeeNorChangeLevels() {
    for (String method : new String[] {"GET", "POST", "DELETE"}) {
      HttpResponse<String> answer =
          ask(method, "?logger=" + NAME + "&level=debug", "Bearer somebody-elses-token");

      assertThat(answer.statusCode()).isEqualTo(401);
      assertThat(answer.body()).isEqualTo("unauthorized\n");
    }
  }

  @Test
  void mistakesAreToldWithWhatWasExpected() {
    assertThat(ask("POST", "?logger=" + NAME + "&level=loud").body())
        .isEqualTo("level: LOUD (expected: one of TRACE, DEBUG, INFO, WARN, ERROR, OFF)\n");
    assertThat(ask("POST", "?level=debug").body())
        .startsWith("logger: nothing (expected: ROOT, or");
    assertThat(ask("POST", "?logger=a%0Ab&level=debug").statusCode()).isEqualTo(400);
    assertThat(ask("POST", "?logger=a&level=debug&for=25h").body())
        .isEqualTo("for: 25h (expected: 1s to 24h)\n");
    assertThat(ask("POST", "?logger=a&level=debug&for=soon").statusCode()).isEqualTo(400);
    assertThat(ask("POST", "?logger=" + "a".repeat(300) + "&level=debug").statusCode())
        .isEqualTo(400);
  }

  @Test
  void noMoreLevelsChangeThanSomebodyCouldMeanTo() {
    for (int at = 0; at < Levels.MOST; at++) {
      assertThat(ask("POST", "?logger=com.acme.n" + at + "&level=debug").statusCode())
          .isEqualTo(200);
    }

    HttpResponse<String> more = ask("POST", "?logger=com.acme.more&level=debug");

    assertThat(more.statusCode()).isEqualTo(400);
    assertThat(more.body()).contains("at most 100 levels");
  }
}
