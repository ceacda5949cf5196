package dev.nines.trace;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.testing.OthersSpans;
import dev.nines.testing.TraceContextCase;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanContext;
import io.opentelemetry.api.trace.TraceFlags;
import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The specification's rules, in memory; the HTTP adapters run the same table. */
class W3cTraceContextTest {

  private static final String TRACE_ID = TraceContextCase.TRACE_ID;
  private static final String PARENT_ID = TraceContextCase.PARENT_ID;

  /** The specification's grammar, word for word. */
  private static final Pattern VALID_TRACEPARENT = Pattern.compile(
      "[ \t]*(?!ff)(?:00|[0-9a-f]{2}(?=.{53}(?:-|[ \t]*$)))-(?!0{32})([0-9a-f]{32})-(?!0{16})([0-9a-f]{16})-"
          + "([0-9a-f]{2})((?<!00-.{52})-.*)?[ \t]*",
      Pattern.DOTALL);

  private static final Pattern VALID_MEMBER =
      Pattern.compile("([a-z0-9][a-z0-9_*/@-]{0,255})=([ -+\\--<>-~]{0,255}[!-+\\--<>-~])");

  private enum Lines implements TextMapGetter<TraceContextCase> {
    GETTER;

    @Override
    public Iterable<String> keys(TraceContextCase carrier) {
      return List.of();
    }

    @Override
    public @Nullable String get(@Nullable TraceContextCase carrier, String key) {
      throw new IllegalStateException("all lines count");
    }

    @Override
    public Iterator<String> getAll(@Nullable TraceContextCase carrier, String key) {
      return carrier == null
          ? List.<String>of().iterator()
          : carrier.values(key).iterator();
    }
  }

  @ParameterizedTest
  @MethodSource({
    "dev.nines.testing.TraceContextCases#all",
    "dev.nines.testing.TraceContextCases#uncleaned"
  })
  void everyRuleHolds(TraceContextCase rule) {
    try (OpenTelemetrySdk sdk = OpenTelemetrySdk.builder().build()) {
      Tracing tracing = Tracing.using(sdk);
      Map<String, String> sent = new HashMap<>();

      Context caller = tracing.extract(rule, Lines.GETTER);
      Span span = OthersSpans.server(tracing, "x", caller);
      tracing.propagator().inject(caller.with(span), sent, Map::put);

      rule.verify(sent);
      assertThat(tracing.droppedSpans()).isZero();
    }
  }

  @Test
  void aHundredThousandMutatedTraceparentsAreReadAsTheGrammarSays() {
    Random random = new Random(1);
    int valid = 0;
    for (int i = 0; i < 100_000; i++) {
      String header = mutated(
          random,
          new StringBuilder("00-" + TRACE_ID + "-" + PARENT_ID + "-01"),
          "0123456789abcdefABCDEFg-- \t,\0\u00e9\u0661");
      Matcher expected = VALID_TRACEPARENT.matcher(header);
      String read = Traceparent.parse(header);
      assertThat(read != null).as(header).isEqualTo(expected.matches());
      if (read != null) {
        SpanContext caller = new CallerSpan(Context.root(), read, TraceState.getDefault());
        assertThat(Traceparent.traceId(read)).isEqualTo(expected.group(1));
        assertThat(caller.getTraceId()).isEqualTo(expected.group(1));
        assertThat(caller.getSpanId()).isEqualTo(expected.group(2));
        assertThat(caller.getTraceFlags().asByte())
            .isEqualTo((byte) (Integer.parseInt(expected.group(3), 16) & 3));
        valid++;
      }
    }
    assertThat(valid).isBetween(10_000, 90_000);
  }

  @Test
  void aHundredThousandMutatedTracestatesAreReadAsTheGrammarSays() {
    Random random = new Random(2);
    int valid = 0;
    for (int i = 0; i < 100_000; i++) {
      String header = mutated(
          random, new StringBuilder("a=1,b@c=x y , ,e1*=f, f= 2"), "abz019_-*/@= ,,,\t\0\u00e9A.~");
      TraceState read = TraceStateParser.parse(List.of(header).iterator());
      assertThat(written(read)).as(header).isEqualTo(byTheGrammar(header));
      valid += read.isEmpty() ? 0 : 1;
    }
    assertThat(valid).isBetween(1_000, 90_000);
  }

  private static String mutated(Random random, StringBuilder header, String alphabet) {
    for (int changes = random.nextInt(6); changes > 0; changes--) {
      char c = alphabet.charAt(random.nextInt(alphabet.length()));
      int at = random.nextInt(header.length() + 1);
      switch (random.nextInt(3)) {
        case 0 -> header.insert(at, c);
        case 1 -> header.delete(at, Math.min(header.length(), at + random.nextInt(3)));
        default -> header.replace(at, Math.min(header.length(), at + 1), String.valueOf(c));
      }
    }
    return header.toString();
  }

  private static String byTheGrammar(String header) {
    Map<String, String> members = new LinkedHashMap<>();
    for (String part : header.split(",")) {
      String member = part.replaceAll("^[ \t]+|[ \t]+$", "");
      Matcher legal = VALID_MEMBER.matcher(member);
      if (!member.isEmpty()) {
        if (!legal.matches()) {
          return "";
        }
        members.putIfAbsent(legal.group(1), legal.group(2));
      }
    }
    return written(members);
  }

  private static String written(TraceState state) {
    return written(state.asMap());
  }

  private static String written(Map<String, String> members) {
    return members.entrySet().stream()
        .map(member -> member.getKey() + "=" + member.getValue())
        .collect(Collectors.joining(","));
  }

  @Test
  void anotherImplementationsTracestateGoesOut() {
    TraceState theirs = TraceState.builder().put("b", "2").put("a", "1").build();
    Map<String, String> sent = new HashMap<>();

    W3cTraceContext.INSTANCE.inject(within(theirs), sent, Map::put);

    assertThat(sent).containsEntry("tracestate", written(theirs));
  }

  @Test
  void aSpanThatIsNoneSendsNothing() {
    Map<String, String> sent = new HashMap<>();

    W3cTraceContext.INSTANCE.inject(Context.root(), sent, Map::put);

    assertThat(sent).isEmpty();
  }

  @Test
  void whatIsCurrentStaysWhereACallerSendsNothing() {
    Context current = within(TraceState.getDefault());
    TraceContextCase nothing = new TraceContextCase("", List.of(), false, null, "", false);

    assertThat(W3cTraceContext.INSTANCE.extract(current, nothing, Lines.GETTER)).isSameAs(current);
    assertThat(W3cTraceContext.INSTANCE.extract(current, null, Lines.GETTER)).isSameAs(current);
  }

  private static Context within(TraceState state) {
    return Context.root()
        .with(Span.wrap(SpanContext.create(TRACE_ID, PARENT_ID, TraceFlags.getSampled(), state)));
  }
}
