package dev.nines.health.checks;

import org.junit.jupiter.api.Test;

class OptionalLibrariesTest {

  @Test
  void whatNeedsNoOptionalLibraryWorksWithoutAnyAndTheRestSaysWhatIsMissing() throws Exception {
    new Probe(BareProbe.class).without(jar -> jar.matches(".*(HikariCP|jna).*")).run();
  }
}
