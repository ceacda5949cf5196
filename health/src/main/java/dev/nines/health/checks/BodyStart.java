package dev.nines.health.checks;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodySubscriber;
import java.net.http.HttpResponse.BodySubscribers;
import java.net.http.HttpResponse.ResponseInfo;
import java.nio.charset.StandardCharsets;

/** Keeps the first bytes of a body, and lets the rest pass: how long a body is, the other side decides. */
final class BodyStart implements BodyHandler<String> {

  static final int MOST_BYTES = 65_536;

  @Override
  public BodySubscriber<String> apply(ResponseInfo answer) {
    ByteArrayOutputStream kept = new ByteArrayOutputStream();
    BodySubscriber<Void> chunks =
        BodySubscribers.ofByteArrayConsumer(chunk -> chunk.ifPresent(bytes -> keep(kept, bytes)));
    return BodySubscribers.mapping(chunks, end -> kept.toString(StandardCharsets.UTF_8));
  }

  private static void keep(ByteArrayOutputStream kept, byte[] bytes) {
    kept.write(bytes, 0, Math.min(bytes.length, MOST_BYTES - kept.size()));
  }
}
