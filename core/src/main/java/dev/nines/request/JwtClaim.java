package dev.nines.request;

import java.util.Base64;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Reads a claim from the token that a request carries, whose signature somebody else has checked. What can't be read is
 * {@code _OTHER}; a request without a token, or a token without the claim, has no tenant.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc7519">RFC 7519</a>
 */
final class JwtClaim implements Function<Exchange, @Nullable String> {

  private static final String SCHEME = "Bearer ";

  /** Most servers refuse headers of 8 KiB. */
  private static final int LONGEST = 8 * 1024;

  private final JsonFactory json = new JsonFactory();
  private final String name;

  JwtClaim(String name) {
    this.name = name;
  }

  @Override
  public @Nullable String apply(Exchange exchange) {
    String header = exchange.firstHeader("Authorization");
    if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
      return null;
    }
    int first = header.indexOf('.');
    int second = header.indexOf('.', first + 1);
    if (first < 0 || second < 0 || second - first > LONGEST) {
      return Tenants.OTHER;
    }
    try {
      return claim(Base64.getUrlDecoder().decode(header.substring(first + 1, second)));
    } catch (IllegalArgumentException | JacksonException e) {
      return Tenants.OTHER; // a client can send anything
    }
  }

  /** Returns the claim; the last of several, as the RFC has it. */
  private @Nullable String claim(byte[] payload) {
    String found = null;
    try (JsonParser parser = json.createParser(ObjectReadContext.empty(), payload)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Tenants.OTHER;
      }
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        boolean wanted = name.equals(parser.currentName());
        JsonToken value = parser.nextToken();
        if (wanted) {
          found = text(parser, value);
        }
        parser.skipChildren();
      }
    }
    return found;
  }

  private static @Nullable String text(JsonParser parser, JsonToken value) {
    return switch (value) {
      case VALUE_NULL -> null;
      case VALUE_STRING, VALUE_NUMBER_INT -> parser.getString();
      default -> Tenants.OTHER;
    };
  }
}
