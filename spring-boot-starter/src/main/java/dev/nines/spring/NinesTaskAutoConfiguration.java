package dev.nines.spring;

import io.opentelemetry.context.Context;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.task.TaskDecorator;
import org.springframework.scheduling.concurrent.ThreadPoolTaskExecutor;

/** Work that Boot's executor takes over from a request, {@code @Async} and Spring MVC's own included, keeps its trace. */
@AutoConfiguration(before = TaskExecutionAutoConfiguration.class)
@ConditionalOnNines
@ConditionalOnClass(ThreadPoolTaskExecutor.class)
public final class NinesTaskAutoConfiguration {

  @Bean
  @ConditionalOnMissingBean(name = "ninesTaskDecorator")
  TaskDecorator ninesTaskDecorator() {
    return task -> Context.current().wrap(task);
  }
}
