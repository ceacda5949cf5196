package dev.nines.spring;

import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.Profiles;

/**
 * Whether lines are JSON: as {@code nines.logging.json} says, else not on a developer's machine, nor where Boot's own
 * structured logging was asked for.
 */
final class JsonLines {

  /** Where people read the console. */
  private static final Profiles READ_BY_PEOPLE = Profiles.of("dev", "development", "local", "test");

  private static final String STRUCTURED = "logging.structured.format.console";

  private JsonLines() {}

  static boolean wanted(Environment environment) {
    return Binder.get(environment)
        .bind("nines.logging.json", Boolean.class)
        .orElseGet(() -> !environment.containsProperty(STRUCTURED)
            && !environment.acceptsProfiles(READ_BY_PEOPLE));
  }

  /** Returns whether Logback is as Boot itself sets it up. */
  static boolean hasBootsDefaults(ConfigurableEnvironment environment) {
    return !environment.containsProperty("logging.config")
        && LogbackFiles.NAMES.stream().noneMatch(LogbackFiles::exists);
  }
}
