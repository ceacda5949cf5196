package dev.nines.ops.probes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.net.httpserver.HttpServer;
import dev.nines.derive.Settings;
import dev.nines.targets.ReliabilityTargets;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.dataformat.yaml.YAMLMapper;

/** What is generated, run by those for whom it is meant, before two instances of which one fails. */
class SnippetsAtWorkTest {

  /** Two addresses of this machine, as the generated files know instances by address, and all by the same ports. */
  private static final List<String> HOSTS = List.of("127.0.0.1", "127.0.0.2");

  private static final Settings QUICK = Settings.derive(
      ReliabilityTargets.builder().detection(Duration.ofSeconds(5)).build());

  @TempDir
  Path directory;

  private final HttpClient http = HttpClient.newHttpClient();
  private final List<Instance> instances = new ArrayList<>();
  private final int port = freePort();
  private final int adminPort = freePort();
  private final int front = freePort();
  private Process balancer;

  @AfterEach
  void stop() throws Exception {
    instances.forEach(Instance::close);
    if (balancer != null) {
      balancer.descendants().forEach(ProcessHandle::destroyForcibly);
      balancer.destroyForcibly().waitFor();
    }
  }

  /** Tells who it is on one port, and whether it is ready on the other. */
  private static final class Instance implements AutoCloseable {

    private final HttpServer service;
    private final HttpServer admin;
    private final AtomicInteger asked = new AtomicInteger();
    private volatile int ready = 200;
    private volatile int answer = 200;

    Instance(String host, int port, int adminPort) throws IOException {
      service = HttpServer.create(new InetSocketAddress(host, port), 50);
      service.createContext("/", exchange -> {
        asked.incrementAndGet();
        byte[] name = host.getBytes();
        exchange.sendResponseHeaders(answer, name.length);
        exchange.getResponseBody().write(name);
        exchange.close();
      });
      admin = HttpServer.create(new InetSocketAddress(host, adminPort), 50);
      admin.createContext("/ready", exchange -> {
        exchange.sendResponseHeaders(ready, -1);
        exchange.close();
      });
      service.start();
      admin.start();
    }

    @Override
    public void close() {
      service.stop(0);
      admin.stop(0);
    }
  }

  @Test
  void haproxyTakesAnInstanceOutThatIsNotReadyAndInAgainWhenItIs() throws Exception {
    startInstances();
    balance(
        "haproxy",
        "-db",
        "-f",
        write(
            "haproxy.cfg",
            "defaults\n  mode http\n  timeout connect 1s\n  timeout client 10s\n"
                + "  timeout server 10s\nfrontend all\n  bind 127.0.0.1:" + front
                + "\n  default_backend checkout\n"
                + HaproxyBackend.of(QUICK, "checkout", HOSTS, port, adminPort).config()));
    awaitWhoAnswers(HOSTS.get(0), HOSTS.get(1));

    instances.get(0).ready = 503;
    awaitWhoAnswers(HOSTS.get(1));

    instances.get(0).ready = 200;
    awaitWhoAnswers(HOSTS.get(0), HOSTS.get(1));
  }

  @Test
  void nginxGivesWhatAnInstanceRefusesToAnotherAndPassesOverTheOneForAWhile() throws Exception {
    startInstances();
    String upstream = NginxUpstream.of(QUICK, "checkout", HOSTS, port).config();
    balance(
        "nginx",
        "-e",
        "stderr",
        "-g",
        "daemon off;",
        "-c",
        write(
            "nginx.conf",
            "pid " + directory + "/pid;\nevents {}\nhttp {\n  access_log off;\n"
                + "client_body_temp_path " + directory + "/a; proxy_temp_path " + directory
                + "/b; fastcgi_temp_path " + directory + "/c; uwsgi_temp_path " + directory
                + "/d; scgi_temp_path " + directory + "/e;\n"
                + upstream.replace("server {\n", "server {\n  listen 127.0.0.1:" + front + ";\n")
                + "}\n"));
    awaitWhoAnswers(HOSTS.get(0), HOSTS.get(1));

    instances.get(0).answer = 503;
    int before = instances.get(0).asked.get();
    for (int i = 0; i < 200; i++) {
      HttpResponse<String> answer = ask();
      assertThat(answer.statusCode()).isEqualTo(200);
      assertThat(answer.body()).isEqualTo(HOSTS.get(1));
    }
    assertThat(instances.get(0).asked.get() - before).as("passed over").isLessThan(100);

    instances.get(0).answer = 200;
    awaitWhoAnswers(HOSTS.get(0), HOSTS.get(1));
  }

  @Test
  void theCommandForContainersSucceedsWhileTheInstanceIsReady() throws Exception {
    requireInstalled("wget");
    startInstances();
    JsonNode test = new YAMLMapper()
        .readTree(ComposeHealthcheck.of(QUICK, "checkout", adminPort).yaml())
        .at("/services/checkout/healthcheck/test");
    assertThat(test.get(0).asString()).isEqualTo("CMD");
    List<String> command = test.valueStream().skip(1).map(JsonNode::asString).toList();

    assertThat(exit(command)).isZero();
    instances.get(0).ready = 503;
    assertThat(exit(command)).isPositive();
    instances.get(0).close();
    assertThat(exit(command)).as("nobody listens").isPositive();
  }

  private void startInstances() throws IOException {
    for (String host : HOSTS) {
      instances.add(new Instance(host, port, adminPort));
    }
  }

  private void balance(String... command) throws IOException {
    requireInstalled(command[0]);
    balancer = new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(directory.resolve("balancer.log").toFile())
        .start();
  }

  /** Waits until of twenty requests in a row each is answered, and by all of these, and nobody else. */
  private void awaitWhoAnswers(String... hosts) {
    await()
        .atMost(Duration.ofMinutes(1))
        .ignoreExceptionsInstanceOf(IOException.class)
        .until(() -> {
          Set<String> answered = new TreeSet<>();
          for (int i = 0; i < 20; i++) {
            HttpResponse<String> answer = ask();
            answered.add(answer.statusCode() == 200 ? answer.body() : "nobody");
          }
          return answered.equals(Set.of(hosts));
        });
  }

  private HttpResponse<String> ask() throws IOException, InterruptedException {
    URI uri = URI.create("http://127.0.0.1:" + front + "/");
    return http.send(
        HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(10)).build(),
        BodyHandlers.ofString());
  }

  private String write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  private static int exit(List<String> command) throws Exception {
    // Once, as a container's wget that is BusyBox's would.
    List<String> once = new ArrayList<>(command);
    once.add(1, "--tries=1");
    return new ProcessBuilder(once)
        .redirectErrorStream(true)
        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
        .start()
        .waitFor();
  }

  private static void requireInstalled(String program) {
    assumeTrue(
        System.getenv("CI") != null
            || Arrays.stream(System.getenv("PATH").split(":"))
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program))),
        program + " is not installed; Debian's package of that name has it");
  }

  private static int freePort() {
    try (ServerSocket unused = new ServerSocket(0, 1, InetAddress.getByName("0.0.0.0"))) {
      return unused.getLocalPort();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
