package dev.nines.http;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The servlet API is optional: whoever does without it must not meet it. */
class OptionalServletTest {

  @Test
  void onlyTheServletFiltersClassesKnowTheServletApi() {
    noClasses()
        .that()
        .haveSimpleNameNotContaining("Servlet")
        .and()
        .doNotHaveSimpleName("ObservedReader")
        .and()
        .haveNameNotMatching(".*Servlet.*")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jakarta.servlet..")
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching("dev\\.nines\\.http\\..*Servlet.*")
        .check(new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.nines"));
  }

  @Test
  void theAdaptersWorkWhereThereIsNoServletApi() throws Exception {
    URL[] withoutServlets = Stream.of(System.getProperty("java.class.path").split(":"))
        .filter(entry -> !entry.contains("servlet") && !entry.contains("tomcat"))
        .map(OptionalServletTest::url)
        .toArray(URL[]::new);
    try (URLClassLoader loader =
        new URLClassLoader(withoutServlets, ClassLoader.getPlatformClassLoader())) {
      Class<?> adapters = loader.loadClass("dev.nines.http.HttpAdapters");

      assertThat(Arrays.stream(adapters.getDeclaredMethods())
              .map(m -> m.getReturnType().getName()))
          .contains(HttpServer.class.getName());
    }
  }

  private static URL url(String entry) {
    try {
      return java.nio.file.Path.of(entry).toUri().toURL();
    } catch (java.net.MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }
}
