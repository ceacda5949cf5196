package dev.nines.dependency;

import dev.nines.budget.BudgetState;
import dev.nines.dependency.Guard.BreakerState;
import dev.nines.derive.RetryRules;
import java.util.concurrent.atomic.LongAdder;

/**
 * Decides whether a failed call of one dependency is tried again, and when. Thread-safe.
 *
 * <p>resilience4j's retry can't: it knows neither a deadline nor a share of the load, and asks for a scheduler of the
 * caller's.
 */
final class Retries {

  /** Not at all. */
  static final long NOT = -1;

  private final RetryRules rules;
  private final GuardTools tools;
  private final Breaker breaker;
  private final RetryBudget budget;
  private final Refusals refusals;
  private final LongAdder[] decisions = new LongAdder[RetryDecision.values().length];

  Retries(RetryRules rules, GuardTools tools, Breaker breaker, Refusals refusals) {
    this.rules = rules;
    this.tools = tools;
    this.breaker = breaker;
    this.refusals = refusals;
    this.budget = new RetryBudget(rules, tools.time().nanos());
    for (int i = 0; i < decisions.length; i++) {
      decisions[i] = new LongAdder();
    }
  }

  /** Counts the first attempt of a call that may be repeated. */
  void called(long now) {
    budget.called(now);
  }

  /** Returns whether a call may have another attempt, if this one is given up now. */
  boolean possible(Repetition of, long now) {
    return of.attempts() < rules.attempts()
        && breaker.state() == BreakerState.CLOSED
        && tools.budget().get() == BudgetState.NORMAL
        && budget.left(now);
  }

  /** Returns after how many nanoseconds to try again, or {@link #NOT}; {@code Retry-After} is waited for before the backoff. */
  long after(Repetition of, long now) {
    long wait = of.asked().toNanos() + backoff(of.attempts());
    RetryDecision decision = decide(of, wait, now);
    decisions[decision.ordinal()].increment();
    if (decision.withheld()) {
      refusals.withheld(decision, now);
    }
    return decision == RetryDecision.RETRIED ? wait : NOT;
  }

  long count(RetryDecision decision) {
    return decisions[decision.ordinal()].sum();
  }

  private RetryDecision decide(Repetition of, long wait, long now) {
    if (of.attempts() >= rules.attempts()) {
      return RetryDecision.ATTEMPTS_SPENT;
    }
    if (breaker.state() != BreakerState.CLOSED) {
      return RetryDecision.BREAKER_OPEN;
    }
    if (now + wait - of.due() >= 0) {
      return RetryDecision.NO_TIME;
    }
    if (tools.budget().get() != BudgetState.NORMAL) {
      return RetryDecision.BUDGET_BURNING;
    }
    return budget.take(now) ? RetryDecision.RETRIED : RetryDecision.BUDGET_SPENT;
  }

  /** Full jitter: anything from nothing to twice as much after each attempt. */
  private long backoff(int attempts) {
    return (long) (tools.random().getAsDouble() * (rules.backoff().toNanos() << attempts - 1));
  }
}
