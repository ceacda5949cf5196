package dev.nines.trace;

import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.common.CompletableResultCode;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SpanExporter;
import java.util.Collection;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

/**
 * Counts the spans that never arrive. The batch processor drops silently when its queue is full; so the bound is kept in
 * front of it, by counting who waits: up when a span is handed to it, down when it hands a batch to the exporter. As no
 * more wait than its queue holds, it never drops any itself.
 */
final class SpanLosses {

  private final int capacity;
  private final LongAdder dropped;
  private final AtomicInteger waiting = new AtomicInteger();

  SpanLosses(int capacity, LongAdder dropped) {
    this.capacity = capacity;
    this.dropped = dropped;
  }

  SpanProcessor counting(SpanProcessor batches) {
    return new Entrance(batches);
  }

  SpanExporter counting(SpanExporter exporter) {
    return new Exit(exporter);
  }

  private boolean enter() {
    if (waiting.incrementAndGet() <= capacity) {
      return true;
    }
    waiting.decrementAndGet();
    dropped.increment();
    return false;
  }

  private final class Entrance implements SpanProcessor {

    private final SpanProcessor batches;

    Entrance(SpanProcessor batches) {
      this.batches = batches;
    }

    @Override
    public void onStart(Context parent, ReadWriteSpan span) {}

    @Override
    public boolean isStartRequired() {
      return false;
    }

    @Override
    public void onEnd(ReadableSpan span) {
      if (span.getSpanContext().isSampled() && enter()) {
        batches.onEnd(span);
      }
    }

    @Override
    public boolean isEndRequired() {
      return true;
    }

    @Override
    public CompletableResultCode shutdown() {
      return batches.shutdown();
    }

    @Override
    public CompletableResultCode forceFlush() {
      return batches.forceFlush();
    }
  }

  private final class Exit implements SpanExporter {

    private final SpanExporter exporter;

    Exit(SpanExporter exporter) {
      this.exporter = exporter;
    }

    @Override
    public CompletableResultCode export(Collection<SpanData> spans) {
      int leaving = spans.size(); // the list is reused once this returns
      waiting.addAndGet(-leaving);
      CompletableResultCode result = exporter.export(spans);
      result.whenComplete(() -> {
        if (!result.isSuccess()) {
          dropped.add(leaving);
        }
      });
      return result;
    }

    @Override
    public CompletableResultCode flush() {
      return exporter.flush();
    }

    @Override
    public CompletableResultCode shutdown() {
      return exporter.shutdown();
    }
  }
}
