package dev.nines.http;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Clients that can be guarded are optional: whoever does without one must not meet it. */
class OptionalClientsTest {

  private static final List<String> LIBRARIES = List.of("httpclient5", "okhttp", "okio", "kotlin");

  @Test
  void onlyItsAdapterKnowsAClient() {
    noClasses()
        .that()
        .haveNameNotMatching(".*\\.http\\.(Guarded)?(Apache|OkHttp).*")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.hc.client5..", "okhttp3..", "okio..", "kotlin..")
        .orShould()
        .dependOnClassesThat()
        .haveNameMatching("dev\\.nines\\.http\\.(Guarded)?(Apache|OkHttp).*")
        .check(new ClassFileImporter()
            .withImportOption(new ImportOption.DoNotIncludeTests())
            .importPackages("dev.nines"));
  }

  @Test
  void withoutThemTheJdksClientIsGuardedAndTheOthersSayWhatIsMissing() throws Exception {
    try (URLClassLoader loader = without(LIBRARIES)) {
      Class<?> guarded = Class.forName("dev.nines.http.GuardedHttpClient", true, loader);
      assertThat(guarded.getMethods()).extracting("name").contains("of", "send");
      assertMissing(loader, "GuardedApacheHttpClient", "org/apache/hc/client5");
      assertMissing(loader, "GuardedOkHttpClient", "okhttp3");
    }
  }

  private static void assertMissing(ClassLoader loader, String adapter, String library) {
    assertThatThrownBy(
            () -> Class.forName("dev.nines.http." + adapter, true, loader).getMethods())
        .isInstanceOf(NoClassDefFoundError.class)
        .hasMessageContaining(library);
  }

  private static URLClassLoader without(List<String> libraries) {
    URL[] rest = Stream.of(System.getProperty("java.class.path").split(":"))
        .filter(entry -> libraries.stream().noneMatch(entry::contains))
        .map(OptionalClientsTest::url)
        .toArray(URL[]::new);
    return new URLClassLoader(rest, ClassLoader.getPlatformClassLoader());
  }

  private static URL url(String entry) {
    try {
      return Path.of(entry).toUri().toURL();
    } catch (MalformedURLException e) {
      throw new IllegalStateException(e);
    }
  }
}
