package dev.nines.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.testing.TraceContextCase;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The specification's rules through Tomcat. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServletTraceContextTest {

  private TomcatService tomcat;
  private RawClient client;

  @BeforeAll
  void start(@TempDir Path base) {
    tomcat = new TomcatService(base, "")
        .with(new ServletRequestFilter(new Recorder().adapters)::install)
        .serve("/on", (request, response) -> response.getOutputStream().print(SentOn.now()));
    client = tomcat.start();
  }

  @AfterAll
  void stop() {
    tomcat.close();
  }

  @ParameterizedTest
  @MethodSource("dev.nines.testing.TraceContextCases#all")
  void everyRuleHolds(TraceContextCase rule) throws IOException {
    SentOn.verify(rule, client.exchange(rule.request("/on")));
    assertThat(RawClient.statusOf(client.get("/on"))).isEqualTo(200);
  }
}
