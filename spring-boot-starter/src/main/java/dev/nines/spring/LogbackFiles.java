package dev.nines.spring;

import java.util.List;
import org.springframework.util.ClassUtils;

/** The configurations of Logback that Boot looks for on the classpath. */
final class LogbackFiles {

  static final List<String> NAMES = List.of(
      "logback-test.groovy",
      "logback-test.xml",
      "logback.groovy",
      "logback.xml",
      "logback-test-spring.groovy",
      "logback-test-spring.xml",
      "logback-spring.groovy",
      "logback-spring.xml");

  private LogbackFiles() {}

  static boolean exists(String name) {
    ClassLoader loader = ClassUtils.getDefaultClassLoader();
    return loader != null && loader.getResource(name) != null;
  }
}
