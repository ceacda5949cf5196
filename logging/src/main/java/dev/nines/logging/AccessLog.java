package dev.nines.logging;

import dev.nines.logging.RequestEntry.Verdict;
import dev.nines.logging.RequestLog.Part;
import dev.nines.request.Exchange;
import dev.nines.request.Outcome;
import dev.nines.request.RequestListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.event.Level;

/**
 * Writes one line for each request, when it has ended and its trace is still current. Success and the caller's own mistakes
 * are INFO, for neither is a matter for whoever is paged; a refusal is WARN, a failure ERROR.
 *
 * <p>Thread-safe.
 */
final class AccessLog implements RequestListener {

  static final String LOGGER = "access";

  private final Logger log;
  private final RequestLog chosen;
  private final RequestMessages messages = new RequestMessages();
  private final Sampler sampler;
  private final @Nullable DebugLines debug;

  AccessLog(Logger log, RequestLog chosen, @Nullable DebugLines debug) {
    this.log = log;
    this.chosen = chosen;
    this.sampler = new Sampler(chosen.successes());
    this.debug = debug;
  }

  @Override
  public void ended(Exchange exchange) {
    boolean broken = exchange.sloBroken();
    int debugOmitted = debug == null ? 0 : debug.ended(exchange, broken);
    Level level = levelOf(exchange.outcome());
    if (!chosen.has(Part.LINES) || !log.isEnabledForLevel(level)) {
      return;
    }
    boolean sampled = exchange.outcome() == Outcome.SUCCESS && !broken && !sampler.keepsAll();
    if (!sampled || sampler.keeps(exchange.span().getSpanContext())) {
      double rate = sampled ? chosen.successes() : 1;
      write(exchange, level, new Verdict(broken, rate, debugOmitted));
    }
  }

  private void write(Exchange exchange, Level level, Verdict verdict) {
    RequestEntry entry = new RequestEntry(exchange, verdict, ClientTexts.of(exchange, chosen));
    log.atLevel(level).addKeyValue(LineFields.KEY, entry).log(messages.of(exchange));
  }

  static Level levelOf(Outcome outcome) {
    return switch (outcome) {
      case SUCCESS, CLIENT_ERROR, CLIENT_ABORT -> Level.INFO;
      case REJECTED -> Level.WARN;
      case SERVER_ERROR -> Level.ERROR;
    };
  }
}
