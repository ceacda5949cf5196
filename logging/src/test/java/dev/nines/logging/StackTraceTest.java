package dev.nines.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.spi.ThrowableProxy;
import java.io.IOException;
import java.util.Arrays;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import tools.jackson.databind.JsonNode;

class StackTraceTest {

  private static final Logger LOG = LoggerFactory.getLogger("com.acme.Orders");

  private final Lines lines = new Lines();
  private final TestService service = new TestService("checkout", JsonLogging.to(lines));

  @AfterEach
  void closeTheService() {
    service.close();
  }

  private static String hash(Throwable thrown) {
    return StackHash.of(new ThrowableProxy(thrown));
  }

  private static <T extends Throwable> T at(T thrown, StackTraceElement... frames) {
    thrown.setStackTrace(frames);
    return thrown;
  }

  private static StackTraceElement frame(String type, String method, int line) {
    return new StackTraceElement(type, method, "A.java", line);
  }

  @Test
  void framesAreBoundedAndSharedOnesAreOnlyCounted() {
    Exception root = at(new IOException("root"), frames("own", 5, "shared", 30));
    LOG.error(
        "failed", at(new IllegalStateException("outer", root), frames("outer", 100, "shared", 30)));

    String trace = lines.only().get("stack_trace").asString();
    assertThat(trace)
        .startsWith("java.io.IOException: root\n\tat com.acme.Deep.own0(")
        .contains("com.acme.Deep.own4(A.java:4)\n\t... 30 common frames omitted\nWrapped by: ")
        .contains("java.lang.IllegalStateException: outer\n\tat com.acme.Deep.outer0(")
        .contains("com.acme.Deep.outer63(", "... 66 frames truncated")
        .doesNotContain("com.acme.Deep.outer64(");
  }

  private static StackTraceElement[] frames(String first, int count, String rest, int more) {
    return IntStream.range(0, count + more)
        .mapToObj(i -> i < count
            ? frame("com.acme.Deep", first + i, i)
            : frame("com.acme.Deep", rest + (i - count), i - count))
        .toArray(StackTraceElement[]::new);
  }

  @Test
  void eachExceptionHasAHashOfSixteenDigits() {
    LOG.error("failed", new IllegalStateException("outer", new IOException("inner")));
    JsonNode line = lines.only();
    assertThat(line.get("stack_hash").asString()).matches("[0-9a-f]{16}");
    assertThat(line.propertyNames().stream().toList())
        .containsSubsequence("stack_trace", "stack_hash");
  }

  @Test
  void theHashIsTheSameHoweverMessagesAndLinesDiffer() {
    Exception first = at(new IOException("order 7"), frame("com.acme.A", "load", 10));
    Exception second = at(new IOException("order 8"), frame("com.acme.A", "load", 99));
    assertThat(hash(first)).isEqualTo(hash(second));
    assertThat(hash(at(new IllegalStateException(first), frame("com.acme.B", "run", 1))))
        .isEqualTo(hash(at(new IllegalStateException(second), frame("com.acme.B", "run", 2))));
  }

  @Test
  void theHashDiffersByTypeMethodAndCause() {
    StackTraceElement here = frame("com.acme.A", "load", 10);
    Exception base = at(new IOException(), here);
    assertThat(Arrays.asList(
            hash(base),
            hash(at(new IllegalStateException(), here)),
            hash(at(new IOException(), frame("com.acme.A", "store", 10))),
            hash(at(new IOException(), frame("com.acme.B", "load", 10))),
            hash(at(new IllegalStateException(base), here)),
            hash(at(new IOException(), here, frame("com.acme.C", "call", 1)))))
        .doesNotHaveDuplicates();
  }

  @Test
  void theHashIgnoresWhatCompilersAndTheJvmNumber() {
    assertThat(hash(at(
            new IOException(),
            frame("com.acme.A$$Lambda$14/0x0000000800c03000", "apply", -1),
            frame("com.acme.A", "lambda$load$0", 10),
            frame("jdk.internal.reflect.GeneratedMethodAccessor12", "invoke", -1),
            frame("jdk.proxy2.$Proxy31", "load", -1),
            frame("com.acme.Service$$SpringCGLIB$$0", "load", -1))))
        .isEqualTo(hash(at(
            new IOException(),
            frame("com.acme.A$$Lambda$77/0x00007f0a4c1f8a28", "apply", -1),
            frame("com.acme.A", "lambda$load$3", 12),
            frame("jdk.internal.reflect.DirectMethodHandleAccessor", "invoke", 103),
            frame("java.lang.reflect.Method", "invoke", 580),
            frame("jdk.proxy3.$Proxy7", "load", -1),
            frame("com.acme.Service$$SpringCGLIB$$1", "load", -1))));
  }

  @Test
  void theHashIgnoresHowDeepARecursionWas() {
    assertThat(hash(recurse(3))).isEqualTo(hash(recurse(20)));
  }

  @Test
  void causesThatReferToEachOtherEndSomewhere() {
    Exception first = new IOException("first");
    Exception second = new IllegalStateException("second", first);
    first.initCause(second);
    LOG.error("failed", second);
    assertThat(lines.only().get("stack_trace").asString()).contains("first", "second");
  }

  @Test
  void suppressedExceptionsAreShown() {
    Exception main = new IOException("main");
    main.addSuppressed(new IllegalStateException("while closing"));
    LOG.error("failed", main);
    assertThat(lines.only().get("stack_trace").asString())
        .contains("Suppressed: ", "while closing");
  }

  private static Exception recurse(int levels) {
    return levels == 0 ? new IOException() : recurse(levels - 1);
  }
}
