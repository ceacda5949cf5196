package dev.nines.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.InvocationTargetException;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A service that has none of the libraries that can be watched. */
class OptionalLibrariesTest {

  private static final List<String> LIBRARIES =
      List.of("HikariCP", "datasource-proxy", "caffeine", "lettuce", "kafka");

  @Test
  void withoutThemTheRestIsMeasuredAndADataSourceIsNoPool() throws Exception {
    assertThat(runWithout(LIBRARIES)).contains("nines_queue_items", "resource=\"executor:mailer\"");
  }

  @Test
  void withoutItsLibraryAWatchSaysWhatIsMissing() throws Exception {
    try (URLClassLoader loader = without(LIBRARIES)) {
      Class<?> bare = loader.loadClass(BareService.class.getName());

      assertThatThrownBy(() -> bare.getMethod("watchJdbc").invoke(null))
          .isInstanceOf(InvocationTargetException.class)
          .cause()
          .isInstanceOf(NoClassDefFoundError.class)
          .hasMessageContaining("net/ttddyy/dsproxy");
    }
  }

  private static String runWithout(List<String> libraries) throws Exception {
    try (URLClassLoader loader = without(libraries)) {
      return (String)
          loader.loadClass(BareService.class.getName()).getMethod("scrape").invoke(null);
    }
  }

  private static URLClassLoader without(List<String> libraries) {
    URL[] rest = Stream.of(System.getProperty("java.class.path").split(":"))
        .filter(entry -> libraries.stream().noneMatch(entry::contains))
        .map(OptionalLibrariesTest::url)
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
