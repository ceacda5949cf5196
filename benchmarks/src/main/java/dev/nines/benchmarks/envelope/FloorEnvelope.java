package dev.nines.benchmarks.envelope;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.LongAdder;

/** The floor: only what must be done, by hand, for one route, one status and one dependency, and nothing else. */
final class FloorEnvelope implements Envelope {

  private static final long[] BOUNDS = bounds();
  private static final int TRACE = 3;
  private static final int SPAN_ID = 36;
  private static final int FLAGS = 53;

  private final ThreadLocal<char[]> header = ThreadLocal.withInitial(() -> new char[55]);
  private final ThreadLocal<StringBuilder> text = ThreadLocal.withInitial(StringBuilder::new);
  private final OutputStream out = OutputStream.nullOutputStream();
  private final LongAdder active = new LongAdder();
  private final LongAdder[] server = adders(BOUNDS.length + 1);
  private final LongAdder[] client = adders(BOUNDS.length + 1);
  private final LongAdder[] good = adders(3);
  private final LongAdder[] bad = adders(3);
  private final LongAdder calls = new LongAdder();
  private final boolean line;
  private volatile boolean open;

  FloorEnvelope(boolean line) {
    this.line = line;
  }

  private static long[] bounds() {
    return java.util.Arrays.stream(Bounds.durations())
        .mapToLong(d -> d.toNanos())
        .toArray();
  }

  private static LongAdder[] adders(int count) {
    return java.util.stream.Stream.generate(LongAdder::new).limit(count).toArray(LongAdder[]::new);
  }

  @Override
  public int serve(Incoming headers, Downstream downstream) throws IOException {
    String parent = headers.traceparent();
    if (parent.length() != 55) {
      throw new IllegalArgumentException("traceparent: " + parent);
    }
    long begin = System.nanoTime();
    long spanId = ThreadLocalRandom.current().nextLong();
    active.increment();
    int status = call(parent, downstream);
    long nanos = System.nanoTime() - begin;
    server[bucket(nanos)].increment();
    good[0].increment();
    (nanos <= 200_000_000L ? good : bad)[1].increment();
    (nanos <= 500_000_000L ? good : bad)[2].increment();
    if (line) {
      write(parent, spanId, status, nanos);
    }
    active.decrement();
    return status;
  }

  private int call(String parent, Downstream downstream) {
    if (open) {
      throw new IllegalStateException("open");
    }
    long begin = System.nanoTime();
    if (downstream.traced) {
      char[] next = header.get();
      parent.getChars(0, 55, next, 0);
      hex(ThreadLocalRandom.current().nextLong(), next, SPAN_ID);
      downstream.traceparent = new String(next);
    }
    int status = downstream.answer();
    client[bucket(System.nanoTime() - begin)].increment();
    calls.increment();
    return status;
  }

  private void write(String parent, long spanId, int status, long nanos) throws IOException {
    StringBuilder to = text.get();
    to.setLength(0);
    to.append("{\"timestamp\":").append(System.currentTimeMillis());
    to.append(",\"level\":\"INFO\",\"message\":\"").append(SPAN);
    to.append("\",\"logger\":\"access\",\"trace_id\":\"").append(parent, TRACE, TRACE + 32);
    to.append("\",\"span_id\":\"").append(spanId);
    to.append("\",\"flags\":\"").append(parent, FLAGS, FLAGS + 2);
    to.append("\",\"method\":\"GET\",\"route\":\"").append(ROUTE);
    to.append("\",\"status\":").append(status);
    to.append(",\"duration_us\":").append(nanos / 1_000).append("}\n");
    out.write(to.toString().getBytes(StandardCharsets.ISO_8859_1));
  }

  private static int bucket(long nanos) {
    int i = 0;
    while (i < BOUNDS.length && nanos > BOUNDS[i]) {
      i++;
    }
    return i;
  }

  private static void hex(long value, char[] to, int from) {
    long rest = value;
    for (int i = from + 15; i >= from; i--) {
      int digit = (int) (rest & 15);
      to[i] = (char) (digit < 10 ? '0' + digit : 'a' + digit - 10);
      rest >>>= 4;
    }
  }

  @Override
  public void close() {
    // Nothing was opened.
  }
}
