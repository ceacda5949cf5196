package dev.nines.logging;

import java.util.HashSet;
import java.util.Set;
import net.logstash.logback.argument.StructuredArgument;
import net.logstash.logback.marker.LogstashMarker;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.util.RawValue;
import tools.jackson.databind.util.TokenBuffer;

/**
 * Writes what only its own code, or Jackson, can write: a user's types, structured arguments, markers. All of it goes into a
 * buffer first, for it may fail half-way, and is then copied with secrets redacted and within the line's bounds.
 */
final class Beans {

  private static final JsonFactory RAW_JSON = new JsonFactory();

  private final Line line;
  private final Values values;
  private final JsonGenerator json;

  Beans(Line line, Values values, JsonGenerator json) {
    this.line = line;
    this.values = values;
    this.json = json;
  }

  /** Writes an object with its properties; one without any as its text. */
  void write(Object bean) {
    Tokens tokens = new Tokens(json);
    try {
      tokens.writePOJO(bean);
    } catch (Throwable e) { // whatever a getter throws, it must not cost the event
      line.text(Values.failed(bean, e));
      return;
    }
    if (isEmptyObject(tokens)) {
      line.text(Values.string(bean));
    } else {
      copyValue(tokens);
    }
  }

  void fields(StructuredArgument argument) {
    if (FieldProbe.canRead(argument)) { // nearly all of them: no buffer for one field
      FieldProbe field = new FieldProbe().read(argument);
      line.field(field.fieldName(), field.fieldValue());
      return;
    }
    Tokens tokens = new Tokens(json);
    fields(argument, tokens, () -> argument.writeTo(tokens));
  }

  void fields(LogstashMarker marker) {
    Tokens tokens = new Tokens(json);
    fields(marker, tokens, () -> marker.writeTo(tokens));
  }

  private void fields(Object source, Tokens tokens, Runnable write) {
    tokens.writeStartObject();
    try {
      write.run();
      tokens.writeEndObject();
    } catch (Throwable e) { // as above
      line.field("structured_argument", Values.failed(source, e));
      return;
    }
    try (JsonParser parser = tokens.asParser(ObjectReadContext.empty())) {
      parser.nextToken();
      while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
        String name = parser.currentName();
        parser.nextToken();
        line.field(name, valueOf(parser));
      }
    }
  }

  private @Nullable Object valueOf(JsonParser parser) {
    return switch (parser.currentToken()) {
      case START_OBJECT, START_ARRAY -> structureOf(parser);
      case VALUE_STRING -> parser.getString();
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getNumberValue();
      case VALUE_TRUE -> true;
      case VALUE_FALSE -> false;
      case VALUE_EMBEDDED_OBJECT -> parser.getEmbeddedObject();
      default -> null;
    };
  }

  private static TokenBuffer structureOf(JsonParser parser) {
    TokenBuffer structure = new TokenBuffer(ObjectWriteContext.empty(), false);
    structure.copyCurrentStructure(parser);
    return structure;
  }

  private void copy(@Nullable String name, JsonParser parser) {
    if (name != null && parser.currentToken() != JsonToken.VALUE_NULL && line.isSecret(name)) {
      parser.skipChildren();
      line.redacted();
    } else {
      copyValue(parser);
    }
  }

  private void copyValue(JsonParser parser) {
    switch (parser.currentToken()) {
      case START_OBJECT -> copyObject(parser);
      case START_ARRAY -> copyArray(parser);
      case VALUE_STRING -> line.text(parser.getString());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> values.write(parser.getNumberValue());
      case VALUE_TRUE -> line.flag(true);
      case VALUE_FALSE -> line.flag(false);
      case VALUE_EMBEDDED_OBJECT -> copyEmbedded(parser.getEmbeddedObject());
      default -> line.nothing();
    }
  }

  private void copyObject(JsonParser parser) {
    json.writeStartObject();
    Set<String> names = new HashSet<>();
    while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
      String name = parser.currentName();
      parser.nextToken();
      if (line.hasRoom()) {
        line.innerName(name, names);
        copy(name, parser);
      } else {
        parser.skipChildren();
      }
    }
    json.writeEndObject();
  }

  private void copyArray(JsonParser parser) {
    json.writeStartArray();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      if (line.hasRoom()) {
        copyValue(parser);
      } else {
        parser.skipChildren();
      }
    }
    json.writeEndArray();
  }

  private void copyEmbedded(@Nullable Object embedded) {
    if (embedded instanceof RawValue raw) {
      copyRaw(Values.string(raw.rawValue()));
    } else {
      values.write(embedded);
    }
  }

  /** Copies JSON that somebody wrote himself; as a text if it is none. */
  void copyRaw(String raw) {
    TokenBuffer tokens = new TokenBuffer(ObjectWriteContext.empty(), false);
    try (JsonParser parser = RAW_JSON.createParser(ObjectReadContext.empty(), raw)) {
      parser.nextToken();
      tokens.copyCurrentStructure(parser);
      if (parser.nextToken() != null) {
        throw new IllegalArgumentException("more than one value");
      }
    } catch (RuntimeException e) {
      line.text(raw);
      return;
    }
    copyValue(tokens);
  }

  /** Writes what was written into a buffer before. */
  void copyValue(TokenBuffer tokens) {
    try (JsonParser parser = tokens.asParser(ObjectReadContext.empty())) {
      parser.nextToken();
      copyValue(parser);
    }
  }

  private static boolean isEmptyObject(TokenBuffer tokens) {
    try (JsonParser parser = tokens.asParser(ObjectReadContext.empty())) {
      return parser.nextToken() == JsonToken.START_OBJECT
          && parser.nextToken() == JsonToken.END_OBJECT;
    }
  }

  /** A buffer that refuses graphs of objects which no line could hold. */
  private static final class Tokens extends TokenBuffer {

    private static final int MOST_OBJECTS = 1000;

    private int objects;

    Tokens(JsonGenerator json) {
      super(json.objectWriteContext(), false);
    }

    @Override
    public JsonGenerator writeStartObject(Object bean) {
      count();
      return super.writeStartObject(bean);
    }

    @Override
    public JsonGenerator writeStartObject(Object bean, int size) {
      count();
      return super.writeStartObject(bean, size);
    }

    private void count() {
      if (++objects > MOST_OBJECTS) {
        throw new IllegalStateException("more than " + MOST_OBJECTS + " objects");
      }
    }
  }
}
