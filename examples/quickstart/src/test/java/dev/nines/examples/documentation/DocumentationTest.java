package dev.nines.examples.documentation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.nines.derive.Derived;
import dev.nines.derive.Explanation;
import dev.nines.derive.Settings;
import dev.nines.targets.DependencyTargets;
import dev.nines.targets.ReliabilityTargets;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;
import tools.jackson.databind.json.JsonMapper;

class DocumentationTest {

  /** Each is run by the gate, .ci/run. */
  private static final Set<String> COMMANDS = Set.of("mvn -q -Pquickstart", "mvn verify");

  @TempDir
  Path directory;

  static List<String> filesWithJava() {
    return MarkdownBlock.in("java").stream().map(MarkdownBlock::file).distinct().toList();
  }

  static List<MarkdownBlock> yaml() {
    return MarkdownBlock.in("yaml");
  }

  static List<MarkdownBlock> xml() {
    return MarkdownBlock.in("xml");
  }

  @ParameterizedTest
  @MethodSource("filesWithJava")
  void theJavaOfADocumentCompiles(String file) {
    List<MarkdownBlock> blocks = MarkdownBlock.in("java").stream()
        .filter(block -> block.file().equals(file))
        .toList();
    assertThat(JavaBlocks.compile(blocks, directory)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("yaml")
  void theYamlOfADocumentIsADeclaration(MarkdownBlock block) throws Exception {
    Path file = Files.writeString(directory.resolve("reliability.yaml"), block.text());
    assertThatCode(() -> ReliabilityTargets.load(file))
        .as(block.toString())
        .doesNotThrowAnyException();
  }

  @Test
  void theDeclarationInReadmeShowsTheDefaults() throws Exception {
    MarkdownBlock first = of("README.md", yaml()).get(0);
    Path file = Files.writeString(directory.resolve("reliability.yaml"), first.text());
    assertThat(ReliabilityTargets.load(file))
        .isEqualTo(ReliabilityTargets.builder().service("checkout").build());
  }

  @ParameterizedTest
  @MethodSource("xml")
  void theArtifactsOfADocumentStandInTheBom(MarkdownBlock block) throws Exception {
    String bom = Files.readString(Path.of("../../bom/pom.xml"));
    Document document = DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader("<root>" + block.text() + "</root>")));
    var artifacts = document.getElementsByTagName("artifactId");
    assertThat(artifacts.getLength()).isPositive();
    for (int i = 0; i < artifacts.getLength(); i++) {
      assertThat(bom)
          .contains("<artifactId>" + artifacts.item(i).getTextContent() + "</artifactId>");
    }
  }

  @Test
  void everyCommandIsOneThatTheGateRuns() {
    String commands = MarkdownBlock.in("sh").stream()
        .flatMap(block -> block.text().lines())
        .filter(line -> !COMMANDS.contains(line))
        .collect(Collectors.joining("\n"));
    assertThat(commands).isEmpty();
  }

  @Test
  void theJsonOfADocumentParses() {
    JsonMapper json = new JsonMapper();
    assertThat(MarkdownBlock.in("json").stream().flatMap(block -> block.text().lines()))
        .isNotEmpty()
        .allSatisfy(line -> assertThat(json.readTree(line).isObject()).isTrue());
  }

  @ParameterizedTest
  @ValueSource(strings = {"README.md", "health.md"})
  void theNumbersThatADocumentShowsAreThoseThatExplainGives(String file) {
    ReliabilityTargets targets = ReliabilityTargets.builder()
        .dependency(DependencyTargets.optional("payments"))
        .build();
    Explanation explanation = Settings.derive(targets).explanation();
    String subject = "";
    for (String line : of(file, MarkdownBlock.in("text")).get(0).text().split("\n")) {
      if (!line.startsWith(" ")) {
        subject = line;
        continue;
      }
      String[] row = line.strip().split("\\s+", 2);
      assertThat(explanation.row(subject + "." + row[0]).map(Derived::value)).contains(row[1]);
    }
  }

  private static List<MarkdownBlock> of(String file, List<MarkdownBlock> blocks) {
    return blocks.stream().filter(block -> block.file().equals(file)).toList();
  }

  @Test
  void everyBlockIsOfAKindThatATestKnows() {
    assertThat(MarkdownBlock.all()).allSatisfy(block -> assertThat(block.language())
        .as(block.toString())
        .isIn(
            "java",
            "yaml",
            "xml",
            "sh",
            "console",
            "json",
            "text",
            "jq",
            "logql",
            "lucene",
            "promql",
            // Compiled, bound and run by a test of the starter.
            "java spring",
            "yaml spring",
            "text spring",
            // Stand so in examples/spring-boot, by a test there.
            "yaml example",
            "java example",
            // Held equal to what nines-ops generates, by a test there.
            "yaml kubernetes",
            "yaml compose",
            // Has the fields that nines-ops writes, by a test there.
            "yaml report",
            // Read by promtool as a part of a scrape configuration, by a test there.
            "yaml prometheus",
            "dockerfile",
            "haproxy",
            "nginx"));
  }
}
