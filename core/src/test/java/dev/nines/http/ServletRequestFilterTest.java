package dev.nines.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.nines.request.Exchange;
import dev.nines.request.Outcome;
import dev.nines.testing.RawClient;
import io.opentelemetry.api.trace.Span;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.AsyncEvent;
import jakarta.servlet.AsyncListener;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.tomcat.util.descriptor.web.ErrorPage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A real Tomcat, spoken to through real sockets. */
class ServletRequestFilterTest {

  private static final String TRACE_ID = "4bf92f3577b34da6a3ce929d0e0e4736";
  private static final String GET_BIG = "GET /orders/7 HTTP/1.1\r\nHost: x\r\n\r\n";
  private static final byte[] BIG = new byte[64 << 10];

  @TempDir
  private Path base;

  private final Recorder recorder = new Recorder();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private TomcatService tomcat;

  @BeforeEach
  void prepare() {
    tomcat = new TomcatService(base, "").with(new ServletRequestFilter(recorder.adapters)::install);
  }

  @AfterEach
  void stop() {
    tomcat.close();
    threads.shutdownNow();
  }

  private String get(TomcatService.Handler handler) throws IOException {
    return tomcat.serve("/orders/*", handler).start().get("/orders/7");
  }

  @Test
  void anAnswerIsCountedWithTheServletsMappingAsItsRoute() throws IOException {
    String answer = get((request, response) -> {
      assertThat(Exchange.current()).isNotNull();
      response.getOutputStream().print("fine");
    });

    assertThat(answer).startsWith("HTTP/1.1 200").contains("fine");
    Exchange exchange = recorder.only();
    assertThat(exchange.outcome()).isEqualTo(Outcome.SUCCESS);
    assertThat(exchange.status()).isEqualTo(200);
    assertThat(exchange.route().template()).isEqualTo("/orders/*");
    assertThat(exchange.target()).isEqualTo("/orders/7");
    assertThat(exchange.responseBytes()).isEqualTo(4);
    assertThat(recorder.onlySpan().getName()).isEqualTo("GET /orders/*");
  }

  @Test
  void theCallersTraceGoesOnUnlessItIsToldTwice() throws IOException {
    AtomicReference<String> seen = new AtomicReference<>();
    RawClient client = tomcat
        .serve(
            "/orders/*",
            (request, response) -> seen.set(Span.current().getSpanContext().getTraceId()))
        .start();
    String header = "traceparent: 00-" + TRACE_ID + "-00f067aa0ba902b7-01\r\n";

    client.exchange("GET /orders/7 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + header + "\r\n");
    assertThat(seen).hasValue(TRACE_ID);
    client.exchange(
        "GET /orders/7 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n" + header + header + "\r\n");
    assertThat(seen.get()).isNotEqualTo(TRACE_ID);
  }

  @Test
  void aRouteThatAFrameworkNamesLateNamesTheSpanToo() throws IOException {
    get((request, response) ->
        request.setAttribute(ServletRequestFilter.ROUTE_ATTRIBUTE, "/orders/{id}"));

    assertThat(recorder.only().route().template()).isEqualTo("/orders/{id}");
    assertThat(recorder.onlySpan().getName()).isEqualTo("GET /orders/{id}");
  }

  @Test
  void springsPatternIsKnownBelowTheContextPath() throws IOException {
    tomcat.close();
    tomcat = new TomcatService(base, "/shop")
        .with(new ServletRequestFilter(recorder.adapters)::install)
        .serve(
            "/",
            (request, response) -> request.setAttribute(ServletRoutes.SPRING_PATTERN, "/a/{b}"));

    tomcat.start().get("/shop/a/1");

    assertThat(recorder.only().route().template()).isEqualTo("/shop/a/{b}");
  }

  @Test
  void declaredRoutesAreMatchedAsWithTheJdksServer() throws IOException {
    tomcat.close();
    tomcat = new TomcatService(base, "")
        .with(new ServletRequestFilter(recorder.adapters, Routes.of("GET /orders/{id}"))::install);

    get((request, response) -> response.setStatus(204));

    assertThat(recorder.only().route().template()).isEqualTo("/orders/{id}");
  }

  @Test
  void aFunctionThatFailsCostsOnlyTheName() throws IOException {
    tomcat.close();
    tomcat = new TomcatService(base, "")
        .with(new ServletRequestFilter(recorder.adapters, request -> {
          throw new IllegalStateException("no name");
        })::install);

    assertThat(get((request, response) -> response.setStatus(204))).startsWith("HTTP/1.1 204");
    assertThat(recorder.only().route().template()).isEqualTo("_OTHER");
    assertThat(recorder.requests.listenerFailures()).isEqualTo(2);
  }

  @Test
  void aPathThatNoServletServesIsA404UnderOther() throws IOException {
    tomcat.serve("/", (request, response) -> response.sendError(404));

    assertThat(tomcat.start().get("/nowhere")).startsWith("HTTP/1.1 404");
    assertThat(recorder.only().route().template()).isEqualTo("_OTHER");
    assertThat(recorder.only().outcome()).isEqualTo(Outcome.CLIENT_ERROR);
  }

  @Test
  void anExceptionIsRecordedWithItsTypeToldInsideTheTraceAndMadeA500() throws IOException {
    String answer = get((request, response) -> {
      throw new ServletException(new IllegalStateException("password is hunter2"));
    });

    assertThat(answer).startsWith("HTTP/1.1 500");
    Exchange exchange = recorder.only();
    assertThat(exchange.outcome()).isEqualTo(Outcome.SERVER_ERROR);
    assertThat(exchange.status()).isEqualTo(500);
    assertThat(exchange.errorType()).isEqualTo("java.lang.IllegalStateException");
    assertThat(recorder.events).singleElement().satisfies(told -> assertThat(told.traceId())
        .isEqualTo(exchange.span().getSpanContext().getTraceId()));
  }

  @Test
  void anErrorPageStaysInTheTraceAndCountsNothingTwice() throws IOException {
    AtomicReference<String> seen = new AtomicReference<>();
    ErrorPage page = new ErrorPage();
    page.setErrorCode(409);
    page.setLocation("/error");
    tomcat.context().addErrorPage(page);
    tomcat.serve("/error", (request, response) -> {
      seen.set(Span.current().getSpanContext().getTraceId());
      response.getWriter().print("sorry");
    });

    String answer = get((request, response) -> response.sendError(409));

    assertThat(answer).startsWith("HTTP/1.1 409").contains("sorry");
    assertThat(recorder.only().status()).isEqualTo(409);
    assertThat(recorder.only().route().template()).isEqualTo("/orders/*");
    assertThat(seen).hasValue(recorder.only().span().getSpanContext().getTraceId());
  }

  @Test
  void anEarlyAnswerOfAFilterBehindUsIsCounted() throws IOException {
    tomcat.filter(
        "/*", (request, response, chain) -> ((HttpServletResponse) response).setStatus(429));

    assertThat(get((request, response) -> response.setStatus(200))).startsWith("HTTP/1.1 429");
    assertThat(recorder.only().outcome()).isEqualTo(Outcome.CLIENT_ERROR);
  }

  @Test
  void aClientThatHangsUpDuringTheAnswerIsAnAbort() throws IOException {
    tomcat
        .serve("/orders/*", (request, response) -> pour(response))
        .start()
        .resetAfterFirstBytes(GET_BIG);

    assertThat(recorder.only().outcome()).isEqualTo(Outcome.CLIENT_ABORT);
    assertThat(recorder.events).isEmpty();
  }

  private static void pour(HttpServletResponse response) throws IOException {
    for (int i = 0; i < 512; i++) {
      response.getOutputStream().write(BIG);
    }
  }

  @Test
  void aClientThatHangsUpIsAnAbortThroughTheWriterToo() throws IOException {
    tomcat
        .serve("/orders/*", (request, response) -> {
          String line = "x".repeat(BIG.length);
          for (int i = 0; i < 512; i++) {
            response.getWriter().print(line);
          }
        })
        .start()
        .resetAfterFirstBytes(GET_BIG);

    assertThat(recorder.only().outcome()).isEqualTo(Outcome.CLIENT_ABORT);
  }

  @Test
  void aHalfRequestIsAnAbort() throws IOException {
    tomcat
        .serve("/orders/*", (request, response) -> request.getInputStream().readAllBytes())
        .start()
        .hangUpAfter("POST /orders/7 HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nfew");

    assertThat(recorder.only().outcome()).isEqualTo(Outcome.CLIENT_ABORT);
  }

  @Test
  void aHalfRequestThatIsAnsweredCountsByItsAnswer() throws IOException {
    tomcat
        .serve("/orders/*", (request, response) -> {
          try {
            request.getInputStream().readAllBytes();
          } catch (IOException e) {
            response.setStatus(400);
          }
        })
        .start()
        .hangUpAfter("POST /orders/7 HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nfew");

    assertThat(recorder.only().outcome()).isEqualTo(Outcome.CLIENT_ERROR);
  }

  @Test
  void aHalfRequestReadAsTextIsAnAbort() throws IOException {
    tomcat
        .serve("/orders/*", (request, response) -> request.getReader().lines().count())
        .start()
        .hangUpAfter("POST /orders/7 HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\nfew");

    assertThat(recorder.only().outcome()).isEqualTo(Outcome.CLIENT_ABORT);
  }

  @Test
  void anIOExceptionOfADatabaseIsNoAbort() throws IOException {
    get((request, response) -> {
      throw new IOException("Broken pipe");
    });

    assertThat(recorder.only().outcome()).isEqualTo(Outcome.SERVER_ERROR);
  }

  @Test
  void anAsynchronousAnswerEndsWhenItIsCompleted() throws IOException {
    CountDownLatch returned = new CountDownLatch(1);
    tomcat.filter("/*", (request, response, chain) -> {
      chain.doFilter(request, response);
      returned.countDown();
    });

    String answer = get((request, response) -> {
      AsyncContext async = request.startAsync();
      threads.execute(() -> {
        awaitUnchecked(returned);
        assertThat(recorder.ended).isEmpty();
        ((HttpServletResponse) async.getResponse()).setStatus(202);
        async.complete();
      });
    });

    assertThat(answer).startsWith("HTTP/1.1 202");
    assertThat(recorder.only().status()).isEqualTo(202);
    assertThat(recorder.only().outcome()).isEqualTo(Outcome.SUCCESS);
  }

  private static void awaitUnchecked(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  @Test
  void anAsynchronousAnswerThatIsDispatchedTwiceEndsOnceAndStaysInTheTrace() throws IOException {
    AtomicReference<String> seen = new AtomicReference<>();
    String answer = get((request, response) -> {
      Integer round = (Integer) request.getAttribute("round");
      if (round == null || round < 3) {
        request.setAttribute("round", round == null ? 1 : round + 1);
        AsyncContext async = request.startAsync(request, response);
        threads.execute(async::dispatch);
      } else {
        seen.set(Span.current().getSpanContext().getTraceId());
        response.getWriter().print("third");
      }
    });

    assertThat(answer).contains("third");
    assertThat(recorder.only().outcome()).isEqualTo(Outcome.SUCCESS);
    assertThat(seen).hasValue(recorder.only().span().getSpanContext().getTraceId());
  }

  @Test
  void anAsynchronousAnswerThatNeverComesIsAServerErrorAtItsTimeout() throws IOException {
    String answer = get((request, response) -> request.startAsync().setTimeout(50));

    assertThat(answer).startsWith("HTTP/1.1 500");
    assertThat(recorder.only().outcome()).isEqualTo(Outcome.SERVER_ERROR);
    assertThat(recorder.only().status()).isEqualTo(500);
    assertThat(recorder.only().errorType()).isEqualTo("java.util.concurrent.TimeoutException");
  }

  @Test
  void aTimeoutThatTheApplicationAnswersCountsByItsStatus() throws IOException {
    String answer = get((request, response) -> {
      AsyncContext async = request.startAsync();
      async.addListener(new OnTimeout(() -> {
        ((HttpServletResponse) async.getResponse()).setStatus(204);
        async.complete();
      }));
      async.setTimeout(50);
    });

    assertThat(answer).startsWith("HTTP/1.1 204");
    assertThat(recorder.only().outcome()).isEqualTo(Outcome.SUCCESS);
  }

  private record OnTimeout(Runnable action) implements AsyncListener {
    @Override
    public void onTimeout(AsyncEvent event) {
      action.run();
    }

    @Override
    public void onComplete(AsyncEvent event) {}

    @Override
    public void onError(AsyncEvent event) {}

    @Override
    public void onStartAsync(AsyncEvent event) {}
  }

  @Test
  void anExceptionInAThreadOfTheCycleIsAServerErrorAtItsTimeout() throws IOException {
    String answer = get((request, response) -> {
      AsyncContext async = request.startAsync();
      async.setTimeout(50);
      async.start(() -> {
        throw new IllegalStateException("in the cycle");
      });
    });

    // Tomcat answers 500 or, by chance of its threads, just hangs up; for the budget it is one and
    // the same.
    assertThat(RawClient.statusOf(answer)).isIn(0, 500);
    assertThat(recorder.only().status()).isEqualTo(500);
    assertThat(recorder.only().outcome()).isEqualTo(Outcome.SERVER_ERROR);
  }

  @Test
  void anExceptionInAnAsynchronousDispatchIsAServerError() throws IOException {
    String answer = get((request, response) -> {
      if (request.getAttribute("again") != null) {
        throw new IllegalStateException("second round");
      }
      request.setAttribute("again", true);
      AsyncContext async = request.startAsync();
      threads.execute(async::dispatch);
    });

    assertThat(answer).startsWith("HTTP/1.1 500");
    assertThat(recorder.only().errorType()).isEqualTo("java.lang.IllegalStateException");
  }

  @Test
  void aClientThatHangsUpDuringAnAsynchronousAnswerIsAnAbort() throws IOException {
    tomcat
        .serve("/orders/*", (request, response) -> {
          AsyncContext async = request.startAsync();
          threads.submit(() -> pourUnchecked(async));
        })
        .start()
        .resetAfterFirstBytes(GET_BIG);

    assertThat(recorder.only().outcome()).isEqualTo(Outcome.CLIENT_ABORT);
  }

  private static void pourUnchecked(AsyncContext async) {
    try {
      pour((HttpServletResponse) async.getResponse());
      async.complete();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aClientThatHangsUpDuringANonBlockingAnswerIsAnAbort() throws IOException {
    tomcat
        .serve("/orders/*", (request, response) -> {
          AsyncContext async = request.startAsync(request, response);
          ServletOutputStream out = response.getOutputStream();
          out.setWriteListener(new Pouring(out, async));
        })
        .start()
        .resetAfterFirstBytes(GET_BIG);

    assertThat(recorder.only().outcome()).isEqualTo(Outcome.CLIENT_ABORT);
  }

  private static final class Pouring implements WriteListener {
    private final ServletOutputStream out;
    private final AsyncContext async;
    private int poured;

    Pouring(ServletOutputStream out, AsyncContext async) {
      this.out = out;
      this.async = async;
    }

    @Override
    public void onWritePossible() throws IOException {
      while (out.isReady()) {
        if (poured++ == 512) {
          async.complete();
          return;
        }
        out.write(BIG);
      }
    }

    @Override
    public void onError(Throwable thrown) {
      async.complete();
    }
  }

  @Test
  void whileDrainingNewRequestsAreRefusedAndTheConnectionIsClosed() throws IOException {
    recorder.accepting = false;
    RawClient client = tomcat
        .serve("/orders/*", (request, response) -> response.setStatus(200))
        .start();

    String answer = client.exchange("GET /orders/7 HTTP/1.1\r\nHost: x\r\n\r\n");

    assertThat(answer).startsWith("HTTP/1.1 503").containsIgnoringCase("Connection: close");
    assertThat(recorder.only().outcome()).isEqualTo(Outcome.REJECTED);
  }

  @Test
  void aFilterMappedOnlyToRequestsStillSeesTheEnd() throws IOException {
    tomcat.close();
    tomcat = new TomcatService(base, "").filter("/*", new ServletRequestFilter(recorder.adapters));

    get((request, response) -> {
      if (request.getAttribute("again") != null) {
        throw new IllegalStateException("second round");
      }
      request.setAttribute("again", true);
      AsyncContext async = request.startAsync();
      threads.execute(async::dispatch);
    });

    await().until(() -> recorder.requests.active() == 0);
    assertThat(recorder.only().outcome()).isEqualTo(Outcome.SERVER_ERROR);
  }
}
