package dev.nines.spring;

import com.rabbitmq.client.Channel;
import dev.nines.dependency.Check;
import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckRun;
import java.util.Optional;
import org.springframework.amqp.rabbit.connection.Connection;
import org.springframework.amqp.rabbit.connection.ConnectionFactory;

/** Opens a channel on the connection of the service, which the broker has to answer, and closes it. Thread-safe. */
final class RabbitChannel implements Check {

  private final ConnectionFactory connections;

  RabbitChannel(ConnectionFactory connections) {
    this.connections = connections;
  }

  @Override
  public Optional<Object> subject() {
    return Optional.of(connections);
  }

  @Override
  public CheckResult run(CheckRun run) throws Exception {
    Connection connection = connections.createConnection(); // the shared one, unless it is lost
    com.rabbitmq.client.Connection real = connection.getDelegate();
    Channel channel = real == null ? null : real.createChannel();
    if (channel == null) {
      return CheckResult.unhealthy("no channel is to be had");
    }
    channel.close();
    return CheckResult.healthy();
  }
}
