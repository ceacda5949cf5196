package dev.nines.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.testing.RawClient;
import dev.nines.testing.SentOn;
import dev.nines.testing.TraceContextCase;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The specification's rules through Tomcat. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ServletTraceContextTest {

  private final List<TomcatService> servers = new ArrayList<>();
  private RawClient recording;
  private RawClient unrecorded;

  @BeforeAll
  void start(@TempDir Path first, @TempDir Path second) {
    recording = serve(new Recorder(), first);
    unrecorded = serve(Recorder.unrecorded(), second);
  }

  private RawClient serve(Recorder recorder, Path base) {
    TomcatService tomcat = new TomcatService(base, "")
        .with(new ServletRequestFilter(recorder.adapters)::install)
        .serve("/on", (request, response) -> response.getOutputStream().print(SentOn.now()));
    servers.add(tomcat);
    return tomcat.start();
  }

  @AfterAll
  void stop() {
    servers.forEach(TomcatService::close);
  }

  @ParameterizedTest
  @MethodSource("dev.nines.testing.TraceContextCases#all")
  void everyRuleHolds(TraceContextCase rule) throws IOException {
    SentOn.verify(rule, recording.exchange(rule.request("/on")));
    assertThat(RawClient.statusOf(recording.get("/on"))).isEqualTo(200);
  }

  @ParameterizedTest
  @MethodSource("dev.nines.testing.TraceContextCases#all")
  void everyRuleHoldsWhereNoSpanIsRecorded(TraceContextCase rule) throws IOException {
    SentOn.verify(rule, unrecorded.exchange(rule.request("/on")));
  }
}
