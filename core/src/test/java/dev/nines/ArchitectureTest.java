package dev.nines;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.jspecify.annotations.NullMarked;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final JavaClasses CORE = new ClassFileImporter()
      .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
      .importPackages("dev.nines");

  @Test
  void packagesHaveNoCycles() {
    slices().matching("dev.nines.(*)..").should().beFreeOfCycles().check(CORE);
  }

  @Test
  void nothingBelowKnowsTheEntrance() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.nines")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.nines")
        .check(CORE);
  }

  @Test
  void targetsAndDerivationsArePure() {
    noClasses()
        .that()
        .resideInAnyPackage("dev.nines.targets", "dev.nines.derive")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(
            "io.opentelemetry..",
            "io.github.resilience4j..",
            "java.net.http..",
            "com.sun.net.httpserver..")
        .check(CORE);
  }

  @Test
  void onlyTheDependencyPackageKnowsResilience4j() {
    noClasses()
        .that()
        .resideOutsideOfPackage("dev.nines.dependency")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("io.github.resilience4j..")
        .check(CORE);
  }

  @Test
  void onlyTheServletAdapterNeedsTheServletApi() {
    noClasses()
        .that()
        .haveNameNotMatching(".*Servlet.*")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jakarta.servlet..")
        .check(CORE);
  }

  @Test
  void everyPackageIsNullMarked() {
    classes()
        .that()
        .haveSimpleName("package-info")
        .should()
        .beAnnotatedWith(NullMarked.class)
        .check(CORE);
  }

  @Test
  void nobodyPrints() {
    noClasses()
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .check(CORE);
  }
}
