package dev.nines.spring;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;

/** Holds where Actuator's server on the management port serves the endpoints. */
final class OnManagementPort extends SpringBootCondition {

  @Override
  public ConditionOutcome getMatchOutcome(
      ConditionContext context, AnnotatedTypeMetadata metadata) {
    boolean management = AdminPort.in(context.getEnvironment()).isActuators();
    return new ConditionOutcome(
        management,
        ConditionMessage.forCondition("management port")
            .because(management ? "Actuator listens on it" : "the endpoints are served elsewhere"));
  }
}
