package dev.nines.spring;

import dev.nines.Feature;
import dev.nines.Nines;
import dev.nines.NinesBuilder;
import dev.nines.WarmUp;
import dev.nines.budget.BudgetHistory;
import dev.nines.dependency.Dependency;
import dev.nines.endpoint.AdminServer;
import dev.nines.http.TrustedProxies;
import dev.nines.request.Tenants;
import dev.nines.targets.ReliabilityTargets;
import dev.nines.time.TimeSource;
import io.opentelemetry.api.OpenTelemetry;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.env.Environment;

/** Calls the builder as properties and beans say, and opens the service. Confined to the starting thread. */
final class NinesFactory {

  private static final String UNNAMED = "application";

  private final ListableBeanFactory beans;
  private final Environment environment;
  private final NinesProperties properties;
  private final ReliabilityTargets targets;

  NinesFactory(
      ListableBeanFactory beans,
      Environment environment,
      NinesProperties properties,
      ReliabilityTargets targets) {
    this.beans = beans;
    this.environment = environment;
    this.properties = properties;
    this.targets = targets;
  }

  /** @throws NinesStartException if something is declared that cannot be kept, or something needed cannot be had */
  Nines open() {
    try {
      return builder().open();
    } catch (IllegalArgumentException | IllegalStateException e) {
      throw new NinesStartException(e.getMessage(), e);
    }
  }

  private NinesBuilder builder() {
    NinesBuilder builder =
        properties.service() == null ? Nines.builder() : Nines.builder(properties.service());
    builder.targets(named()).withoutShutdownHook();
    identify(builder);
    beans.getBeanProvider(AdminServer.class).ifUnique(builder::admin);
    JavaAgent.lend(builder);
    beans.getBeanProvider(OpenTelemetry.class).ifUnique(builder::openTelemetry);
    beans.getBeanProvider(Tenants.class).ifUnique(builder::tenants);
    beans.getBeanProvider(BudgetHistory.class).ifUnique(builder::budgetHistory);
    beans.getBeanProvider(TimeSource.class).ifUnique(builder::time);
    beans.getBeanProvider(TrustedProxies.class).ifUnique(builder::trustedProxies);
    dependencies().forEach(builder::dependency);
    beans.getBeanProvider(WarmUp.class).orderedStream().forEach(builder::warmUp);
    beans.getBeanProvider(Feature.class).orderedStream().forEach(builder::install);
    beans
        .getBeanProvider(NinesBuilderCustomizer.class)
        .orderedStream()
        .forEach(customizer -> customizer.customize(builder));
    return builder;
  }

  /** A declaration that names no service takes the application's name. */
  private ReliabilityTargets named() {
    if (targets.service().isPresent()) {
      return targets;
    }
    String name = environment.getProperty("spring.application.name", UNNAMED);
    String plain = name.strip().replaceAll("[^A-Za-z0-9._-]+", "-");
    return targets.toBuilder().service(plain.isEmpty() ? UNNAMED : plain).build();
  }

  private void identify(NinesBuilder builder) {
    if (properties.version() != null) {
      builder.version(properties.version());
    } else if (!environment.containsProperty("SERVICE_VERSION")) {
      String packaged = environment.getProperty("spring.application.version");
      if (packaged != null) {
        builder.version(packaged);
      }
    }
    if (properties.environment() != null) {
      builder.environment(properties.environment());
    }
    if (!properties.trustedProxies().isEmpty()) {
      builder.trustedProxies(TrustedProxies.of(properties.trustedProxies().toArray(String[]::new)));
    }
  }

  /** A bean goes before what follows from other beans or properties, by its name. */
  private Collection<Dependency> dependencies() {
    Map<String, Dependency> byName = new LinkedHashMap<>();
    List<Dependency> declared =
        new ArrayList<>(beans.getBeanProvider(Dependency.class).orderedStream().toList());
    declared.forEach(dependency -> {
      if (byName.put(dependency.name(), dependency) != null) {
        throw new IllegalArgumentException("dependency: " + dependency.name()
            + " (expected: one bean of type Dependency for each name)");
      }
    });
    beans
        .getBeanProvider(DeclaredDependencies.class)
        .orderedStream()
        .flatMap(source -> source.of(targets, List.copyOf(byName.values())).stream())
        .forEach(dependency -> byName.putIfAbsent(dependency.name(), dependency));
    return byName.values();
  }
}
