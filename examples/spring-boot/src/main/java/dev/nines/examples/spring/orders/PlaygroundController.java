package dev.nines.examples.spring.orders;

import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Routes to look at logs, metrics and traces with. */
@RestController
class PlaygroundController {

  private static final Logger LOG = LoggerFactory.getLogger(PlaygroundController.class);
  private static final int LONGEST_BODY = 1024 * 1024;

  /** Answers at once. Nines writes the access line; there is nothing to add. */
  @GetMapping(path = "/hello", produces = MediaType.TEXT_PLAIN_VALUE)
  String hello() {
    return "hello\n";
  }

  /** Breaks, as code does that has a bug: the client sees a 500, the log the stack trace. */
  @GetMapping("/fail")
  String fail() {
    throw new IllegalStateException("This route always fails");
  }

  /** Takes as long as the client asks for. */
  @GetMapping(path = "/slow", produces = MediaType.TEXT_PLAIN_VALUE)
  String slow(@RequestParam @Min(0) @Max(10_000) int ms) throws InterruptedException {
    TimeUnit.MILLISECONDS.sleep(ms);
    return "waited " + ms + " ms\n";
  }

  /** Writes a line of the client's. */
  @PostMapping(path = "/log", produces = MediaType.TEXT_PLAIN_VALUE)
  String log(InputStream body) throws IOException {
    byte[] line = body.readNBytes(LONGEST_BODY + 1);
    if (line.length > LONGEST_BODY) {
      throw new ResponseStatusException(HttpStatus.CONTENT_TOO_LARGE);
    }
    LOG.info("{}", new String(line, StandardCharsets.UTF_8));
    return "logged\n";
  }
}
