package dev.nines.ops.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** Reads the reports that {@code nines watch} wrote. */
final class Verdicts {

  private static final int MOST_FILES = 10_000;
  private static final long MOST_BYTES = 1024 * 1024;

  private Verdicts() {}

  /** One of them. */
  record Judged(Instant at, String version, String status) {}

  /**
   * Returns those in a directory that were reached in a time, in order.
   *
   * @throws IOException if the directory, or one of its files, cannot be read; the message names it
   */
  static List<Judged> in(Path directory, Instant from, Instant to) throws IOException {
    List<Judged> all = new ArrayList<>();
    try (Stream<Path> files = Files.list(directory)) {
      for (Path file : files
          .filter(path -> path.toString().matches(".*\\.ya?ml"))
          .limit(MOST_FILES)
          .toList()) {
        Judged judged = read(file);
        if (!judged.at().isBefore(from) && !judged.at().isAfter(to)) {
          all.add(judged);
        }
      }
    }
    all.sort(Comparator.comparing(Judged::at));
    return all;
  }

  private static Judged read(Path file) throws IOException {
    if (Files.size(file) > MOST_BYTES) {
      throw new IOException(file + ": over " + MOST_BYTES + " bytes (expected: a report of watch)");
    }
    try {
      JsonNode report = new YAMLMapper().readTree(Files.readString(file));
      String status = report.path("deployment_status").asString("");
      if (status.isEmpty()) {
        throw new IOException(file + ": no deployment_status (expected: a report of nines watch)");
      }
      return new Judged(
          Instant.parse(report.path("timestamp").asString("")),
          report.path("version").asString("unknown"),
          status);
    } catch (JacksonException | DateTimeException nonsense) {
      throw new IOException(file + ": no report of nines watch", nonsense);
    }
  }
}
