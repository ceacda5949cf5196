package dev.nines.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.request.Exchange;
import dev.nines.request.Outcome;
import dev.nines.testing.RawClient;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumMap;
import java.util.IdentityHashMap;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Floods through Tomcat: what is counted is exactly what was sent, and nothing that a client sends makes a route. */
class ServletMixTest {

  private static final byte[] BIG = new byte[64 << 10];
  private static final int BIG_TIMES = 256;

  @TempDir
  private Path base;

  private final Recorder recorder = new Recorder();
  private final ExecutorService later = Executors.newFixedThreadPool(4);
  private TomcatService tomcat;
  private RawClient client;

  @BeforeEach
  void start() {
    tomcat = new TomcatService(base, "")
        .with(new ServletRequestFilter(recorder.adapters)::install)
        .filter(
            "/early", (request, response, chain) -> ((HttpServletResponse) response).setStatus(403))
        .filter("/broken", (request, response, chain) -> {
          throw new ServletException("thrown in a filter");
        })
        .serve("/broken", (request, response) -> response.getWriter().print("ok"))
        .serve("/", (request, response) -> response.sendError(404))
        .serve("/ok/*", (request, response) -> response.getWriter().print("ok"))
        .serve("/throw", (request, response) -> {
          throw new IllegalStateException("thrown");
        })
        .serve("/later", (request, response) -> {
          AsyncContext async = request.startAsync();
          later.execute(async::complete);
        })
        .serve("/again", (request, response) -> {
          if (request.getAttribute("again") == null) {
            request.setAttribute("again", true);
            AsyncContext async = request.startAsync(request, response);
            later.execute(async::dispatch);
          }
        })
        .serve("/never", (request, response) -> request.startAsync().setTimeout(20))
        .serve("/big", (request, response) -> pour(response))
        .serve("/upload", (request, response) -> request.getInputStream().readAllBytes());
    client = tomcat.start();
  }

  @AfterEach
  void stop() {
    tomcat.close();
    later.shutdownNow();
  }

  private static void pour(HttpServletResponse response) throws IOException {
    for (int i = 0; i < BIG_TIMES; i++) {
      response.getOutputStream().write(BIG);
    }
  }

  private static Mix mix() {
    return new Mix()
        .add(50, Outcome.SUCCESS, Mix.get("/ok/7", 200))
        .add(20, Outcome.SUCCESS, Mix.get("/later", 200))
        .add(20, Outcome.SUCCESS, Mix.get("/again", 200))
        .add(40, Outcome.SERVER_ERROR, Mix.get("/throw", 500))
        .add(10, Outcome.SERVER_ERROR, Mix.get("/broken", 500))
        .add(1, Outcome.SERVER_ERROR, Mix.get("/never", 500))
        .add(20, Outcome.CLIENT_ERROR, Mix.get("/early", 403))
        .add(30, Outcome.CLIENT_ERROR, Mix.get("/nowhere", 404))
        .add(9, Outcome.CLIENT_ABORT, Mix.reset("/big"))
        .add(10, Outcome.CLIENT_ABORT, c -> c.hangUpAfter(Mix.UPLOAD));
  }

  @Test
  void tenThousandMixedRequestsAreCountedExactlyOnceEach() throws Exception {
    Map<Outcome, Long> expected = new EnumMap<>(mix().send(client, 9_500));
    recorder.accepting = false;
    new Mix().add(1, Outcome.REJECTED, Mix.get("/ok/7", 503)).send(client, 500);
    expected.put(Outcome.REJECTED, 500L);

    recorder.awaitEnded(10_000);
    for (Outcome outcome : Outcome.values()) {
      assertThat(recorder.count(outcome)).as(outcome.label()).isEqualTo(expected.get(outcome));
    }
    assertThat(recorder.countAll()).isEqualTo(10_000);
    Set<Exchange> distinct = Collections.newSetFromMap(new IdentityHashMap<>());
    distinct.addAll(recorder.ended);
    assertThat(distinct).hasSize(10_000);
  }

  @Test
  void unknownPathsAndOddMethodsMakeNoRoutes() throws Exception {
    new Mix()
        .add(2, Outcome.CLIENT_ERROR, c -> c.get("/" + UUID.randomUUID()))
        .add(
            1,
            Outcome.SUCCESS,
            c -> c.exchange("M" + UUID.randomUUID().toString().replace("-", "")
                + " /ok/7 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"))
        .send(client, 15_000);

    recorder.awaitEnded(15_000);
    assertThat(recorder.routes()).containsExactlyInAnyOrder("_OTHER", "/ok/*");
    assertThat(recorder.ended.stream().map(e -> e.method().label() + e.route()).distinct())
        .containsExactlyInAnyOrder("GET_OTHER", "_OTHER/ok/*");
  }
}
