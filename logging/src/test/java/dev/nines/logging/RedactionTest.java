package dev.nines.logging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

class RedactionTest {

  private static final Logger LOG = LoggerFactory.getLogger("com.acme.Login");

  /** Planted wherever a secret may stand; none of it may come out. */
  private static final String SECRET = "hunter2-S3CR3T";

  private static final List<String> SECRET_NAMES = List.of(
      "password",
      "PASSWORD",
      "passwd",
      "pwd",
      "passphrase",
      "db_password",
      "dbPassword",
      "spring.datasource.password",
      "user-password",
      "userpassword",
      "password2",
      "password_2",
      "password_hash",
      "passwordHash",
      "secret",
      "client_secret",
      "clientSecret",
      "CLIENT-SECRET",
      "token",
      "access_token",
      "accessToken",
      "refresh-token",
      "X-Auth-Token",
      "api key",
      "api_key",
      "apiKey",
      "X-Api-Key",
      "APIKEY",
      "authorization",
      "Authorization",
      "Proxy-Authorization",
      "cookie",
      "Cookie",
      "Set-Cookie",
      "setCookie",
      "session",
      "sessionId",
      "session_id",
      "JSESSIONID",
      "userSession",
      "private key",
      "privateKey",
      "PRIVATE_KEY",
      "credential",
      "credentials",
      "awsSecretAccessKey",
      "AccountKey",
      "authorization_header",
      "token_value",
      "password_confirmation",
      "passwordConfirm",
      "private_key_pem",
      "client-key-data",
      "DB_PASS",
      "sessionKey",
      "X-Auth-Key",
      "Ocp-Apim-Subscription-Key",
      "X-Amz-Signature",
      "jwt",
      "otp",
      "sig",
      "user[password",
      "pass\u00adword",
      "api\u2010key",
      "ＰＡＳＳＷＯＲＤ");

  private static final List<String> INNOCENT_NAMES = List.of(
      "user",
      "user_id",
      "status",
      "method",
      "route",
      "path",
      "outcome",
      "duration_ms",
      "client",
      "password_length",
      "passwordless",
      "password_changed_at",
      "token_count",
      "tokens",
      "tokenizer",
      "secretary",
      "secret_age_seconds",
      "cookie_banner",
      "session_duration",
      "obsession",
      "author",
      "authorized",
      "key",
      "keyboard",
      "monkey",
      "order_id",
      "api",
      "keys",
      "private",
      "hash",
      "value",
      "header",
      "compassword_x",
      "signal",
      "design",
      "laptop",
      "bypass",
      "compass",
      "primary_key",
      "context",
      "data",
      "3",
      "",
      "_",
      "ключ",
      "\uD83D\uDE00");

  private final Lines lines = new Lines();
  private final TestService service =
      new TestService("checkout", JsonLogging.to(lines).redacting("customer-code"));

  @AfterEach
  void closeTheService() {
    service.close();
    MDC.clear();
  }

  @Test
  void namesOfSecretsAreKnownInAnyDress() {
    SecretNames names = new SecretNames(Set.of());
    assertThat(SECRET_NAMES).allMatch(names::contains);
    assertThat(INNOCENT_NAMES).noneMatch(names::contains);
  }

  @Test
  void namesOfTheUsersOwnAreAdded() {
    SecretNames names = new SecretNames(Set.of(SecretNames.normalized("Customer-Code")));
    assertThat(List.of("customer_code", "customerCode", "the.customer.code"))
        .allMatch(names::contains);
    assertThat(names.contains("code")).isFalse();
    assertThatThrownBy(() -> JsonLogging.toStdout().redacting("--"))
        .hasMessage("redacting: \"--\" (expected: a name with a letter or a digit)");
  }

  @Test
  void fieldsNamedLikeSecretsAreRedactedWhereverTheyStand() {
    for (String name : SECRET_NAMES) {
      lines.clear();
      MDC.put(name, SECRET);
      LOG.atInfo()
          .addMarker(Markers.append(name, SECRET))
          .addKeyValue(name, SECRET)
          .addKeyValue("nested", Map.of("deep", List.of(Map.of(name, SECRET))))
          .addKeyValue("structured", Map.of(name, Map.of("inner", SECRET)))
          .log("by {}", StructuredArguments.kv(name, List.of(SECRET)));
      MDC.clear();
      Events.log("event", name, SECRET);

      assertThat(lines.text()).as(name).doesNotContain(SECRET).contains(Redaction.MARK);
      assertThat(lines.all()).hasSize(2);
    }
  }

  @Test
  void propertiesOfObjectsAreRedactedToo() {
    LOG.atInfo()
        .addKeyValue("login", new Login("bob", SECRET, Map.of("apiKey", SECRET)))
        .log(
            "",
            StructuredArguments.fields(new Login("bob", SECRET, Map.of("customerCode", SECRET))));
    assertThat(lines.text()).doesNotContain(SECRET).contains("bob");
  }

  static Stream<String> textsWithSecrets() {
    return Stream.of(
        "password=%s",
        "password = %s",
        "password: %s",
        "password:%s",
        "password=%s&user=bob",
        "GET /reset?user=bob&token=%s&x=1",
        "{\"user\":\"bob\",\"password\":\"%s\"}",
        "{\"user\":\"bob\",\"password\" : \"%s with \\\"quotes\\\" in\",\"x\":1}",
        "{\\\"password\\\":\\\"%s\\\"}",
        "{'password':'%s'}",
        "{\"password\":\"%s",
        "Login[user=bob, password=%s]",
        "{user=bob, password=%s}",
        "PASSWORD='%s'",
        "DB_PASSWORD=%s",
        "--client-secret=%s",
        "api key: %s",
        "apiKey => %s",
        "Authorization: Bearer %s",
        "authorization=Basic %s, accept=*/*",
        "{authorization=[Bearer %s, Basic %s], accept=[*/*]}",
        "Cookie: theme=dark; sid=%s; lang=de",
        "Set-Cookie: sid=%s; Path=/; HttpOnly",
        "credentials={user=bob, {key=%s}} end",
        "jdbc:postgresql://db/orders?user=sa&password=%s",
        "jdbc:sqlserver://db;user=sa;password=%s;encrypt=true",
        "customer code=%s",
        "token=null token=%s",
        "token=\"\" token=%s",
        "ünïcödé password=%s",
        "first password=%s then secret=%s",
        "password====%s",
        "a=b:c=d:password=%s",
        "<user>bob</user><password>%s</password>",
        "<ns:clientSecret>%s</ns:clientSecret>",
        "<password><![CDATA[%s]]></password>",
        "<password>%s",
        "run --user bob --password %s --verbose",
        "--api-key %s",
        "--password \"%s and more\" --verbose",
        "--password '%s and more'",
        "keytool -storepass %s -list",
        "<wsse:Password Type=\"#PasswordText\">%s</wsse:Password>",
        "<password\n  encoding='none'>%s</password>",
        "user[password]=%s&user[name]=bob",
        "password[]=%s, password[0]=%s",
        "user%%5Bpassword%%5D=%s&x=1",
        "GET /login?next=%%2Freset%%3Ftoken%%3D%s",
        "q=%%7btoken%%3a%s%%7d&token%%3d%s",
        "q=%%7B%%22password%%22%%3A%%22%s%%22%%7D",
        "{\"url\":\"/x?token\\u003d%s\\u0026a\\u003db\"}",
        "password：%s",
        "token＝%s",
        "password -> %s",
        "password            = %s",
        "password\t: %s",
        "password ::= %s",
        "\"password\" :\n  \"%s\"",
        "password=<%s>",
        "password=`%s and more`",
        "set password='it''s %s'",
        "Authorization: Custom %s",
        "Authorization: Digest username=\"bob\", realm=\"a b\", response=\"%s\"",
        "{\"h\":\"Authorization: Digest username=\\\"bob\\\", response=\\\"%s\\\"\"}",
        "Authorization: AWS4-HMAC-SHA256 Credential=x/s3, SignedHeaders=host;range, Signature=%s",
        "Authorization: OAuth oauth_consumer_key=\"k\", oauth_signature=\"%s\"",
        "api\u2011key=%s",
        "api\u00a0key: %s",
        "pass\u200bword=%s",
        "ｐａｓｓｗｏｒｄ=%s",
        "paſſword=%s");
  }

  @ParameterizedTest
  @MethodSource("textsWithSecrets")
  void secretsInTextsAreRedactedWhereverTheTextStands(String template) {
    String text = template.replace("%s", SECRET).replace("%%", "%");
    RuntimeException failure =
        new IllegalStateException(text, new IllegalArgumentException("cause " + text));
    failure.addSuppressed(new IllegalStateException("suppressed " + text));
    MDC.put("note", text);
    LOG.atError()
        .setCause(failure)
        .addKeyValue("field", text)
        .addKeyValue("list", List.of(text))
        .addKeyValue(text, 1)
        .log("message {}", text);

    assertThat(lines.text()).doesNotContain(SECRET).contains(Redaction.MARK);
    assertThat(lines.only().get("level").asString()).isEqualTo("ERROR");
  }

  @Test
  void onlyTheValueIsReplaced() {
    Redaction redaction = new Redaction(Set.of());
    assertThat(redaction.text("{\"user\":\"bob\",\"password\":\"x\",\"n\":1}"))
        .isEqualTo("{\"user\":\"bob\",\"password\":\"[REDACTED]\",\"n\":1}");
    assertThat(redaction.text("a=1&token=x&b=2")).isEqualTo("a=1&token=[REDACTED]&b=2");
    assertThat(redaction.text("Login[user=bob, password=x]"))
        .isEqualTo("Login[user=bob, password=[REDACTED]]");
    assertThat(redaction.text("password=x; user=bob")).isEqualTo("password=[REDACTED]; user=bob");
    assertThat(redaction.text("Authorization: Bearer x y"))
        .isEqualTo("Authorization: [REDACTED] y");
    assertThat(redaction.text("password=[REDACTED]")).isEqualTo("password=[REDACTED]");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "order 7 taken in 12:30:05.123",
        "GET http://localhost:8080/orders?id=7&page=2",
        "password reset requested for user 42",
        "password: must not be blank",
        "password: is too short (minimum: 12)",
        "validation failed: token: required",
        "token count: 512, tokens=17",
        "session expired for user=42",
        "password=",
        "password: ",
        "secret=null, token=none",
        "password=********",
        "Unexpected token: }",
        "author=Jane, secretary=Jim, obsession=tea",
        "key=value",
        "java.lang.IllegalStateException: connection refused: db:5432",
        "at com.acme.TokenService.refresh(TokenService.java:42)",
        "::::====::::",
        "the password",
        "token",
        "cookie banner shown: yes",
        "{\"user\":\"bob\",\"password_length\":12}",
        "<password></password><user>bob</user>",
        "<passwordLength>12</passwordLength>",
        "password> is the prompt",
        "a -> b, c => d",
        "run --password --user bob",
        "the option --token is required",
        "--verbose yes -- password x",
        "session: expired, token: revoked",
        "Authorization: required for /orders",
        "List<Token> of Map<String, Secret> and Token[]",
        "<password type=\"text\"/> is <b>bold</b>",
        "<form class=\"password\">Please sign in</form>",
        "List<Token> is what Optional<Secret> holds",
        "100%% done: 42%% of token",
        "C:\\\\token\\\\u003d",
        "注文：42、状態＝完了",
        "классный пароль: да \uD83D\uDE00",
        ""
      })
  void innocentTextsAreLeftAsTheyAre(String text) {
    LOG.info(text);
    assertThat(lines.only().get("message").asString()).isEqualTo(text);
    assertThat(new Redaction(Set.of()).text(text)).isSameAs(text);
  }

  record Login(String user, String password, Map<String, String> more) {}
}
