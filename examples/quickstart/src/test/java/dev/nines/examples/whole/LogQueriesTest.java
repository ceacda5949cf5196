package dev.nines.examples.whole;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.nines.examples.documentation.MarkdownBlock;
import dev.nines.logging.Layout;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.lucene.analysis.core.KeywordAnalyzer;
import org.apache.lucene.document.Document;
import org.apache.lucene.document.DoublePoint;
import org.apache.lucene.document.Field;
import org.apache.lucene.document.StringField;
import org.apache.lucene.index.memory.MemoryIndex;
import org.apache.lucene.queryparser.flexible.core.QueryNodeException;
import org.apache.lucene.queryparser.flexible.standard.StandardQueryParser;
import org.apache.lucene.queryparser.flexible.standard.config.PointsConfig;
import org.apache.lucene.search.Query;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The queries in docs/logging.md find something, and not everything, in what a service has really logged. */
class LogQueriesTest {

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Set<String> NUMBERS = Set.of("http.response.status_code", "event.duration");

  /** What a query of LogQL asks of a line: a name, a comparison, a text. */
  private static final Pattern LABEL = Pattern.compile("(\\w+)(=~|!=|!~|=)\"([^\"]*)\"");

  private static final Pattern NUMERIC = Pattern.compile("unwrap (\\w+)|by \\((\\w+)\\)");

  private static List<String> lines;
  private static List<String> ecs;

  @TempDir
  private Path directory;

  @BeforeAll
  static void log() throws IOException, InterruptedException {
    lines = LoggedService.lines(Layout.NINES);
    ecs = LoggedService.lines(Layout.ECS_DOTTED);
  }

  static List<MarkdownBlock> jq() {
    return MarkdownBlock.in("jq");
  }

  static List<MarkdownBlock> logql() {
    return MarkdownBlock.in("logql");
  }

  static List<MarkdownBlock> lucene() {
    return MarkdownBlock.in("lucene");
  }

  @Test
  void thereAreQueriesOfEachKind() {
    assertThat(jq()).hasSizeGreaterThan(2);
    assertThat(logql()).hasSizeGreaterThan(2);
    assertThat(lucene()).hasSizeGreaterThan(2);
  }

  @ParameterizedTest
  @MethodSource("jq")
  void jqFindsWhatTheGuideSays(MarkdownBlock block) throws Exception {
    assumeTrue(
        System.getenv("CI") != null || Files.isExecutable(Path.of("/usr/bin/jq")), "needs jq");
    Path log = Files.write(directory.resolve("log"), lines);
    String options = block.text().contains("inputs") ? "-rn" : "-r";
    Process process = new ProcessBuilder("jq", options, block.text(), log.toString())
        .redirectErrorStream(true)
        .start();
    String found = new String(process.getInputStream().readAllBytes(), UTF_8);

    assertThat(process.waitFor()).as(found).isZero();
    assertThat(found.lines()).isNotEmpty().hasSizeLessThan(lines.size());
    assertThat(found).doesNotContain("null");
  }

  @ParameterizedTest
  @MethodSource("lucene")
  void elasticsearchsSyntaxFindsWhatTheGuideSays(MarkdownBlock block) throws QueryNodeException {
    StandardQueryParser parser = new StandardQueryParser(new KeywordAnalyzer());
    PointsConfig number =
        new PointsConfig(java.text.NumberFormat.getInstance(java.util.Locale.ROOT), Double.class);
    parser.setPointsConfigMap(
        NUMBERS.stream().collect(Collectors.toMap(name -> name, name -> number)));
    Query query = parser.parse(block.text(), "message");

    assertThat(ecs.stream().filter(line -> indexed(line).search(query) > 0))
        .isNotEmpty()
        .hasSizeLessThan(ecs.size());
  }

  private static MemoryIndex indexed(String line) {
    Document document = new Document();
    JSON.readTree(line).properties().forEach(field -> {
      if (NUMBERS.contains(field.getKey())) {
        document.add(new DoublePoint(field.getKey(), field.getValue().asDouble()));
      } else {
        document.add(
            new StringField(field.getKey(), field.getValue().asString(""), Field.Store.NO));
      }
    });
    return MemoryIndex.fromDocument(document, new KeywordAnalyzer());
  }

  /** Nothing here runs Loki; its parser took each of them, and here each stage finds lines. */
  @ParameterizedTest
  @MethodSource("logql")
  void lokisQueriesAskForWhatTheLinesSay(MarkdownBlock block) {
    List<JsonNode> left = new ArrayList<>(lines.stream().map(JSON::readTree).toList());
    LABEL
        .matcher(block.text())
        .results()
        .forEach(label -> left.removeIf(line -> !holds(line, label)));

    assertThat(left).isNotEmpty().hasSizeLessThan(lines.size());
    NUMERIC.matcher(block.text()).results().forEach(used -> {
      String name = used.group(1) != null ? used.group(1) : used.group(2);
      assertThat(left).allMatch(line -> line.has(name));
    });
  }

  private static boolean holds(JsonNode line, MatchResult label) {
    String name = label.group(1).equals("service_name") ? "service" : label.group(1);
    String value = line.path(name).asString("");
    return switch (label.group(2)) {
      case "=" -> value.equals(label.group(3));
      case "!=" -> !value.equals(label.group(3));
      case "=~" -> value.matches(label.group(3));
      default -> !value.matches(label.group(3));
    };
  }
}
