package dev.nines.health.checks;

import dev.nines.dependency.Check;
import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckRun;
import java.io.IOException;
import java.net.URI;

/** See {@link Checks#http}. */
final class HttpCheck implements Check {

  private final HttpQuestion question;

  HttpCheck(URI uri) {
    this.question = new HttpQuestion(uri);
  }

  @Override
  public CheckResult run(CheckRun run) throws IOException, InterruptedException {
    int status = question.ask(run).statusCode();
    return status >= 200 && status < 400
        ? CheckResult.healthy()
        : CheckResult.unhealthy("answered " + status + " (expected: 200 to 399)");
  }
}
