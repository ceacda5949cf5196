package dev.nines.spring;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class ArchitectureTest {

  private static final JavaClasses STARTER = new ClassFileImporter()
      .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
      .importPackages("dev.nines.spring");

  @Test
  void theStarterNeverNeedsTheToolsOutsideTheProcess() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .resideInAPackage("dev.nines.ops..")
        .check(STARTER);
  }

  @Test
  void onlyAutoConfigurationsCustomizersAndTheAnnotationArePublic() {
    classes()
        .that()
        .haveModifier(JavaModifier.PUBLIC)
        .and()
        .areTopLevelClasses()
        .should()
        .haveNameMatching(".*(AutoConfiguration|Customizer|GuardedBy|package-info)")
        .check(STARTER);
  }

  @Test
  void everyAutoConfigurationIsListed() throws Exception {
    String imports =
        "/META-INF/spring/org.springframework.boot.autoconfigure.AutoConfiguration.imports";
    try (InputStream in = ArchitectureTest.class.getResourceAsStream(imports)) {
      List<String> listed =
          new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
      assertThat(listed)
          .isSorted()
          .containsExactlyInAnyOrderElementsOf(STARTER.stream()
              .map(each -> each.getName())
              .filter(name -> name.endsWith("AutoConfiguration"))
              .toList());
    }
  }
}
