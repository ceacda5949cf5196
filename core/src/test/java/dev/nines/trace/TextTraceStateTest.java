package dev.nines.trace;

import static org.assertj.core.api.Assertions.assertThat;

import io.opentelemetry.api.trace.TraceState;
import io.opentelemetry.api.trace.TraceStateBuilder;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A tracestate as samplers and exporters see it. */
class TextTraceStateTest {

  private static TraceState read(String header) {
    return TraceStateParser.parse(List.of(header).iterator());
  }

  @Test
  void itsMembersAreFoundByTheirWholeKey() {
    TraceState state = read("foobar=2, foo@=x y,fo=3");

    assertThat(state.size()).isEqualTo(3);
    assertThat(state.isEmpty()).isFalse();
    assertThat(state.get("foo@")).isEqualTo("x y");
    assertThat(state.get("fo")).isEqualTo("3");
    assertThat(state.get("foo")).isNull();
    assertThat(state.get("foobar=2")).isNull();
    assertThat(state.asMap())
        .containsExactly(Map.entry("foobar", "2"), Map.entry("foo@", "x y"), Map.entry("fo", "3"));
  }

  @Test
  void whatIsNewOrChangedComesFirst() {
    TraceStateBuilder builder = read("a=1,b@=2,c=3").toBuilder();

    assertThat(builder.put("n", "0").put("b@", "4").remove("c").remove("no").build())
        .hasToString("b@=4,n=0,a=1")
        .isEqualTo(read("b@=4, n=0, a=1"))
        .hasSameHashCodeAs(read("b@=4,n=0,a=1"))
        .isNotEqualTo(read("a=1"));
  }

  @Test
  void whatIsNotLegalIsNotPut() {
    assertThat(read("a=1").toBuilder()
            .put("A", "1")
            .put("b", "x,c=3")
            .put("d", "")
            .put("", "1")
            .build())
        .hasToString("a=1");
  }

  @Test
  void theLastMemberMakesRoom() {
    String full =
        IntStream.range(0, 32).mapToObj(i -> "k" + i + "=1").collect(Collectors.joining(","));

    TraceState more = read(full).toBuilder().put("new", "1").build();

    assertThat(more.size()).isEqualTo(32);
    assertThat(more.get("new")).isEqualTo("1");
    assertThat(more.get("k30")).isEqualTo("1");
    assertThat(more.get("k31")).isNull();
  }

  @Test
  void withoutMembersItIsTheDefault() {
    assertThat(read("a=1").toBuilder().remove("a").build()).isSameAs(TraceState.getDefault());
    assertThat(read(" , ")).isSameAs(TraceState.getDefault());
  }
}
