package dev.nines.spring;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Holds where the endpoints have an admin server of their own. */
final class OnAdminPort extends SpringBootCondition {

  @Override
  public ConditionOutcome getMatchOutcome(
      ConditionContext context, AnnotatedTypeMetadata metadata) {
    boolean own = AdminPort.in(context.getEnvironment()).own().isPresent();
    return new ConditionOutcome(
        own,
        ConditionMessage.forCondition("admin port")
            .because(own ? "one is set" : "none of their own is set for the endpoints"));
  }
}
