package dev.nines.spring;

import dev.nines.dependency.Check;
import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckRun;
import java.util.Optional;
import org.springframework.data.redis.connection.RedisConnection;
import org.springframework.data.redis.connection.RedisConnectionFactory;

/** Asks Redis with {@code PING}, through the connections of the service. Thread-safe. */
final class RedisPing implements Check {

  private final RedisConnectionFactory connections;

  RedisPing(RedisConnectionFactory connections) {
    this.connections = connections;
  }

  @Override
  public Optional<Object> subject() {
    return Optional.of(connections);
  }

  @Override
  public CheckResult run(CheckRun run) {
    try (RedisConnection connection = connections.getConnection()) {
      String answer = connection.ping();
      return "PONG".equalsIgnoreCase(answer)
          ? CheckResult.healthy()
          : CheckResult.unhealthy("answered " + answer);
    }
  }
}
