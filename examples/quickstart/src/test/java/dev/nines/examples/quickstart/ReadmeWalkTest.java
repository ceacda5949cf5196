package dev.nines.examples.quickstart;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nines.examples.documentation.MarkdownBlock;
import java.io.IOException;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** The walk in README, taken: each command gives the output that stands there, ids apart. */
class ReadmeWalkTest {

  /** Where commands are for the quickstart; those of other guides are for services and machines of the reader's. */
  private static final Set<String> WALKED = Set.of("README.md", "health.md");

  private static final Duration PATIENCE = Duration.ofSeconds(90);
  private static final String PROMPT = "$ ";
  private static final String REST = "...";

  /** An open breaker waits for a third of it, long enough to be seen on a busy machine. */
  @RegisterExtension
  static final RunningQuickstart QUICKSTART =
      RunningQuickstart.withQuickerTargets(Duration.ofSeconds(20));

  private record Step(String command, List<String> output) {}

  @Test
  void eachCommandGivesTheOutputThatReadmeShows() throws Exception {
    boolean curl = run("curl --version >/dev/null && echo yes").equals("yes");
    assumeTrue(curl || System.getenv("CI") != null, "needs bash and curl to run README's commands");
    List<Step> steps = steps();
    assertThat(steps).hasSizeGreaterThan(10);
    for (Step step : steps) {
      Pattern expected = pattern(step.output());
      await().pollInterval(Duration.ofMillis(500)).atMost(PATIENCE).untilAsserted(() -> assertThat(
              withoutIds(run(step.command())))
          .as(step.command())
          .matches(expected));
    }
  }

  private static List<Step> steps() {
    List<Step> steps = new ArrayList<>();
    Stream<String> lines = MarkdownBlock.in("console").stream()
        .filter(block -> WALKED.contains(block.file()))
        .flatMap(block -> block.text().lines());
    lines.forEach(line -> {
      if (line.startsWith(PROMPT)) {
        steps.add(new Step(line.substring(PROMPT.length()), new ArrayList<>()));
      } else {
        steps.get(steps.size() - 1).output().add(line);
      }
    });
    return steps;
  }

  private static Pattern pattern(List<String> output) {
    StringBuilder regex = new StringBuilder();
    for (String line : output) {
      regex.append(line.equals(REST) ? "(.*\n)*" : Pattern.quote(withoutIds(line)) + "\n");
    }
    return Pattern.compile(regex.substring(0, regex.length() - 1) + "\n?");
  }

  private static String withoutIds(String text) {
    return text.replaceAll("\"id\":\\d+", "\"id\":0");
  }

  private static String run(String command) throws IOException, InterruptedException {
    String here = command
        .replace("localhost:8080", authority("orders"))
        .replace("localhost:8081", authority("admin"));
    Process process = new ProcessBuilder("bash", "-c", here)
        .redirectError(ProcessBuilder.Redirect.DISCARD)
        .start();
    String output = new String(process.getInputStream().readAllBytes(), UTF_8);
    process.waitFor();
    return output.strip();
  }

  private static String authority(String part) {
    return URI.create(QUICKSTART.url(part)).getAuthority();
  }
}
