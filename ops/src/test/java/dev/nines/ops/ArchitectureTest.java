package dev.nines.ops;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final JavaClasses OPS = new ClassFileImporter()
      .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
      .importPackages("dev.nines.ops");

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.nines.ops.(*)..").should().beFreeOfCycles().check(OPS);
  }

  @Test
  void nothingBelowKnowsTheCommand() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.nines.ops.cli")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.nines.ops.cli")
        .check(OPS);
  }

  @Test
  void nothingRunsWhatRunsInAService() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("dev.nines", "dev.nines.health..", "dev.nines.metrics..")
        .check(OPS);
  }

  @Test
  void everyPackageIsNullMarked() {
    classes()
        .that()
        .haveSimpleName("package-info")
        .should()
        .beAnnotatedWith(NullMarked.class)
        .check(OPS);
  }

  @Test
  void nobodyPrints() {
    noClasses()
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(OPS);
  }
}
