package dev.nines.health;

import dev.nines.endpoint.Endpoint;
import dev.nines.endpoint.EndpointRequest;
import dev.nines.endpoint.EndpointResponse;
import dev.nines.targets.Durations;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Answers one question of the board's, at one path.
 *
 * <ul>
 *   <li>{@code ?check=}, repeatable, asks for some of the checks; one that is not there is 404. The probes' paths take no
 *       notice of it: what the platform asks is not up for choice.
 *   <li>{@code If-None-Match} with the last {@code ETag} gets 304 while a 200 would tell the same.
 *   <li>{@code ?wait=30s} waits for a change, from {@code since=} (an {@code ETag}) or from now on.
 * </ul>
 *
 * @param path exact
 * @param question what is asked there
 * @param chooses whether {@code ?check=} is heard
 * @param board knows the answer
 * @param waiters those who wait for another
 */
record ViewEndpoint(String path, Question question, boolean chooses, Board board, Waiters waiters)
    implements Endpoint {

  /** Longer ones are no durations, and need not be looked at. */
  private static final int LONGEST_TEXT = 20;

  @Override
  public EndpointResponse handle(EndpointRequest request) {
    EndpointResponse refusal = refusal(request);
    return refusal == null ? answer(asked(request), request) : refusal;
  }

  @Override
  public CompletableFuture<EndpointResponse> handleLater(EndpointRequest request) {
    List<String> wait = request.parameters("wait");
    if (wait.isEmpty() || refusal(request) != null) {
      return CompletableFuture.completedFuture(handle(request));
    }
    Optional<Duration> atMost = duration(wait.get(0));
    if (atMost.isEmpty()) {
      return CompletableFuture.completedFuture(EndpointResponse.text(
          400, "wait: (expected: 0s to " + Durations.format(LONGEST_WAIT) + ")\n"));
    }
    Question asked = asked(request);
    String since = request.parameters("since").stream()
        .findFirst()
        .map(EntityTags::stamp)
        .orElseGet(() -> board.stamp(board.snapshot(), asked));
    return waiters.await(asked, since, atMost.get(), () -> answer(asked, request));
  }

  private EndpointResponse answer(Question asked, EndpointRequest request) {
    Format format = Format.accepted(request.header("accept"));
    EndpointResponse answer = board.answer(asked, format, request.authorized());
    return EntityTags.unchanged(answer, request.header("if-none-match"))
        ? EntityTags.notModified(answer)
        : answer;
  }

  private Question asked(EndpointRequest request) {
    List<String> names = chosen(request);
    return names.isEmpty() ? question : new Question(question.view(), Set.copyOf(names));
  }

  private List<String> chosen(EndpointRequest request) {
    return chooses ? request.parameters("check") : List.of();
  }

  /** Strangers who may not see names may not guess them either. */
  private @Nullable EndpointResponse refusal(EndpointRequest request) {
    List<String> names = chosen(request);
    if (names.isEmpty()) {
      return null;
    }
    if (!request.authorized() && !board.showsNames()) {
      return EndpointResponse.text(401, "unauthorized\n").withHeader("WWW-Authenticate", "Bearer");
    }
    return board.knows(question, Set.copyOf(names))
        ? null
        : EndpointResponse.text(404, "no such check\n");
  }

  private static Optional<Duration> duration(String text) {
    try {
      return Optional.of(text)
          .filter(t -> t.length() <= LONGEST_TEXT)
          .map(Durations::parse)
          .filter(wait -> wait.compareTo(LONGEST_WAIT) <= 0);
    } catch (IllegalArgumentException noDuration) {
      return Optional.empty();
    }
  }
}
