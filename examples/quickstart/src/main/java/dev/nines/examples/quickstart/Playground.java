package dev.nines.examples.quickstart;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Routes to look at logs, metrics and traces with. */
final class Playground {

  private static final Logger LOG = LoggerFactory.getLogger(Playground.class);
  private static final int LONGEST_PAUSE_MS = 10_000;

  /** Answers at once. Nines writes the access line; there is nothing to add. */
  Answer hello(Request request) {
    return Answer.text("hello\n");
  }

  /** Breaks, as code does that has a bug: the client sees a 500, the log the stack trace. */
  Answer fail(Request request) {
    throw new IllegalStateException("This route always fails");
  }

  /** Takes as long as the client asks for. */
  Answer slow(Request request) throws InterruptedException {
    int ms = request.number("ms", 0, LONGEST_PAUSE_MS);
    TimeUnit.MILLISECONDS.sleep(ms);
    return Answer.text("waited " + ms + " ms\n");
  }

  /** Writes a line of the client's. */
  Answer log(Request request) throws IOException {
    LOG.info("{}", request.text());
    return Answer.text("logged\n");
  }
}
