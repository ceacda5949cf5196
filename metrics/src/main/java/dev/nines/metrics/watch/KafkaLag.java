package dev.nines.metrics.watch;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;

/**
 * Asks the broker how far a group has committed, and how far the topics reach. What a consumer says of itself stands still
 * when it does, just when the lag matters. Partitions that the group never committed are unknown, and left out.
 */
final class KafkaLag implements Callable<Map<String, Double>> {

  private static final long PATIENCE_SECONDS = 10;

  private final String group;
  private final Admin admin;
  private final List<String> topics;

  KafkaLag(String group, Admin admin, List<String> topics) {
    this.group = group;
    this.admin = admin;
    this.topics = topics;
  }

  @Override
  public Map<String, Double> call() throws Exception {
    Map<TopicPartition, Long> committed = committed();
    Map<TopicPartition, OffsetSpec> asked = new HashMap<>();
    committed.keySet().forEach(partition -> asked.put(partition, OffsetSpec.latest()));
    Map<TopicPartition, ListOffsetsResultInfo> ends =
        wait(admin.listOffsets(asked).all());
    Map<String, Double> lag = new HashMap<>();
    ends.forEach((partition, end) -> lag.merge(
        partition.topic(),
        (double) Math.max(0, end.offset() - committed.get(partition)),
        Double::sum));
    return lag;
  }

  private Map<TopicPartition, Long> committed() throws Exception {
    Map<TopicPartition, OffsetAndMetadata> all =
        wait(admin.listConsumerGroupOffsets(group).partitionsToOffsetAndMetadata());
    Map<TopicPartition, Long> known = new HashMap<>();
    all.forEach((partition, offset) -> {
      if (offset != null && topics.contains(partition.topic())) {
        known.put(partition, offset.offset());
      }
    });
    return known;
  }

  private static <T> T wait(KafkaFuture<T> answer) throws Exception {
    return answer.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
  }
}
