package dev.nines.spring;

import dev.nines.testing.SentOn;
import jakarta.servlet.FilterChain;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.context.request.async.DeferredResult;
import org.springframework.web.server.ResponseStatusException;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;
import org.springframework.web.servlet.mvc.method.annotation.StreamingResponseBody;

/** A service of Spring MVC that answers in every way there is. */
@SpringBootConfiguration
@EnableAutoConfiguration
class SampleService {

  @Bean
  FilterRegistrationBean<EarlyFilter> early() {
    FilterRegistrationBean<EarlyFilter> filter = new FilterRegistrationBean<>(new EarlyFilter());
    filter.setOrder(Ordered.HIGHEST_PRECEDENCE);
    return filter;
  }

  /** Answers some requests before Spring MVC sees them. */
  static final class EarlyFilter extends HttpFilter {

    private static final long serialVersionUID = 1L;

    @Override
    protected void doFilter(
        HttpServletRequest request, HttpServletResponse response, FilterChain chain)
        throws IOException, jakarta.servlet.ServletException {
      switch (request.getRequestURI()) {
        case "/forbidden" -> response.setStatus(403);
        case "/broken-filter" -> throw new IllegalStateException("the filter is broken");
        default -> chain.doFilter(request, response);
      }
    }
  }

  /** One route for each way. */
  @RestController
  static class Routes {

    private static final Logger LOG = LoggerFactory.getLogger("sample");
    private final Executor plain = task -> new Thread(task, "sample-worker").start();

    @GetMapping("/hello")
    String hello() {
      return "hello\n";
    }

    @GetMapping("/on")
    String on() {
      return SentOn.now();
    }

    @GetMapping("/orders/{id}")
    String order(@PathVariable("id") String id) {
      return "order " + id;
    }

    @GetMapping("/fail")
    String fail() {
      throw new IllegalStateException("this route always fails");
    }

    @GetMapping("/conflict")
    String conflict() {
      throw new ResponseStatusException(HttpStatus.CONFLICT);
    }

    @GetMapping("/handled")
    String handled() throws IOException {
      throw new IOException("handled");
    }

    @ExceptionHandler(IOException.class)
    @ResponseStatus(HttpStatus.BAD_GATEWAY)
    String handle(IOException e) {
      return "bad gateway";
    }

    @GetMapping("/callable")
    Callable<String> callable() {
      return () -> {
        LOG.info("in the callable");
        return "called";
      };
    }

    @GetMapping("/callable-fails")
    Callable<String> callableFails() {
      return () -> {
        throw new IllegalStateException("the callable is broken");
      };
    }

    @GetMapping("/deferred")
    DeferredResult<String> deferred() {
      DeferredResult<String> result = new DeferredResult<>();
      plain.execute(() -> result.setResult("deferred"));
      return result;
    }

    @GetMapping("/deferred-fails")
    DeferredResult<String> deferredFails() {
      DeferredResult<String> result = new DeferredResult<>();
      plain.execute(() -> result.setErrorResult(new IllegalStateException("broken later")));
      return result;
    }

    @GetMapping("/deferred-never")
    DeferredResult<String> deferredNever() {
      // Long beside the dispatch: Jetty loses an answer whose time is over before that returns.
      return new DeferredResult<>(1_000L);
    }

    @GetMapping("/future")
    CompletableFuture<String> future() {
      return CompletableFuture.supplyAsync(() -> "future", plain);
    }

    @GetMapping("/events")
    SseEmitter events() {
      SseEmitter emitter = new SseEmitter();
      plain.execute(() -> {
        try {
          emitter.send("one");
          emitter.send("two");
          emitter.complete();
        } catch (IOException e) {
          emitter.completeWithError(e);
        }
      });
      return emitter;
    }

    @GetMapping("/stream")
    StreamingResponseBody stream() {
      return out -> {
        LOG.info("in the stream");
        out.write("streamed".getBytes(java.nio.charset.StandardCharsets.UTF_8));
      };
    }
  }
}
