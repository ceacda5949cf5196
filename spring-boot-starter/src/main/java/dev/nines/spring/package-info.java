/**
 * Nines in a Spring Boot service: the dependency alone gives it everything with the built-in targets, {@code nines.*}
 * properties or a {@code reliability.yaml} declare its own.
 *
 * <p>What a service has to say in code, it says as beans, and each takes the place of ours: {@link dev.nines.Nines} itself,
 * {@link dev.nines.targets.ReliabilityTargets}, {@link dev.nines.endpoint.AdminServer}, the features, any number of
 * {@link dev.nines.dependency.Dependency}, {@link dev.nines.WarmUp} and {@link dev.nines.Feature}, and a
 * {@link dev.nines.spring.NinesBuilderCustomizer} for the rest.
 *
 * <pre>{@code
 * @Bean
 * Dependency payments(@Value("${payments.url}") URI url) {
 *   return Dependency.optional("payments", Checks.http(url.resolve("/status")));
 * }
 * }</pre>
 *
 * <p>The service is ready when Spring's application is: after the runners, once required dependencies are there and warm-ups
 * are over. When the context closes, it is unready at once, waits for balancers, finishes its requests, and then lets Boot
 * stop the web server and the beans.
 */
@NullMarked
package dev.nines.spring;

import org.jspecify.annotations.NullMarked;
