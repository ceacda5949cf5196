package dev.nines.ops.rules;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.ops.testing.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AlertsGuideTest {

  private static final Pattern BLOCK =
      Pattern.compile("^```yaml prometheus\\n(.*?)^```$", Pattern.MULTILINE | Pattern.DOTALL);

  @TempDir
  Path directory;

  @Test
  void prometheusReadsWhatTheGuideSetsInItsJobs() throws Exception {
    Matcher blocks = BLOCK.matcher(Files.readString(Path.of("../docs/alerts.md")));
    StringBuilder config = new StringBuilder("scrape_configs:\n");
    for (int job = 1; blocks.find(); job++) {
      config
          .append("- job_name: \"" + job + "\"\n  static_configs: [{targets: [\"127.0.0.1:1\"]}]\n")
          .append(blocks.group(1).indent(2));
    }
    Path file = Files.writeString(directory.resolve("prometheus.yaml"), config);

    assertThat(config).contains("relabel_configs");
    Tool.run("promtool", "check", "config", "--syntax-only", file.toString()).succeeded();
  }
}
