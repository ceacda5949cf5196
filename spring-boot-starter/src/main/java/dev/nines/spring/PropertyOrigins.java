package dev.nines.spring;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.StreamSupport;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.core.env.Environment;

/** Finds where a property was set: the file and line, or the source's own name for it. */
final class PropertyOrigins {

  private final Environment environment;

  PropertyOrigins(Environment environment) {
    this.environment = environment;
  }

  /** Returns the place of a declaration's key, such as {@code class path resource [application.yaml] - 4:17}. */
  String of(List<String> key) {
    ConfigurationPropertyName name = name(key);
    return StreamSupport.stream(ConfigurationPropertySources.get(environment).spliterator(), false)
        .map(source -> source.getConfigurationProperty(name))
        .filter(Objects::nonNull)
        .findFirst()
        .map(PropertyOrigins::described)
        .orElse("property " + name);
  }

  private static String described(ConfigurationProperty property) {
    return Optional.ofNullable(property.getOrigin())
        .map(Object::toString)
        .orElseGet(() -> "property " + property.getName());
  }

  private static ConfigurationPropertyName name(List<String> key) {
    ConfigurationPropertyName name = ConfigurationPropertyName.of("nines");
    for (String segment : key) {
      name = name.append(element(segment));
    }
    return name;
  }

  /** Returns a key as Spring spells it: {@code error-rate}, and in brackets what is no plain name. */
  private static String element(String segment) {
    String dashed = segment.replaceAll("(?<=[a-z0-9])(?=[A-Z])", "-").toLowerCase(Locale.ROOT);
    return ConfigurationPropertyName.isValid(dashed) && !dashed.contains(".")
        ? dashed
        : "[" + segment + "]";
  }
}
