package dev.nines.logging;

import ch.qos.logback.classic.Level;
import dev.nines.endpoint.Endpoint;
import dev.nines.endpoint.EndpointRequest;
import dev.nines.endpoint.EndpointResponse;
import dev.nines.targets.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * {@code /loggers}, for the authorized: shows the levels that are set, and changes one for a while.
 *
 * <pre>{@code
 * curl -H "$AUTH" localhost:8081/loggers
 * curl -H "$AUTH" -X POST 'localhost:8081/loggers?logger=com.acme&level=debug&for=10m'
 * curl -H "$AUTH" -X DELETE 'localhost:8081/loggers?logger=com.acme'
 * }</pre>
 */
final class LevelsEndpoint implements Endpoint {

  private static final String PATH = "/loggers";
  private static final String USUAL = "10m";
  private static final Duration SHORTEST = Duration.ofSeconds(1);
  private static final Duration LONGEST = Duration.ofHours(24);
  private static final int LONGEST_NAME = 256;
  private static final List<String> LEVELS = JsonLogging.LEVELS;
  private static final JsonMapper JSON = JsonMapper.builder().build();

  private final Levels levels;

  LevelsEndpoint(Levels levels) {
    this.levels = levels;
  }

  @Override
  public String path() {
    return PATH;
  }

  @Override
  public Set<String> methods() {
    return Set.of("GET", "POST", "DELETE");
  }

  @Override
  public EndpointResponse handle(EndpointRequest request) {
    if (!request.authorized()) { // names of loggers tell how a service is built
      return EndpointResponse.text(401, "unauthorized\n").withHeader("WWW-Authenticate", "Bearer");
    }
    try {
      return switch (request.method()) {
        case "POST" -> set(request);
        case "DELETE" -> giveBack(request);
        default -> show(levels.configured());
      };
    } catch (IllegalArgumentException e) {
      return EndpointResponse.text(400, e.getMessage() + "\n");
    }
  }

  private EndpointResponse set(EndpointRequest request) {
    String name = logger(request);
    return show(Map.of(name, levels.set(name, level(request), length(request))));
  }

  private EndpointResponse giveBack(EndpointRequest request) {
    String name = logger(request);
    return levels.giveBack(name)
        ? show(levels.configured())
        : EndpointResponse.text(
            404, "logger: " + name + " (expected: one whose level was changed here)\n");
  }

  private static String only(EndpointRequest request, String name, String otherwise) {
    List<String> given = request.parameters(name);
    if (given.size() > 1) {
      throw new IllegalArgumentException(name + ": " + given.size() + " values (expected: one)");
    }
    return given.isEmpty() ? otherwise : given.get(0);
  }

  private static String logger(EndpointRequest request) {
    String name = only(request, "logger", "");
    boolean proper =
        name.chars().allMatch(c -> Character.isJavaIdentifierPart(c) || c == '.' || c == '-');
    if (name.isEmpty() || name.length() > LONGEST_NAME || !proper) {
      throw new IllegalArgumentException("logger: " + Text.shown(name)
          + " (expected: ROOT, or a logger's name such as com.acme.orders)");
    }
    return name;
  }

  private static Level level(EndpointRequest request) {
    String named = only(request, "level", "").toUpperCase(Locale.ROOT);
    if (!LEVELS.contains(named)) {
      throw new IllegalArgumentException(
          "level: " + Text.shown(named) + " (expected: one of " + String.join(", ", LEVELS) + ")");
    }
    return Level.toLevel(named);
  }

  private static Duration length(EndpointRequest request) {
    String named = only(request, "for", USUAL);
    Duration length = Durations.parse(named);
    if (length.compareTo(SHORTEST) < 0 || length.compareTo(LONGEST) > 0) {
      throw new IllegalArgumentException("for: " + named + " (expected: 1s to 24h)");
    }
    return length;
  }

  private static EndpointResponse show(Map<String, Levels.Configured> configured) {
    ObjectNode body = JSON.createObjectNode();
    ObjectNode loggers = body.putObject("loggers");
    configured.forEach((name, set) -> {
      ObjectNode logger = loggers.putObject(name).put("level", set.level().toString());
      if (set.temporary() != null) {
        Level before = set.temporary().before();
        logger
            .put("until", set.temporary().until().toString())
            .put("then", before == null ? "inherited" : before.toString());
      }
    });
    return EndpointResponse.json(200, JSON.writeValueAsBytes(body));
  }
}
