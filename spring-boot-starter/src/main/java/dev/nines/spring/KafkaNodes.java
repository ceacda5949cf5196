package dev.nines.spring;

import dev.nines.dependency.Check;
import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckRun;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.DescribeClusterOptions;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.DisposableBean;
import org.springframework.kafka.core.KafkaAdmin;

/** Asks a cluster of Kafka for its nodes, through a client of its own that is kept from run to run. Thread-safe. */
final class KafkaNodes implements Check, DisposableBean {

  private final KafkaAdmin settings;
  private @Nullable Admin client;
  private boolean closed;

  KafkaNodes(KafkaAdmin settings) {
    this.settings = settings;
  }

  @Override
  public Optional<Object> subject() {
    return Optional.of(settings);
  }

  @Override
  public CheckResult run(CheckRun run) throws Exception {
    Admin asked = client();
    if (asked == null) {
      return CheckResult.unhealthy("closed");
    }
    int millis = (int) Math.max(1, run.timeout().toMillis());
    try {
      int nodes = asked
          .describeCluster(new DescribeClusterOptions().timeoutMs(millis))
          .nodes()
          .get(millis, TimeUnit.MILLISECONDS)
          .size();
      return nodes > 0 ? CheckResult.healthy() : CheckResult.unhealthy("the cluster has no node");
    } catch (ExecutionException e) {
      throw e.getCause() instanceof Exception cause ? cause : e;
    }
  }

  private synchronized @Nullable Admin client() {
    if (client == null && !closed) {
      client = Admin.create(settings.getConfigurationProperties());
    }
    return client;
  }

  @Override
  public synchronized void destroy() {
    closed = true;
    if (client != null) {
      client.close(Duration.ZERO);
      client = null;
    }
  }
}
