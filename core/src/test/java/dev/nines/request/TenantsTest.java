package dev.nines.request;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.testing.ManualTime;
import dev.nines.testing.TestRequests;
import io.opentelemetry.api.OpenTelemetry;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.sdk.OpenTelemetrySdk;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TenantsTest {

  private static final String HEADER = "X-Tenant-Id";

  @Test
  void aHeaderNamesTheTenantOnTheSpan() {
    InMemorySpanExporter spans = InMemorySpanExporter.create();
    OpenTelemetry sdk = OpenTelemetrySdk.builder()
        .setTracerProvider(SdkTracerProvider.builder()
            .addSpanProcessor(SimpleSpanProcessor.create(spans))
            .build())
        .build();
    TestRequests requests = requests(Tenants.fromHeader(HEADER), sdk);
    requests.begin("GET /", Map.of(HEADER, "acme")).end(200);
    requests.begin("GET /", Map.of()).end(200);

    assertThat(spans.getFinishedSpanItems())
        .extracting(span -> span.getAttributes().get(AttributeKey.stringKey("tenant")))
        .containsExactly("acme", null);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "a b",
        " a",
        "",
        "a\nb",
        "a\u0000",
        "\u007f",
        "zürich",
        "\u202eemca",
        "😀",
        "_OTHER",
        "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
      })
  void whatIsNoIdIsOther(String id) {
    assertThat(ended(Tenants.fromHeader(HEADER), Map.of(HEADER, id)).tenant()).isEqualTo("_OTHER");
  }

  @Test
  void upToSixtyFourVisibleCharactersAreAnId() {
    String longest = "x".repeat(64);

    assertThat(ended(Tenants.fromHeader(HEADER), Map.of(HEADER, longest)).tenant())
        .isEqualTo(longest);
    assertThat(
            ended(Tenants.fromHeader(HEADER), Map.of(HEADER, "eu/acme:7_{}~")).tenant())
        .isEqualTo("eu/acme:7_{}~");
  }

  @ParameterizedTest
  @CsvSource(delimiter = '|', nullValues = "null", quoteCharacter = '`', textBlock = """
          {"tenant":"acme"}                              | acme
          {"sub":{"tenant":"inner"},"tenant":"acme"}     | acme
          {"tenant":17}                                  | 17
          {"tenant":null}                                | null
          {"other":"acme"}                               | null
          {"tenant":"a","tenant":"b"}                    | b
          {"tenant":1.5}                                 | _OTHER
          {"tenant":["acme"]}                            | _OTHER
          {"tenant":{"tenant":"acme"}}                   | _OTHER
          {"tenant":"zü"}                                | _OTHER
          ["tenant","acme"]                              | _OTHER
          {"tenant":"acme                                | _OTHER
          nonsense                                       | _OTHER
          """)
  void aClaimOfATokenNamesTheTenant(String payload, String tenant) {
    String token = "e30." + base64(payload) + ".c2ln";

    assertThat(ended(Tenants.fromClaim("tenant"), Map.of("Authorization", "Bearer " + token))
            .tenant())
        .isEqualTo(tenant);
  }

  @Test
  void aTokenThatCannotBeReadIsOtherAndNoTokenIsNone() {
    Tenants tenants = Tenants.fromClaim("tenant");
    String deep = "e30." + base64("{\"a\":" + "[".repeat(3_000)) + ".c2ln";
    String big = "e30." + base64("{\"tenant\":\"" + "x".repeat(9_000) + "\"}") + ".c2ln";

    for (String token : new String[] {"abc", "a.b", "..", "a.%%.c", deep, big}) {
      assertThat(ended(tenants, Map.of("Authorization", "bearer " + token)).tenant())
          .as(token)
          .isEqualTo("_OTHER");
    }
    assertThat(ended(tenants, Map.of("Authorization", "Basic YTpi")).tenant()).isNull();
    assertThat(ended(tenants, Map.of()).tenant()).isNull();
  }

  @Test
  void aFunctionIsAskedOnceAndItsFailureIsCounted() {
    TestRequests failing = requests(
        Tenants.by(exchange -> {
          throw new IllegalStateException("broken");
        }),
        OpenTelemetry.noop());
    Exchange exchange = failing.begin("GET /");
    exchange.resolveTenant();
    exchange.end(200);

    assertThat(exchange.tenant()).isEqualTo("_OTHER");
    assertThat(failing.requests().listenerFailures()).isEqualTo(1);
  }

  @Test
  void whatTheServiceFoundOutReplacesWhatTheClientSaid() {
    TestRequests requests = requests(Tenants.fromHeader(HEADER), OpenTelemetry.noop());
    Exchange exchange = requests.begin("GET /", Map.of(HEADER, "forged"));
    exchange.resolveTenant();
    exchange.tenant("acme");
    Exchange bad = requests.begin("GET /", Map.of(HEADER, "acme"));
    bad.tenant("a b");
    Exchange none = requests.begin("GET /", Map.of(HEADER, "forged"));
    none.tenant(null);
    exchange.end(200);
    bad.end(200);
    none.end(200);

    assertThat(exchange.tenant()).isEqualTo("acme");
    assertThat(bad.tenant()).isEqualTo("_OTHER");
    assertThat(none.tenant()).isNull();
  }

  @Test
  void withoutTenantsNothingIsAskedAndNothingIsKept() {
    Exchange exchange = requests(null, OpenTelemetry.noop()).begin("GET /", Map.of(HEADER, "acme"));
    exchange.resolveTenant();
    exchange.tenant("acme");
    exchange.end(200);

    assertThat(exchange.tenant()).isNull();
  }

  @Test
  void readingAHeaderAllocatesNothing() {
    Tenants tenants = Tenants.fromHeader(HEADER);
    Exchange exchange =
        requests(tenants, OpenTelemetry.noop()).begin("GET /", Map.of(HEADER, "acme"));
    resolve(tenants, exchange, 20_000);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    resolve(tenants, exchange, 100_000);

    assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(100_000);
  }

  @Test
  void whatIsDeclaredWrongIsRefused() {
    Tenants tenants = Tenants.fromHeader(HEADER);

    assertThat(tenants.top()).isEqualTo(20);
    assertThatThrownBy(() -> tenants.top(0)).hasMessage("tenants.top: 0 (expected: 1 to 200)");
    assertThatThrownBy(() -> tenants.top(201)).hasMessageContaining("1 to 200");
    assertThatThrownBy(() -> Tenants.fromHeader("X Tenant"))
        .hasMessageContaining("the name of a header");
    assertThatThrownBy(() -> Tenants.fromClaim(" ")).hasMessageContaining("the name of a claim");
  }

  private static void resolve(Tenants tenants, Exchange exchange, int times) {
    for (int i = 0; i < times; i++) {
      tenants.of(exchange);
    }
  }

  private static Exchange ended(Tenants tenants, Map<String, String> headers) {
    Exchange exchange = requests(tenants, OpenTelemetry.noop()).begin("GET /", headers);
    exchange.end(200);
    return exchange;
  }

  private static TestRequests requests(Tenants tenants, OpenTelemetry openTelemetry) {
    return new TestRequests(
        ReliabilityTargets.threeNines(), new ManualTime(), openTelemetry, tenants);
  }

  private static String base64(String text) {
    return Base64.getUrlEncoder()
        .withoutPadding()
        .encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }
}
