package dev.nines.trace;

import io.opentelemetry.common.ComponentLoader;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.common.export.HttpResponse;
import io.opentelemetry.sdk.common.export.HttpSender;
import io.opentelemetry.sdk.common.export.HttpSenderConfig;
import io.opentelemetry.sdk.common.export.HttpSenderProvider;
import io.opentelemetry.sdk.common.export.MessageWriter;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;

/**
 * Counts the spans that a receiver refused in an answer of success. OpenTelemetry's exporter takes such an answer for a whole
 * success, and lets only the sender see it; so the senders it finds are put behind one that reads the answer.
 *
 * @see <a href="https://opentelemetry.io/docs/specs/otlp/#partial-success-1">OTLP: partial success</a>
 */
record PartialSuccess(ComponentLoader found, LongAdder dropped) implements ComponentLoader {

  private static final int LEAST_ERROR = 300;

  @Override
  @SuppressWarnings("unchecked") // the sender's provider is what is asked for
  public <T> Iterable<T> load(Class<T> type) {
    Iterable<T> services = found.load(type);
    return type != HttpSenderProvider.class
        ? services
        : StreamSupport.stream(services.spliterator(), false)
            .map(provider -> (T) reading((HttpSenderProvider) provider))
            .toList();
  }

  private HttpSenderProvider reading(HttpSenderProvider provider) {
    return new HttpSenderProvider() {
      @Override
      public HttpSender createSender(HttpSenderConfig config) {
        return new Reading(provider.createSender(config), dropped);
      }
    };
  }

  private record Reading(HttpSender sender, LongAdder dropped) implements HttpSender {

    @Override
    public void send(
        MessageWriter message, Consumer<HttpResponse> onResponse, Consumer<Throwable> onError) {
      sender.send(
          message,
          response -> {
            if (response.getStatusCode() < LEAST_ERROR) {
              dropped.add(RejectedSpans.in(response.getResponseBody()));
            }
            onResponse.accept(response);
          },
          onError);
    }

    @Override
    public CompletableResultCode shutdown() {
      return sender.shutdown();
    }
  }
}
