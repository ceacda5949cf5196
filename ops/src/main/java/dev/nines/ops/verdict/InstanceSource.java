package dev.nines.ops.verdict;

import dev.nines.ops.budget.BudgetLeft;
import dev.nines.ops.budget.InstanceBudgets;
import dev.nines.ops.http.Answer;
import dev.nines.ops.http.BoundedHttp;
import dev.nines.ops.prometheus.Exposition;
import dev.nines.ops.prometheus.Sample;
import dev.nines.targets.ReliabilityTargets;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/** The instances' own {@code /metrics} and {@code /health}; all are asked at once, so that none that hangs holds others up. */
final class InstanceSource implements MetricSource, AutoCloseable {

  private static final Duration LIMIT = Duration.ofSeconds(5);
  private static final long MOST_BYTES = 32L * 1024 * 1024;
  private static final int SHOWN = 40;

  private final List<URI> instances;
  private final String authorization;
  private final ReliabilityTargets targets;
  private final BoundedHttp http = new BoundedHttp(LIMIT, MOST_BYTES);
  private final ExecutorService askers;
  private final Map<String, List<Sample>> latest = new HashMap<>();

  InstanceSource(List<URI> instances, String authorization, ReliabilityTargets targets) {
    if (instances.isEmpty()) {
      throw new IllegalArgumentException("instance: none (expected: at least one address)");
    }
    instances.forEach(instance -> BoundedHttp.address("instance", instance));
    this.instances = instances.stream().distinct().toList();
    this.authorization = authorization;
    this.targets = targets;
    this.askers = Executors.newFixedThreadPool(this.instances.size(), work -> {
      Thread thread = new Thread(work, "nines-look");
      thread.setDaemon(true);
      return thread;
    });
  }

  @Override
  public Look look(Instant now) throws InterruptedException {
    Map<URI, Future<Asked>> asked = new LinkedHashMap<>();
    instances.forEach(instance -> asked.put(instance, askers.submit(() -> ask(instance))));
    List<InstanceLook> seen = new ArrayList<>();
    Map<String, String> missing = new HashMap<>();
    for (var entry : asked.entrySet()) {
      String name = entry.getKey().toString();
      try {
        Asked answer = entry.getValue().get();
        latest.put(name, answer.samples());
        seen.add(SampleReader.read(name, answer.samples(), Optional.of(answer.health())));
      } catch (ExecutionException failed) {
        latest.remove(name);
        missing.put(name, String.valueOf(failed.getCause().getMessage()));
      }
    }
    return new Look(seen, missing);
  }

  /** What one instance answered. */
  private record Asked(List<Sample> samples, Health health) {}

  private Asked ask(URI instance) throws IOException, InterruptedException {
    Answer page = get(BoundedHttp.below(instance, "/metrics"), "text/plain; version=0.0.4");
    if (!page.isWell()) {
      throw new IOException(instance + "/metrics: status " + page.status());
    }
    return new Asked(Exposition.parse(page.text()), health(BoundedHttp.below(instance, "/health")));
  }

  /** An unhealthy instance is no missing one, nor is one that has metrics without health. */
  private Health health(URI endpoint) throws InterruptedException {
    try {
      Answer answer = get(endpoint, "application/json");
      return new Health(
          endpoint.toString(), status(answer), Optional.of(answer.took().toNanos() / 1e9));
    } catch (IOException unanswered) {
      return new Health(endpoint.toString(), "no answer", Optional.empty());
    }
  }

  private static String status(Answer answer) {
    try {
      String status = JsonMapper.shared().readTree(answer.body()).path("status").asString("");
      return status.isEmpty() || status.length() > SHOWN ? String.valueOf(answer.status()) : status;
    } catch (JacksonException other) {
      return String.valueOf(answer.status());
    }
  }

  private Answer get(URI address, String accepted) throws IOException, InterruptedException {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(address).timeout(LIMIT).header("Accept", accepted);
    if (!authorization.isEmpty()) {
      request.header("Authorization", authorization);
    }
    return http.send(request.build());
  }

  /** A process knows since when it runs, which its look tells. */
  @Override
  public Optional<Instant> firstSeen(String version, Instant now, Duration within) {
    return Optional.empty();
  }

  @Override
  public Measured before(Instant until, Duration length, Duration stretch) {
    return Measured.NONE;
  }

  @Override
  public List<BudgetLeft> budgets(Instant now) {
    return InstanceBudgets.read(targets, latest.values());
  }

  @Override
  public void close() {
    askers.shutdownNow();
  }
}
