package dev.nines.ops.alertmanager;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.ops.generate.Blueprint;
import dev.nines.ops.generate.GeneratedFile;
import dev.nines.ops.rules.Alert;
import dev.nines.ops.testing.Tool;
import dev.nines.targets.ReliabilityTargets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

class AlertmanagerConfigTest {

  @TempDir
  Path directory;

  private String text;
  private Path file;

  @BeforeEach
  void generate() throws Exception {
    List<GeneratedFile> files = new AlertmanagerConfig()
        .generate(Blueprint.of(ReliabilityTargets.threeNines(), "checkout"));
    text = files.get(0).content();
    file = Files.writeString(directory.resolve("alertmanager.yaml"), text);
  }

  @Test
  void amtoolFindsNoFault() throws Exception {
    assertThat(Tool.run("amtool", "check-config", file.toString()).succeeded())
        .contains("SUCCESS")
        .contains("3 inhibit rules")
        .contains("4 receivers");
  }

  @ParameterizedTest
  @CsvSource({
    "page, pagerduty",
    "high, slack",
    "ticket, email",
    "info, digest",
    "unheard-of, slack",
  })
  void eachSeverityGoesToItsReceiver(String severity, String receiver) throws Exception {
    Tool.run(
            "amtool",
            "config",
            "routes",
            "test",
            "--config.file=" + file,
            "--verify.receivers=" + receiver,
            "severity=" + severity,
            "service=checkout",
            "alertname=NinesErrorBurn")
        .succeeded();
  }

  @Test
  void noAlertIsSlowerThanItsSeverityPromises() {
    JsonNode routes = new YAMLMapper().readTree(text).at("/route/routes");

    assertThat(routes.at("/0/group_wait").asString()).isEqualTo("0s");
    // an alert that joins a group which was just told waits for the group's interval
    assertThat(minutes(routes.get(1).get("group_wait").asString())
            + minutes(routes.get(1).get("group_interval").asString()))
        .isLessThanOrEqualTo(5);
    assertThat(minutes(routes.get(2).get("group_wait").asString())
            + minutes(routes.get(2).get("group_interval").asString()))
        .isLessThanOrEqualTo(60);
  }

  @Test
  void everySecretIsInAFile() {
    assertThat(text)
        .contains("routing_key_file:", "slack_api_url_file:", "smtp_auth_password_file:")
        .doesNotContain("routing_key:", "api_url:", "auth_password:", "hooks.slack.com");
  }

  @Test
  void everyAlertIsRouted() throws Exception {
    for (Alert alert : Arrays.asList(Alert.values())) {
      assertThat(text).contains("severity = \"" + alert.severity().label() + "\"");
    }
  }

  private static long minutes(String duration) {
    return Long.parseLong(duration.substring(0, duration.length() - 1));
  }
}
