package dev.nines.ops.generate;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** What files were when they were generated; {@code sha256sum -c} reads it, too. */
final class Checksums {

  static final String FILE = ".nines.sha256";

  private static final Pattern LINE = Pattern.compile("([0-9a-f]{64})  (\\S+)");

  private Checksums() {}

  /** Returns checksums by path, sorted; none where nothing was generated yet. Lines that say nothing are left out. */
  static Map<String, String> read(Path root) throws IOException {
    Path file = root.resolve(FILE);
    Map<String, String> sums = new TreeMap<>();
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        Matcher matcher = LINE.matcher(line);
        if (matcher.matches() && isBelow(root, matcher.group(2))) {
          sums.put(matcher.group(2), matcher.group(1));
        }
      }
    }
    return sums;
  }

  static String text(Map<String, String> sums) {
    return sums.entrySet().stream()
        .map(entry -> entry.getValue() + "  " + entry.getKey() + "\n")
        .collect(Collectors.joining());
  }

  static String of(String content) {
    return of(content.getBytes(UTF_8));
  }

  static String of(byte[] content) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(content));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("Every JDK has SHA-256", e);
    }
  }

  /** What the file names is deleted at times, so it must not lead out of the directory. */
  private static boolean isBelow(Path root, String path) {
    Path top = root.toAbsolutePath().normalize();
    return top.resolve(path).normalize().startsWith(top);
  }
}
