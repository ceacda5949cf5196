package dev.nines.health.checks;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;

/**
 * As much of Redis' protocol as a question takes: a command as an array of strings, and replies of one line.
 *
 * @see <a href="https://redis.io/docs/latest/develop/reference/protocol-spec/">Redis serialization protocol
 *     specification</a>
 */
final class Resp {

  /** Longer than any status or error; who sends more does not speak this protocol. */
  private static final int MOST_BYTES = 512;

  private Resp() {}

  static byte[] command(CharSequence... words) {
    ByteArrayOutputStream command = new ByteArrayOutputStream();
    command.writeBytes(ascii("*" + words.length + "\r\n"));
    for (CharSequence word : words) {
      ByteBuffer bytes = StandardCharsets.UTF_8.encode(CharBuffer.wrap(word));
      command.writeBytes(ascii("$" + bytes.remaining() + "\r\n"));
      command.write(bytes.array(), 0, bytes.remaining());
      command.writeBytes(ascii("\r\n"));
    }
    return command.toByteArray();
  }

  /** Reads a reply of one line: {@code +} and a status, or {@code -} and an error. */
  static String line(InputStream replies) throws IOException {
    StringBuilder line = new StringBuilder();
    int next = read(replies);
    while (next != '\r') {
      line.append((char) next);
      if (line.length() > MOST_BYTES || "+-".indexOf(line.charAt(0)) < 0) {
        throw new IOException("the answer is not one of Redis");
      }
      next = read(replies);
    }
    read(replies); // the line feed
    return line.toString();
  }

  /** Returns the first word of a reply, which is the kind of an error; what follows may tell names and addresses. */
  static String code(String reply) {
    int end = 1;
    while (end < reply.length() && Character.isLetterOrDigit(reply.charAt(end))) {
      end++;
    }
    return reply.isEmpty() ? "nothing" : reply.substring(1, end);
  }

  private static int read(InputStream replies) throws IOException {
    int next = replies.read();
    if (next < 0) {
      throw new EOFException("the connection ended before the answer did");
    }
    return next;
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }
}
