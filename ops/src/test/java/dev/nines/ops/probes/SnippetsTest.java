package dev.nines.ops.probes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nines.derive.ProbeTimings;
import dev.nines.derive.Settings;
import dev.nines.targets.ReliabilityTargets;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What is generated, read by those for whom it is meant. */
class SnippetsTest {

  private static final List<String> HOSTS = List.of("10.0.0.11", "10.0.0.12");
  private static final Settings STANDARD = settings(30);

  @TempDir
  Path directory;

  /** A block of the guide: what stands behind its fence, and what must stand within. */
  record Snippet(String language, String text) {}

  static List<Snippet> snippets() {
    ComposeHealthcheck compose = ComposeHealthcheck.of(STANDARD, "checkout", 8081);
    return List.of(
        new Snippet(
            "yaml kubernetes", KubernetesProbes.of(STANDARD, "checkout", 8081).yaml()),
        new Snippet("yaml compose", compose.yaml()),
        new Snippet("dockerfile", compose.restarting().dockerfile()),
        new Snippet(
            "haproxy",
            HaproxyBackend.of(STANDARD, "checkout", HOSTS, 8080, 8081).config()),
        new Snippet("nginx", NginxUpstream.of(STANDARD, "checkout", HOSTS, 8080).config()));
  }

  @ParameterizedTest
  @MethodSource("snippets")
  void theGuideShowsWhatIsGenerated(Snippet snippet) throws Exception {
    assertThat(Files.readString(Path.of("../docs/health.md")))
        .contains("\n```" + snippet.language() + "\n" + snippet.text() + "```\n")
        .containsOnlyOnce("\n```" + snippet.language() + "\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 7, 10, 30, 45, 60, 300})
  void kubernetesProbesKeepTheDetectionTargetInTheWorstCase(int detection) {
    Settings settings = settings(detection);
    JsonNode container =
        yaml(KubernetesProbes.of(settings, "checkout", 8081).yaml()).at("/spec/containers/0");
    JsonNode ready = container.get("readinessProbe");
    int period = ready.get("periodSeconds").asInt();
    Duration worst = settings
        .checks()
        .worstCase()
        .plusSeconds((long) period * ready.get("failureThreshold").asInt())
        .plusSeconds(ready.get("timeoutSeconds").asInt());

    assertThat(worst).isLessThanOrEqualTo(Duration.ofSeconds(detection));
    assertThat(ready.at("/httpGet/path").asString()).isEqualTo("/ready");
    assertThat(container.at("/livenessProbe/httpGet/path").asString()).isEqualTo("/live");
    assertThat(container.at("/livenessProbe/failureThreshold").asInt()).isEqualTo(3);
    assertThat(container.at("/startupProbe/httpGet/path").asString()).isEqualTo("/startup");
    assertThat(period * container.at("/startupProbe/failureThreshold").asInt())
        .as("the start limit")
        .isBetween(120, 120 + period);
    assertThat(container.at("/ports/0/containerPort").asInt()).isEqualTo(8081);
  }

  @Test
  void kubernetesGivesTheGraceThatWasDeclaredAndNoHook() {
    JsonNode pod =
        yaml(KubernetesProbes.of(STANDARD, "checkout", 8443).overTls().yaml());

    assertThat(pod.at("/spec/terminationGracePeriodSeconds").asInt()).isEqualTo(30);
    assertThat(pod.at("/spec/containers/0/lifecycle").isMissingNode()).isTrue();
    for (String probe : List.of("startupProbe", "readinessProbe", "livenessProbe")) {
      assertThat(pod.at("/spec/containers/0/" + probe + "/httpGet/scheme").asString())
          .isEqualTo("HTTPS");
    }
  }

  @Test
  void composeAsksForReadinessAndWhoRestartsForLiveness() {
    ComposeHealthcheck compose = ComposeHealthcheck.of(STANDARD, "checkout", 8081);
    JsonNode service = yaml(compose.yaml()).at("/services/checkout");

    assertThat(service.at("/healthcheck/test/5").asString())
        .isEqualTo("http://127.0.0.1:8081/ready");
    assertThat(service.at("/healthcheck/interval").asString()).isEqualTo("5s");
    assertThat(service.at("/healthcheck/retries").asInt()).isEqualTo(3);
    assertThat(service.at("/healthcheck/start_period").asString()).isEqualTo("120s");
    assertThat(service.at("/stop_grace_period").asString()).isEqualTo("30s");
    assertThat(compose.restarting().yaml()).contains(":8081/live\"").doesNotContain("/ready");
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 30, 300})
  void nginxReadsItsUpstream(int detection) throws Exception {
    Path file = Files.writeString(
        directory.resolve("nginx.conf"),
        "pid " + directory + "/pid;\nevents {}\nhttp {\n  access_log off;\n"
            + temporary("client_body")
            + temporary("proxy")
            + temporary("fastcgi")
            + temporary("uwsgi")
            + temporary("scgi")
            + NginxUpstream.of(settings(detection), "checkout", HOSTS, 8080).config()
            + "}\n");

    assertThat(run("nginx", "-t", "-e", "stderr", "-c", file.toString()))
        .contains("test is successful")
        .doesNotContain("[warn]", "[emerg]");
  }

  @ParameterizedTest
  @ValueSource(ints = {5, 30, 300})
  void haproxyReadsItsBackend(int detection) throws Exception {
    Path file = Files.writeString(
        directory.resolve("haproxy.cfg"),
        "defaults\n  mode http\n  timeout connect 1s\n  timeout client 10s\n  timeout server 10s\n"
            + "frontend all\n  bind 127.0.0.1:18080\n  default_backend checkout\n"
            + HaproxyBackend.of(settings(detection), "checkout", HOSTS, 8080, 8081)
                .config());

    assertThat(run("haproxy", "-c", "-f", file.toString()))
        .contains("Configuration file is valid")
        .doesNotContain("[WARNING]", "[ALERT]");
  }

  @Test
  void haproxyAsksAsOftenAsThePlatformWould() {
    ProbeTimings probes = STANDARD.probes();

    assertThat(HaproxyBackend.of(STANDARD, "checkout", HOSTS, 8080, 8081).config())
        .contains("inter " + probes.periodSeconds() + "s fall " + probes.failureThreshold())
        .contains("timeout check " + probes.timeoutSeconds() + "s\n");
  }

  @Test
  void whatCouldBreakOutOfASnippetIsRefused() {
    for (String name : List.of("", "a b", "a\nb", "A", "-a", "a".repeat(64), "a;b")) {
      assertThatThrownBy(() -> KubernetesProbes.of(STANDARD, name, 8081))
          .hasMessageStartingWith("name: '" + name + "' (expected: 1 to 63 lower-case letters");
    }
    for (String host : List.of("", "a;b", "a b", "a:80", "a\n}")) {
      assertThatThrownBy(() -> NginxUpstream.of(STANDARD, "checkout", List.of(host), 8080))
          .hasMessageStartingWith("hosts: '" + host + "' (expected: a name or an address");
    }
    assertThatThrownBy(() -> HaproxyBackend.of(STANDARD, "checkout", List.of(), 8080, 8081))
        .hasMessage("hosts: none (expected: at least one)");
    assertThatThrownBy(() -> ComposeHealthcheck.of(STANDARD, "checkout", 0))
        .hasMessage("port: 0 (expected: 1 to 65535)");
  }

  private String temporary(String what) {
    return "  " + what + "_temp_path " + directory + "/" + what + ";\n";
  }

  private static String run(String... command) throws Exception {
    assumeTrue(
        System.getenv("CI") != null || installed(command[0]),
        command[0] + " is not installed; Debian's package of that name has it");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    return said;
  }

  private static boolean installed(String command) {
    return Arrays.stream(System.getenv("PATH").split(":"))
        .anyMatch(folder -> Files.isExecutable(Path.of(folder, command)));
  }

  private static JsonNode yaml(String text) {
    return new YAMLMapper().readTree(text);
  }

  private static Settings settings(int detectionSeconds) {
    return Settings.derive(ReliabilityTargets.builder()
        .detection(Duration.ofSeconds(detectionSeconds))
        .build());
  }
}
