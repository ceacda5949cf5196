package dev.nines.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.metrics.watch.MessageProcessing;
import dev.nines.metrics.watch.Watch;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.telemetry.Event;
import io.opentelemetry.api.OpenTelemetry;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Kafka: the lag is what the broker says, whether the consumer still works or not. */
class KafkaWatchTest {

  private static final String GROUP = "billing";
  private static final String TOPIC = "orders";
  private static final ReliabilityTargets TARGETS = ReliabilityTargets.builder()
      .detection(Duration.ofSeconds(5)) // so that the broker is asked once a second
      .build();

  @TempDir
  Path directory;

  @Test
  void lagAndProcessingTimeOfAConsumerAreShownAndAlsoOfOneThatStopped() throws Exception {
    try (KafkaBroker broker = KafkaBroker.startedIn(directory);
        Admin admin = Admin.create(Map.of("bootstrap.servers", broker.address()))) {
      admin.createTopics(List.of(new NewTopic(TOPIC, 2, (short) 1))).all().get();
      GoldenSignals signals = GoldenSignals.prometheus();
      MessageProcessing orders = signals.watch(Watch.consumer("kafka", TOPIC));
      signals.watch(Watch.kafkaLag(GROUP, admin, TOPIC, "never-heard-of"));
      try (TestService service = new TestService(signals, TARGETS, OpenTelemetry.noop())) {
        send(broker, 10);
        consume(broker, orders, 10);
        lagIs(service, 0);

        send(broker, 7); // and nobody listens any more
        lagIs(service, 7);
        assertThat(scraped(service).value("messaging_process_duration_seconds_count"))
            .isEqualTo(10);
        assertThat(scraped(service)
                .value(
                    "nines_consumer_lag_messages", "messaging_destination_name", "never-heard-of"))
            .isNaN();
        assertThat(service.events).extracting(Event::type).doesNotContain("sampling_failed");
      }
    }
  }

  private static void lagIs(TestService service, int messages) {
    Awaitility.await().untilAsserted(() -> assertThat(scraped(service)
            .value(
                "nines_consumer_lag_messages",
                "messaging_consumer_group_name",
                GROUP,
                "messaging_destination_name",
                TOPIC))
        .isEqualTo(messages));
  }

  private static void send(KafkaBroker broker, int messages) throws Exception {
    try (KafkaProducer<String, String> producer = new KafkaProducer<>(
        Map.of("bootstrap.servers", broker.address()),
        new StringSerializer(),
        new StringSerializer())) {
      for (int i = 0; i < messages; i++) {
        producer.send(new ProducerRecord<>(TOPIC, "key" + i, "message")).get();
      }
    }
  }

  private static void consume(KafkaBroker broker, MessageProcessing orders, int messages) {
    try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers",
            broker.address(),
            "group.id",
            GROUP,
            "auto.offset.reset",
            "earliest",
            "enable.auto.commit",
            "false"),
        new StringDeserializer(),
        new StringDeserializer())) {
      consumer.subscribe(List.of(TOPIC));
      int processed = 0;
      while (processed < messages) {
        for (ConsumerRecord<String, String> message : consumer.poll(Duration.ofSeconds(10))) {
          orders.process(() -> assertThat(message.value()).isEqualTo("message"));
          processed++;
        }
      }
      consumer.commitSync();
    }
  }

  private static Exposition scraped(TestService service) {
    return Exposition.parse(service.scrape());
  }
}
