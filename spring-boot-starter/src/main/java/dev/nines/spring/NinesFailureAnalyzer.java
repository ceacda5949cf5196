package dev.nines.spring;

import java.util.stream.Collectors;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Tells what is wrong with a declaration, and what to write instead: our messages read {@code name: value (expected: …)},
 * one problem a line.
 */
final class NinesFailureAnalyzer extends AbstractFailureAnalyzer<NinesStartException> {

  private static final String EXPECTED = " (expected: ";

  @Override
  protected FailureAnalysis analyze(Throwable rootFailure, NinesStartException cause) {
    String message = String.valueOf(cause.getMessage());
    String problems = message.lines().map(line -> "    " + line).collect(Collectors.joining("\n"));
    return new FailureAnalysis("Nines cannot start:\n\n" + problems, action(message), cause);
  }

  private static String action(String message) {
    return message
        .lines()
        .filter(line -> line.contains(EXPECTED))
        .findFirst()
        .map(NinesFailureAnalyzer::expected)
        .orElse(
            "Correct what is named above. nines.enabled=false starts the application without Nines.");
  }

  private static String expected(String problem) {
    String expected = problem.substring(problem.indexOf(EXPECTED) + EXPECTED.length());
    boolean closed = expected.endsWith(")");
    return "Expected is " + (closed ? expected.substring(0, expected.length() - 1) : expected)
        + ".";
  }
}
