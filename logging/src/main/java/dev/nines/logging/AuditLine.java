package dev.nines.logging;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * One line of an audit log. Its last member is the hash of all bytes before it, the hash of the line before included, so a
 * line can be proved byte for byte, without agreeing on a canonical JSON.
 *
 * @param seq its number, from 1
 * @param timestamp when it was written, as it stands there
 * @param previous the hash of the line before
 * @param hash its own
 */
record AuditLine(long seq, String timestamp, String previous, String hash) {

  private static final byte[] BEGIN = "{\"seq\":".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] BEFORE_HASH = ",\"hash\":\"".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] AFTER_HASH = "\"}".getBytes(StandardCharsets.US_ASCII);
  private static final int HASH_LENGTH = 64;
  private static final int SEALING = BEFORE_HASH.length + HASH_LENGTH + AFTER_HASH.length;
  private static final JsonMapper JSON = JsonMapper.builder(
          JsonFactory.builder().characterEscapes(new Escapes()).build())
      .build();

  /** Returns whether a line may begin with these bytes. */
  static boolean mayBegin(byte[] bytes) {
    int most = Math.min(bytes.length, BEGIN.length);
    return Arrays.equals(bytes, 0, most, BEGIN, 0, most);
  }

  static ObjectNode newObject() {
    return JSON.createObjectNode();
  }

  /** Returns {@code content} encoded. */
  static byte[] encoded(ObjectNode content) {
    return JSON.writeValueAsBytes(content);
  }

  /** Returns {@code content}, an encoded object, with its hash as its last member and a line's end. */
  static byte[] sealed(byte[] content, String hash) {
    int open = content.length - 1;
    byte[] line = Arrays.copyOf(content, open + SEALING + 1);
    System.arraycopy(BEFORE_HASH, 0, line, open, BEFORE_HASH.length);
    byte[] digits = hash.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(digits, 0, line, open + BEFORE_HASH.length, HASH_LENGTH);
    System.arraycopy(AFTER_HASH, 0, line, line.length - 1 - AFTER_HASH.length, AFTER_HASH.length);
    line[line.length - 1] = '\n';
    return line;
  }

  /** Returns the hash that an encoded object should be sealed with. */
  static String hashOf(byte[] content, AuditHash hash) {
    return hash.of(content, content.length - 1);
  }

  /** Returns the hash that a line, given without its end, should have. */
  static String hashOfSealed(byte[] line, AuditHash hash) {
    return hash.of(line, Math.max(0, line.length - SEALING));
  }

  /** Reads a line without its end; null if it is none. */
  static @Nullable AuditLine parse(byte[] line) {
    if (!isSealed(line)) {
      return null;
    }
    try {
      JsonNode node = JSON.readTree(line);
      JsonNode seq = node.path("seq");
      JsonNode timestamp = node.path("timestamp");
      JsonNode previous = node.path("previous");
      return seq.canConvertToLong() && timestamp.isString() && previous.isString()
          ? new AuditLine(
              seq.asLong(),
              timestamp.asString(),
              previous.asString(),
              node.path("hash").asString(""))
          : null;
    } catch (JacksonException e) {
      return null;
    }
  }

  private static boolean isSealed(byte[] line) {
    int open = line.length - SEALING;
    return open > 0
        && Arrays.equals(line, open, open + BEFORE_HASH.length, BEFORE_HASH, 0, BEFORE_HASH.length)
        && line[line.length - 2] == '"'
        && line[line.length - 1] == '}';
  }
}
