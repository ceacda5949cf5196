package dev.nines.spring;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.ClassUtils;

/** Holds where SLF4J writes through Logback. */
final class OnLogback extends SpringBootCondition {

  @Override
  public ConditionOutcome getMatchOutcome(
      ConditionContext context, AnnotatedTypeMetadata metadata) {
    boolean logback =
        ClassUtils.isPresent("ch.qos.logback.classic.LoggerContext", context.getClassLoader())
            && LogbackConsole.isLogback();
    return new ConditionOutcome(
        logback,
        ConditionMessage.forCondition("Logback")
            .because(logback ? "SLF4J writes through it" : "SLF4J does not write through it"));
  }
}
