package dev.nines.logging;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.request.Exchange;
import io.opentelemetry.context.Scope;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import tools.jackson.databind.JsonNode;

class TenantTest {

  private final Lines lines = new Lines();
  private final TestService service = new TestService("checkout", JsonLogging.to(lines));

  @AfterEach
  void closeTheService() {
    service.close();
    MDC.clear();
  }

  @Test
  void everyLineOfARequestNamesItsTenantAndAUsersFieldOfThatNameStepsAside() {
    Exchange exchange = service.begin("GET", "/orders", Map.of("x-tenant", "acme"));
    exchange.resolveTenant();
    try (Scope current = exchange.context().makeCurrent()) {
      MDC.put("tenant", "mine");
      LoggerFactory.getLogger("shop").info("picked");
      MDC.clear();
    }
    exchange.end(200);

    JsonNode line = lines.all().get(0);
    assertThat(line.get("tenant").asString()).isEqualTo("acme");
    assertThat(line.get("ctx_tenant").asString()).isEqualTo("mine");
    assertThat(lines.all().get(1).get("event_type").asString()).isEqualTo("http_request");
    assertThat(lines.all().get(1).get("tenant").asString()).isEqualTo("acme");
  }

  @Test
  void aForgedTenantWritesNoLineOfItsOwn() {
    service
        .begin("GET", "/orders", Map.of("x-tenant", "a\n{\"level\":\"ERROR\"}"))
        .end(200);

    assertThat(lines.only().get("tenant").asString()).isEqualTo("_OTHER");
  }

  @Test
  void withoutATenantThereIsNoFieldAndAUsersIsLeftAlone() {
    MDC.put("tenant", "mine");
    service.begin("GET", "/orders", Map.of()).end(200);

    assertThat(lines.only().get("tenant").asString()).isEqualTo("mine");
  }
}
