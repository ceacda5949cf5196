package dev.nines.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.messaging.MessageHeaders;
import dev.nines.messaging.MessageTrace;
import dev.nines.trace.Tracing;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.context.Scope;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Traces through a real Kafka: what stands in the headers of its records is what the consumer goes on with. */
class KafkaTraceTest {

  private static final String TOPIC = "orders";
  private static final int MESSAGES = 20;

  private static final MessageHeaders<Headers> KAFKA = new MessageHeaders<>() {
    @Override
    public List<String> values(Headers headers, String name) {
      return StreamSupport.stream(headers.headers(name).spliterator(), false)
          .map(header -> new String(header.value(), StandardCharsets.UTF_8))
          .toList();
    }

    @Override
    public void set(Headers headers, String name, String value) {
      headers.remove(name).add(name, value.getBytes(StandardCharsets.UTF_8));
    }
  };

  @TempDir
  Path directory;

  private final OpenTelemetrySdk sdk = OpenTelemetrySdk.builder().build();
  private final Tracing tracing = Tracing.using(sdk);
  private final MessageTrace<Headers> orders = MessageTrace.of(tracing, "kafka", TOPIC, KAFKA);

  @AfterEach
  void close() {
    sdk.close();
  }

  @Test
  void eachMessageIsProcessedInItsOwnSendersTrace() throws Exception {
    try (KafkaBroker broker = KafkaBroker.startedIn(directory)) {
      Map<String, String> traces = sendAll(broker);
      List<ConsumerRecord<String, String>> received = receive(broker);

      Map<String, String> seen = new HashMap<>();
      for (ConsumerRecord<String, String> message : received) {
        orders.process(message.headers(), () -> seen.put(message.key(), currentTrace()));
      }
      assertThat(seen).isEqualTo(traces).hasSize(MESSAGES);

      Span poll = sdk.getTracer("test").spanBuilder("poll").startSpan();
      try (Scope scope = poll.makeCurrent()) {
        orders.processAll(
            received.stream().map(ConsumerRecord::headers).toList(),
            () -> assertThat(currentTrace()).isEqualTo(poll.getSpanContext().getTraceId()));
      }
      assertThat(tracing.droppedSpans()).isZero();
    }
  }

  /** Sends each message within a trace of its own; returns the trace of each key. */
  private Map<String, String> sendAll(KafkaBroker broker) throws Exception {
    Map<String, String> traces = new HashMap<>();
    try (KafkaProducer<String, String> producer = new KafkaProducer<>(
        Map.of("bootstrap.servers", broker.address()),
        new StringSerializer(),
        new StringSerializer())) {
      for (int i = 0; i < MESSAGES; i++) {
        ProducerRecord<String, String> message = new ProducerRecord<>(TOPIC, "key" + i, "message");
        message.headers().add("traceparent", "of another send".getBytes(StandardCharsets.UTF_8));
        Span request = sdk.getTracer("test").spanBuilder("request").startSpan();
        try (Scope scope = request.makeCurrent()) {
          orders.send(message.headers(), () -> producer.send(message)).get();
        }
        traces.put(message.key(), request.getSpanContext().getTraceId());
      }
    }
    return traces;
  }

  private static List<ConsumerRecord<String, String>> receive(KafkaBroker broker) {
    List<ConsumerRecord<String, String>> received = new ArrayList<>();
    try (KafkaConsumer<String, String> consumer = new KafkaConsumer<>(
        Map.of(
            "bootstrap.servers",
            broker.address(),
            "group.id",
            "billing",
            "auto.offset.reset",
            "earliest"),
        new StringDeserializer(),
        new StringDeserializer())) {
      consumer.subscribe(List.of(TOPIC));
      while (received.size() < MESSAGES) {
        consumer.poll(Duration.ofSeconds(10)).forEach(received::add);
      }
    }
    return received;
  }

  private static String currentTrace() {
    return Span.current().getSpanContext().getTraceId();
  }
}
