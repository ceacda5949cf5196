package dev.nines.examples.spring;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What README shows of this example is what stands in it, indentation apart. */
class ReadmeTest {

  private static final Pattern EXAMPLE = Pattern.compile("(?ms)^```\\w+ example\\n(.*?)^```$");

  @Test
  void whatReadmeShowsStandsInTheExample() throws IOException {
    List<String> shown = EXAMPLE
        .matcher(Files.readString(Path.of("../../README.md")))
        .results()
        .map(block -> flushed(block.group(1)))
        .toList();
    try (Stream<Path> files = Files.walk(Path.of("src/main"))) {
      String example = files
          .filter(Files::isRegularFile)
          .map(ReadmeTest::flushed)
          .collect(Collectors.joining("\n"));
      assertThat(shown).hasSize(2).allSatisfy(block -> assertThat(example).contains(block));
    }
  }

  private static String flushed(Path file) {
    try {
      return flushed(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String flushed(String text) {
    return text.lines().map(String::strip).collect(Collectors.joining("\n"));
  }
}
