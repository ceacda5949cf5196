package dev.nines.logging;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.LoggerContext;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import net.logstash.logback.argument.StructuredArguments;
import net.logstash.logback.marker.Markers;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/** All secrets here are made up, and put together from parts, so that no scanner of repositories takes them for real. */
class SecretShapesTest {

  private static final Logger LOG = LoggerFactory.getLogger("com.acme.Shapes");

  private static final String RANDOM = "q7Rt2ZxW9bKc4LmN8vYp3DsF6gHj1TkQ5wEe";
  private static final String PEM_LINE =
      "MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQC7" + "madeUpMadeUp";
  private static final String CARD = "4111 1111 1111 ".replace(" ", "") + "1111";

  private final Lines lines = new Lines();
  private final TestService service =
      new TestService("checkout", JsonLogging.to(lines).redactingEmails().redactingIbans());
  private final Redaction redaction = new Redaction(Set.of());
  private final Redaction personal = new Redaction(Set.of(), Set.of(PersonalData.values()));

  @AfterEach
  void closeTheService() {
    service.close();
    MDC.clear();
  }

  /** A text around a secret, and the part of it that may not come out. */
  record Planted(String text, String secret) {

    static Planted whole(String secret) {
      return new Planted(secret, secret);
    }
  }

  static Stream<Planted> planted() {
    return Stream.of(
        new Planted("Bearer " + RANDOM, RANDOM),
        new Planted("sent bearer\t" + RANDOM + ".", RANDOM),
        new Planted("header%20Bearer%20" + RANDOM, RANDOM),
        new Planted("Bearer abc.def.ghi", "abc.def.ghi"),
        new Planted("Basic " + base64("bob:hunter2"), base64("bob:hunter2")),
        new Planted("basic " + base64("jürgen:geheim!"), base64("jürgen:geheim!")),
        Planted.whole(jwt()),
        new Planted("body\\n" + jwt(), jwt()),
        new Planted("x-" + jwt() + ".", jwt()),
        Planted.whole("ey" + "JlbmMiOiJBMTI4R0NNIn0" + "..48V1_ALb6US04U3b.5eym8TW_c8SuK0ltJ3rpYI"),
        Planted.whole("AK" + "IAIOSFODNN7MADEUP1"),
        Planted.whole("AS" + "IAQ3EGRATHERLONGID"),
        Planted.whole("wJalr" + "XUtnFEMI/K7MDENG/bPxRfi" + "CYMADEUPKEY1"),
        new Planted(
            "AK" + "IAIOSFODNN7MADEUP1,q7Rt2Zx/9bKc4LmN8vYp3DsF6gHj1TkQ5wEe+aB2",
            "q7Rt2Zx/9bKc4LmN8vYp3DsF6gHj1TkQ5wEe+aB2"),
        new Planted(
            "key\\nq7Rt2Zx/9bKc4LmN8vYp3DsF6gHj1TkQ5wEe+aB2",
            "q7Rt2Zx/9bKc4LmN8vYp3DsF6gHj1TkQ5wEe+aB2"),
        Planted.whole("AI" + "zaSy" + RANDOM.substring(0, 33)),
        Planted.whole("ya" + "29.a0AfH6SM" + RANDOM),
        new Planted("jdbc:oracle:thin:bob/hunter2@//db:1521/orders", "hunter2"),
        new Planted("Bearer " + "AbcDefGhiJklMnoPqrStuVwxYzAbcDefGhiJklMnoP", "GhiJkl"),
        Planted.whole("GOC" + "SPX-" + RANDOM.substring(0, 28)),
        Planted.whole("gh" + "p_" + RANDOM),
        Planted.whole("gh" + "o_" + RANDOM),
        Planted.whole("gh" + "s_" + RANDOM),
        Planted.whole("gh" + "u_" + RANDOM),
        Planted.whole("gh" + "r_" + RANDOM),
        Planted.whole("github" + "_pat_" + RANDOM.substring(0, 22) + "_" + RANDOM + RANDOM),
        Planted.whole("xo" + "xb-123456789012-1234567890123-" + RANDOM.substring(0, 24)),
        Planted.whole("xo" + "xp-123456789012-" + RANDOM),
        Planted.whole("xa" + "pp-1-A0123456-" + RANDOM),
        new Planted(
            "https://hooks.slack" + ".com/services/T01AB/B01CD/" + RANDOM, "T01AB/B01CD/" + RANDOM),
        new Planted("hooks.slack" + ".com\\/services\\/T01AB\\/B01CD\\/" + RANDOM, RANDOM),
        Planted.whole("sk" + "_live_" + RANDOM),
        Planted.whole("sk" + "_test_" + RANDOM),
        Planted.whole("rk" + "_live_" + RANDOM),
        Planted.whole("wh" + "sec_" + RANDOM),
        new Planted(pem("RSA ", "\n"), PEM_LINE),
        new Planted(pem("", "\\n"), PEM_LINE),
        new Planted(pem("EC ", "\\\\n"), PEM_LINE),
        new Planted(pem("ENCRYPTED ", "\r\n"), PEM_LINE),
        new Planted(pem("OPENSSH ", " "), PEM_LINE),
        new Planted("{\"private_key\": \"" + pem("", "\\n") + "\"}", PEM_LINE),
        new Planted("privateKey=" + pem("RSA ", "\n"), PEM_LINE),
        new Planted("cut: " + pem("", "\n").substring(0, 120), PEM_LINE.substring(0, 40)),
        new Planted("postgres://app:hunter2@db:5432/orders", "hunter2"),
        new Planted("redis://:hunter2@cache:6379", "hunter2"),
        new Planted("https:\\/\\/bob:hunter2@example.com\\/x", "hunter2"),
        new Planted("amqp://bob:hun@ter2@mq/v", "ter2"),
        new Planted("amqp://bob:hun/ter2?#@mq/v", "ter2"),
        Planted.whole(CARD),
        new Planted("card%20" + CARD, CARD),
        Planted.whole("4111 1111 1111 " + "1111"),
        Planted.whole("4111-1111-1111-" + "1111"),
        Planted.whole("3782 822463 " + "10005"),
        Planted.whole("378282" + "246310005"),
        Planted.whole("555555" + "5555554444"),
        Planted.whole("222300" + "3122003222"),
        Planted.whole("601111" + "1111111117"),
        Planted.whole("353011" + "1333300000"),
        Planted.whole("3056 930902 " + "5904"),
        Planted.whole("422222" + "2222222"),
        new Planted("user 42 4111 1111 1111 " + "1111 12/28", "1111 1111 1111"),
        new Planted("token: 4111 1111 1111 " + "1111", "1111 1111"),
        Planted.whole("jane.doe+x@mail.example.com"),
        new Planted("<jürgen@example.de>", "rgen@example"),
        Planted.whole("DE89 3704 0044 0532 " + "0130 00"),
        Planted.whole("DE8937040044" + "0532013000"),
        new Planted("iban=GB82 WEST 1234 5698 " + "7654 32 paid", "1234 5698 7654"),
        new Planted("AT61 1904 3002 3457 " + "3201 paid", "1904 3002 3457 3201"));
  }

  @ParameterizedTest
  @MethodSource("planted")
  void aSecretIsKnownByItsShapeWhereverItStands(Planted planted) {
    String text = planted.text();
    RuntimeException failure = new IllegalStateException(
        text, new IllegalArgumentException("cause " + text, new RuntimeException("root " + text)));
    failure.addSuppressed(new IllegalStateException("suppressed " + text));
    MDC.put("note", text);
    LOG.atError()
        .setCause(failure)
        .addMarker(Markers.append("marked", text))
        .addKeyValue("field", text)
        .addKeyValue("nested", Map.of("list", List.of(Map.of("deep", text))))
        .addKeyValue("bean", new Bean(text))
        .addKeyValue("characters", text.toCharArray())
        .addKeyValue(text, 1)
        .log("message " + text + " and {}", text, StructuredArguments.kv("argument", text));
    Events.log("event", "value", text);

    String secret = planted.secret().replace("\\", "\\\\").replace("\n", "\\n");
    assertThat(lines.text()).doesNotContain(secret).contains(Redaction.MARK);
    assertThat(lines.all()).hasSize(2).allMatch(line -> line.get("service") != null);
    String clean = personal.text(text);
    assertThat(clean).doesNotContain(planted.secret()).contains(Redaction.MARK);
    assertThat(personal.text(clean)).as("redacted twice").isSameAs(clean);
  }

  @ParameterizedTest
  @MethodSource("planted")
  void aSecretAcrossACutLeavesNoHalf(Planted planted) {
    String secret = planted.secret();
    int most = 8 * 1024;
    for (int shown = 1; shown < planted.text().length(); shown += 5) {
      lines.clear();
      LOG.atInfo()
          .addKeyValue("field", " ".repeat(most - shown) + planted.text() + " ".repeat(most))
          .log("cut");
      String field = lines.only().get("field").asString();
      int last = Math.min(secret.length() - 1, 12);
      assertThat(field).endsWith(Text.CUT).doesNotContain(secret.substring(0, last));
    }
  }

  @Test
  void onlyTheSecretIsReplaced() {
    assertThat(redaction.text("postgres://app:hunter2@db:5432/orders"))
        .isEqualTo("postgres://app:[REDACTED]@db:5432/orders");
    assertThat(redaction.text("got Bearer " + RANDOM + ", gave up"))
        .isEqualTo("got Bearer [REDACTED], gave up");
    assertThat(redaction.text("a " + pem("RSA ", "\n") + " b")).isEqualTo("a [REDACTED] b");
    assertThat(redaction.text("user 42 4111 1111 1111 " + "1111 paid"))
        .isEqualTo("user 42 [REDACTED] paid");
    assertThat(redaction.text(jwt() + ". Then")).isEqualTo("[REDACTED]. Then");
    assertThat(redaction.text("curl https://hooks.slack" + ".com/services/T01AB/B01CD/x1 -d 1"))
        .isEqualTo("curl https://hooks.slack.com/services/[REDACTED] -d 1");
    assertThat(personal.text("from jane@example.com.")).isEqualTo("from [REDACTED].");
  }

  @Test
  void numbersOfCardsAreRedactedAsNumbersToo() {
    LOG.atInfo()
        .addKeyValue("long", Long.parseLong(CARD))
        .addKeyValue("big", new BigInteger(CARD))
        .addKeyValue("double", (double) Long.parseLong(CARD))
        .addKeyValue("exact", new java.math.BigDecimal(CARD))
        .addKeyValue("list", List.of(Long.parseLong(CARD)))
        .addKeyValue("order", Long.parseLong(CARD) + 1)
        .addKeyValue("millis", 1_700_000_000_003L)
        .log("numbers");
    assertThat(lines.text()).doesNotContain(CARD).doesNotContain(CARD.substring(1));
    assertThat(lines.only().get("order").asLong()).isEqualTo(Long.parseLong(CARD) + 1);
    assertThat(lines.only().get("millis").asLong()).isEqualTo(1_700_000_000_003L);
  }

  @Test
  void personalDataIsLeftUnlessAskedFor() {
    String text = "jane@example.com has DE89 3704 0044 0532 " + "0130 00";
    assertThat(redaction.text(text)).isSameAs(text);
    assertThat(new Redaction(Set.of(), Set.of(PersonalData.EMAIL)).text(text))
        .isEqualTo("[REDACTED] has DE89 3704 0044 0532 " + "0130 00");
    assertThat(new Redaction(Set.of(), Set.of(PersonalData.IBAN)).text(text))
        .isEqualTo("jane@example.com has [REDACTED]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "request 9f1b2c3d-0001-4abc-8def-0123456789ab took 12 ms",
        "41111111-1111-1111-1111-111111111111",
        "trace 4bf92f3577b34da6a3ce929d0e0e4736 span 00f067aa0ba902b7",
        "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01",
        "sha1 da39a3ee5e6b4b0d3255bfef95601890afd80709",
        "sha256:e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
        "sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        "digest 47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=",
        "2026-11-21T17:00:00.123456Z",
        "2026-11-21 17:00:00,123 +0100",
        "at 1763744400123 ms, 1763744400123456 us, 1763744400123456789 ns",
        "20261121170000123",
        "version 1.4.2-SNAPSHOT+build.20261121, java 17.0.12+7-Debian-1",
        "http://localhost:8080/orders/7?page=2&x=a@b",
        "https://bob@example.com/orders",
        "https://example.com:8443/@bob/posts:7",
        "http://[::1]:8080/a@b",
        "jdbc:postgresql://db:5432/orders?user=app",
        "git+ssh://git@github.com/acme/orders.git",
        "postgres://app:***@db/orders",
        "phone +49 30 901820 1234, +4930123456789012",
        "call 0049 30 9018 2012 34 or (555) 010-9999",
        "order 4111111111111112 shipped",
        "order 4111 1111 1111 1112 shipped",
        "order 1234567890123456, invoice 9999999999999995",
        "id 41111111111111111111111",
        "ratio 0.4111111111111111",
        "hex a4111111111111111 4111111111111111f",
        "00-11111111111111111111111111111111-2222222222222222-01",
        "void aPathThatNoServletServesIsA404UnderOther()",
        "IMEI 356938035643809",
        "1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17",
        "4 1 1 1 1 1 1 1 1 1 1 1 1 1 1 1",
        "Bearer token expired",
        "bearer authentication failed, basic authentication too",
        "Basic auth is off, the basics are fine",
        "no Bearer here; WWW-Authenticate lacks Bearer realm=\"orders-v1-api\"",
        "Bearer error=invalid_token_1",
        "no -----BEGIN PRIVATE KEY----- in tls.pem, and no -----END",
        "-----BEGIN CERTIFICATE-----\nMIIEvQIBADANBgkqhkiG9w0BAQ\n-----END CERTIFICATE-----",
        "table pk_live_subscriptions, sk_test_case_for_orders, risk_test_environment1",
        "ASIA_PACIFIC, AKIA, AIza, ghp_, xoxb-, sk_live_, eyJ.eyJ",
        "ghp_short and github_pat_none",
        "eyJhbGciOi.com",
        "cursor eyJpZCI6MTJ9",
        "jdbc:oracle:thin:@//db:1521/orders, jdbc:oracle:thin:bob@db",
        "ya29.short and maya29.a0AfH6SMBq7Rt2ZxW9bKc4LmN8vYp3DsF6gHj1TkQ5wEe",
        "Bearer AuthenticationEntryPointFilter registered",
        "/api/v1/Orders/ABC123/items/Details/Lines",
        "com/acme/orders/internal/OrderController",
        "java.lang.Object@1b2c3d4f and npm left-pad@1.3.0",
        "DE00 0000 0000 0000 0000 00",
        "AB12CDEF",
        "hooks.slack.com/services is the address",
        "at com.acme.orders.OrderService.lambda$take$0(OrderService.java:123)",
        "\\\\u0000 %20 %3D %",
        "ключ: да \uD83D\uDE00"
      })
  void innocentLinesAreLeftAsTheyAre(String text) {
    service.close();
    try (TestService billing = new TestService("billing", JsonLogging.to(lines).redactingIbans())) {
      assertThat(billing.identity().service()).isEqualTo("billing");
      LOG.atInfo().addKeyValue("field", text).log(text);
    }
    assertThat(lines.only().get("message").asString()).isEqualTo(text);
    assertThat(lines.only().get("field").asString()).isEqualTo(text);
    assertThat(redaction.text(text)).isSameAs(text);
  }

  @Test
  void whatTheQuickLookPassesHoldsNoSecret() {
    planted().map(Planted::text).forEach(text -> {
      assertThat(personal.mayChange(text, Text.measure(text))).as(text).isTrue();
      if (!redaction.text(text).equals(text)) {
        assertThat(redaction.mayChange(text, Text.measure(text))).as(text).isTrue();
      }
    });
    String prose = "the order was taken and the customer will hear of it soon";
    assertThat(redaction.mayChange(prose.replace("b", "p"), Text.measure(prose)))
        .isFalse();
  }

  @Test
  void theLineOfLastResortIsCleanToo() {
    JsonEncoder encoder = new JsonEncoder();
    encoder.setContext(new LoggerContext());
    String secret = "gh" + "p_" + RANDOM;
    for (int shown = 0; shown < secret.length(); shown += 8) {
      String text = " ".repeat(StandardField.MESSAGE.mostBytes() - shown) + secret;
      ch.qos.logback.classic.Logger logger = new LoggerContext().getLogger("x");
      byte[] line = encoder.encode(new ch.qos.logback.classic.spi.LoggingEvent(
          "x", logger, ch.qos.logback.classic.Level.INFO, text, null, null));
      assertThat(new String(line, StandardCharsets.UTF_8)).doesNotContain("gh" + "p_");
    }
  }

  private static String jwt() {
    return "ey" + "JhbGciOiJIUzI1NiJ9" + ".ey" + "JzdWIiOiJtYWRlLXVwIn0." + RANDOM;
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  private static String pem(String kind, String lineEnd) {
    String label = kind + "PRIVATE" + " KEY-----";
    return "-----BEGIN " + label + lineEnd + PEM_LINE + lineEnd + PEM_LINE + lineEnd + "ab=="
        + lineEnd + "-----END " + label;
  }

  public record Bean(String note) {}
}
