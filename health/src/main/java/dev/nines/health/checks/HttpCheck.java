package dev.nines.health.checks;

import dev.nines.dependency.Check;
import dev.nines.dependency.CheckResult;
import dev.nines.dependency.CheckRun;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import javax.net.ssl.SSLContext;

/**
 * Asks over HTTP with GET and compares the answer with what is expected; see {@link Checks#http}.
 *
 * <p>Immutable and thread-safe: each method returns a new one.
 */
public final class HttpCheck implements Check {

  private final HttpQuestion question;
  private final Set<Integer> statuses;
  private final Predicate<String> body;

  HttpCheck(URI uri) {
    this(new HttpQuestion(uri), Set.of(), any -> true);
  }

  private HttpCheck(HttpQuestion question, Set<Integer> statuses, Predicate<String> body) {
    this.question = question;
    this.statuses = statuses;
    this.body = body;
  }

  /**
   * Expects one of these statuses, in place of 200 to 399.
   *
   * @throws IllegalArgumentException if there is none, or one is not in 200 to 599
   */
  public HttpCheck status(int... expected) {
    if (expected.length == 0) {
      throw new IllegalArgumentException("status: none (expected: at least one)");
    }
    Set<Integer> all = new TreeSet<>();
    Arrays.stream(expected).forEach(each -> all.add(Require.between("status", each, 200, 599)));
    return new HttpCheck(question, all, body);
  }

  /** Expects this text, to the letter, in the first {@value BodyStart#MOST_BYTES} bytes of the body. */
  public HttpCheck containing(String text) {
    return body(start -> start.contains(text));
  }

  /**
   * Expects a body whose first {@value BodyStart#MOST_BYTES} bytes, read as UTF-8, pass a test. All tests must pass.
   *
   * @param expected thread-safe
   */
  public HttpCheck body(Predicate<String> expected) {
    return new HttpCheck(question, statuses, body.and(expected));
  }

  /**
   * Sends a header, such as {@code Authorization} or {@code Accept}. Its value is never shown.
   *
   * @throws IllegalArgumentException if name or value are not fit for a header, or belong to the protocol
   */
  public HttpCheck header(String name, String value) {
    return new HttpCheck(question.header(name, value), statuses, body);
  }

  /** Returns the URI that it asks. */
  @Override
  public Optional<Object> subject() {
    return Optional.of(question.uri());
  }

  /**
   * Takes another context for {@code https} than the JVM's own. Nothing under TLS 1.2 is spoken with either.
   *
   * @param context decides who is trusted, and what certificate of one's own is shown: the one of the service's client
   */
  public HttpCheck tls(SSLContext context) {
    return new HttpCheck(question.tls(context), statuses, body);
  }

  @Override
  public CheckResult run(CheckRun run) throws IOException, InterruptedException {
    HttpResponse<String> answer = question.ask(run, new BodyStart());
    int status = answer.statusCode();
    if (!expected(status)) {
      return CheckResult.unhealthy("answered " + status + " (expected: " + expectation() + ")");
    }
    return body.test(answer.body())
        ? CheckResult.healthy()
        : CheckResult.unhealthy("answered " + status + " with a body other than the expected one");
  }

  private boolean expected(int status) {
    return statuses.isEmpty() ? status >= 200 && status < 400 : statuses.contains(status);
  }

  private String expectation() {
    return statuses.isEmpty()
        ? "200 to 399"
        : statuses.toString().substring(1, statuses.toString().length() - 1);
  }
}
