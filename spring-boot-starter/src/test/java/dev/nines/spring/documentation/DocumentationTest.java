package dev.nines.spring.documentation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.Nines;
import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;

/** Compiles and binds what our documents show of Spring. */
class DocumentationTest {

  private static final String IMPORTS = """
      package dev.nines.spring.documentation;
      import dev.nines.*;
      import dev.nines.dependency.*;
      import dev.nines.health.*;
      import dev.nines.health.checks.*;
      import dev.nines.spring.*;
      import java.math.BigDecimal;
      import java.net.URI;
      import java.util.concurrent.*;
      import org.springframework.beans.factory.annotation.Value;
      import org.springframework.context.annotation.Bean;
      import reactor.core.publisher.Mono;
      """;

  @TempDir
  Path directory;

  @SpringBootConfiguration
  @EnableAutoConfiguration
  static class Service {}

  private static List<String> blocks(String file, String language) throws Exception {
    Pattern fence = Pattern.compile("(?ms)^```" + language + "\\n(.*?)^```$");
    Matcher matcher = fence.matcher(Files.readString(Path.of("..").resolve(file)));
    List<String> blocks = new ArrayList<>();
    while (matcher.find()) {
      blocks.add(matcher.group(1));
    }
    assertThat(blocks).as(language + " in " + file).isNotEmpty();
    return blocks;
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "docs/spring-boot.md"})
  void theBeansOfADocumentCompile(String file) throws Exception {
    String source = IMPORTS
        + "abstract class Document extends Surroundings {\n"
        + blocks(file, "java spring").stream().collect(Collectors.joining("\n"))
        + "}\n";
    StringWriter messages = new StringWriter();
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options = List.of(
          "-d",
          directory.toString(),
          "-classpath",
          System.getProperty("java.class.path"),
          "-proc:none");
      SimpleJavaFileObject document =
          new SimpleJavaFileObject(
              URI.create("string:///Document.java"), SimpleJavaFileObject.Kind.SOURCE) {
            @Override
            public CharSequence getCharContent(boolean ignoreEncodingErrors) {
              return source;
            }
          };
      boolean compiled = compiler
          .getTask(messages, files, null, options, null, List.of(document))
          .call();
      assertThat(compiled).as(messages.toString()).isTrue();
    }
  }

  @Test
  void thePropertiesOfTheGuideStartAService() throws Exception {
    Path yaml = Files.writeString(
        directory.resolve("application.yaml"),
        String.join("\n---\n", blocks("docs/spring-boot.md", "yaml spring")));
    try (ConfigurableApplicationContext context = new SpringApplicationBuilder(Service.class)
        .web(WebApplicationType.NONE)
        .properties("spring.profiles.active=test", "logging.level.root=WARN")
        .run("--spring.config.location=" + yaml, "--nines.lifecycle.pre-stop=0s")) {
      assertThat(context.getBean(Nines.class).settings().targets().errorRate())
          .isEqualByComparingTo("0.005");
    }
  }

  @Test
  void everyPropertyStandsInTheGuide() throws Exception {
    String guide = Files.readString(Path.of("../docs/spring-boot.md"));
    for (String property : List.of(
        "nines.enabled",
        "nines.service",
        "nines.version",
        "nines.environment",
        "nines.config",
        "nines.admin.port",
        "nines.admin.address",
        "nines.admin.token",
        "nines.checks.data-source.enabled",
        "nines.checks.data-source.names",
        "nines.checks.redis",
        "nines.checks.rabbit",
        "nines.checks.kafka",
        "nines.calls.enabled",
        "nines.logging.json",
        "nines.logging.layout",
        "nines.logging.redact",
        "nines.metrics.max-series",
        "nines.metrics.naming",
        "nines.trusted-proxies")) {
      assertThat(guide).contains(property);
    }
  }
}
