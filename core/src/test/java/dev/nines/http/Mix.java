package dev.nines.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.request.Outcome;
import dev.nines.testing.RawClient;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Requests of every kind, in a fixed proportion, from several threads; and how each must be counted. */
final class Mix {

  static final String UPLOAD = "POST /upload HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nfew";

  /** One kind of request. */
  record Kind(Outcome outcome, Sending sending) {}

  /** Sends one request and checks what comes back. */
  interface Sending {
    void send(RawClient client) throws IOException;
  }

  private final List<Kind> kinds = new ArrayList<>();

  Mix add(int share, Outcome outcome, Sending sending) {
    for (int i = 0; i < share; i++) {
      kinds.add(new Kind(outcome, sending));
    }
    return this;
  }

  static Sending get(String path, int status) {
    return client -> assertThat(RawClient.statusOf(client.get(path))).isEqualTo(status);
  }

  static Sending reset(String path) {
    return client -> client.resetAfterFirstBytes("GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
  }

  /** Sends {@code count} requests, and returns how many of them must have had which outcome. */
  Map<Outcome, Long> send(RawClient client, int count) throws Exception {
    Map<Outcome, Long> expected = new EnumMap<>(Outcome.class);
    List<Callable<Void>> calls = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Kind kind = kinds.get(i % kinds.size());
      expected.merge(kind.outcome(), 1L, Long::sum);
      calls.add(() -> {
        kind.sending().send(client);
        return null;
      });
    }
    ExecutorService threads = Executors.newFixedThreadPool(16);
    try {
      for (Future<Void> call : threads.invokeAll(calls)) {
        call.get();
      }
    } finally {
      threads.shutdownNow();
    }
    return expected;
  }
}
