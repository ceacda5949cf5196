package dev.nines.logging;

import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.StackTraceElementProxy;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A number for each kind of failure, to group lines by. Into it go, from the root cause outwards, the class of each
 * exception and the class and method of each of its frames that its wrapper does not share.
 *
 * <p>Left out is what differs between two failures of one kind, or between two builds or runs: messages, line numbers, files;
 * digits and what follows {@code $$} or {@code /} in names, for compilers and the JVM number lambdas, proxies and inner
 * classes as they come; frames of reflection and method handles, which the JVM swaps while it runs; repeated frames, so that
 * a recursion is the same however deep; causes behind the 16th and frames behind the 64th; suppressed exceptions.
 *
 * <p>FNV-1a, 64 bits: no cryptography, but 16 hexadecimal digits that stay the same everywhere.
 *
 * @see <a href="https://datatracker.ietf.org/doc/html/draft-eastlake-fnv">The FNV Non-Cryptographic Hash Algorithm</a>
 */
final class StackHash {

  private static final long OFFSET = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;
  private static final int MOST_CAUSES = 16;
  private static final int MOST_FRAMES = 64;
  private static final List<String> SWAPPED =
      List.of("java.lang.reflect.", "java.lang.invoke.", "jdk.internal.reflect.", "sun.reflect.");

  private long hash = OFFSET;

  private StackHash() {}

  static String of(IThrowableProxy thrown) {
    StackHash all = new StackHash();
    all.add(thrown, 1);
    return HexFormat.of().toHexDigits(all.hash);
  }

  private void add(IThrowableProxy thrown, int depth) {
    IThrowableProxy cause = thrown.getCause();
    if (cause != null && depth < MOST_CAUSES) {
      add(cause, depth + 1);
    }
    addName(thrown.getClassName());
    addFrames(thrown);
  }

  private void addFrames(IThrowableProxy thrown) {
    StackTraceElementProxy @Nullable [] frames = thrown.getStackTraceElementProxyArray();
    int own = frames == null ? 0 : frames.length - thrown.getCommonFrames();
    StackTraceElement last = null;
    int hashed = 0;
    for (int at = 0; at < own && hashed < MOST_FRAMES; at++) {
      StackTraceElement frame = frames[at].getStackTraceElement();
      if (!isSwapped(frame) && !isSame(frame, last)) {
        addName(frame.getClassName());
        addName(frame.getMethodName());
        hashed++;
      }
      last = frame;
    }
  }

  private static boolean isSwapped(StackTraceElement frame) {
    for (String begin : SWAPPED) {
      if (frame.getClassName().startsWith(begin)) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSame(StackTraceElement frame, @Nullable StackTraceElement last) {
    return last != null
        && frame.getMethodName().equals(last.getMethodName())
        && frame.getClassName().equals(last.getClassName());
  }

  private void addName(String name) {
    for (int at = 0; at < name.length() && !isGenerated(name, at); at++) {
      char c = name.charAt(at);
      if (c < '0' || c > '9') {
        add(c);
      }
    }
    add('\n');
  }

  private static boolean isGenerated(String name, int at) {
    return name.charAt(at) == '/' || name.startsWith("$$", at);
  }

  private void add(char c) {
    hash = (hash ^ c & 0xFF) * PRIME;
    hash = (hash ^ c >> Byte.SIZE) * PRIME;
  }
}
