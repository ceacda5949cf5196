package dev.nines.logging;

import ch.qos.logback.classic.LoggerContext;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.LoggerFactory;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Where a test's lines go; reads them strictly: valid UTF-8 and JSON, whole characters, no name twice, no other breaks. */
final class Lines extends OutputStream {

  private static final JsonMapper STRICT =
      JsonMapper.builder().enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION).build();

  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Override
  public synchronized void write(int b) {
    bytes.write(b);
  }

  @Override
  public synchronized void write(byte[] from, int offset, int length) {
    bytes.write(from, offset, length);
  }

  void clear() {
    flushLogback();
    synchronized (this) {
      bytes.reset();
    }
  }

  /** Returns what has been logged through SLF4J until now. */
  String text() {
    flushLogback();
    synchronized (this) {
      return decode(bytes.toByteArray());
    }
  }

  private static void flushLogback() {
    LogbackSetup.of((LoggerContext) LoggerFactory.getILoggerFactory()).flush();
  }

  /** Returns every line as an object. */
  List<JsonNode> all() {
    return parse(text());
  }

  /** Returns the one line that there is. */
  JsonNode only() {
    List<JsonNode> all = all();
    if (all.size() != 1) {
      throw new AssertionError("expected one line: " + all);
    }
    return all.get(0);
  }

  static List<JsonNode> parse(String text) {
    List<JsonNode> lines = new ArrayList<>();
    for (String line : text.split("[\\n\\r\\u0085\\u2028\\u2029\\u000B\\u000C\\u001C-\\u001E]")) {
      if (!line.isEmpty()) {
        lines.add(wellFormed(STRICT.readTree(line)));
      }
    }
    return lines;
  }

  /** Fails at half a surrogate pair: JSON can escape one, but many readers refuse it. */
  private static JsonNode wellFormed(JsonNode node) {
    if (node.isString()) {
      wellFormed(node.asString());
    }
    node.propertyNames().forEach(Lines::wellFormed);
    node.values().forEach(Lines::wellFormed);
    return node;
  }

  private static void wellFormed(String text) {
    if (!StandardCharsets.UTF_16BE.newEncoder().canEncode(text)) {
      throw new AssertionError("half a surrogate pair: " + text);
    }
  }

  static String decode(byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new AssertionError("not UTF-8", e);
    }
  }
}
