package dev.nines.spring;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Holds where the application's own server serves the endpoints. */
final class OnApplicationPort extends SpringBootCondition {

  @Override
  public ConditionOutcome getMatchOutcome(
      ConditionContext context, AnnotatedTypeMetadata metadata) {
    boolean application = AdminPort.in(context.getEnvironment()).isApplication();
    return new ConditionOutcome(
        application,
        ConditionMessage.forCondition("application port")
            .because(application ? "no other port is set" : "the endpoints are served elsewhere"));
  }
}
