package dev.nines.logging;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares our table of ECS with the fields that Elastic publishes in its package {@code @elastic/ecs} on npm. {@code .ci/run}
 * fetches it; without it there is nothing to compare with:
 *
 * <pre>{@code
 * npm pack @elastic/ecs@9.4.0 --pack-destination logging/target
 * tar -C logging/target -xzf logging/target/elastic-ecs-9.4.0.tgz package/generated
 * }</pre>
 */
class EcsPublishedTest {

  private static final Path PUBLISHED = Path.of("target/package/generated/ecs_flat.js");
  private static final Pattern FIELD = Pattern.compile(" {4}'?([@\\w.]+)'?: \\{");
  private static final Pattern TYPE = Pattern.compile(" {8}type: '(\\w+)',");
  private static final String ARRAY = "array";

  private static final Map<String, String> FIELDS = new HashMap<>();

  @BeforeAll
  static void read() throws IOException {
    if (!Files.exists(PUBLISHED)) {
      return;
    }
    String name = "";
    String suffix = "";
    for (String line : Files.readAllLines(PUBLISHED)) {
      Matcher field = FIELD.matcher(line);
      Matcher type = TYPE.matcher(line);
      if (field.matches()) {
        name = field.group(1);
        suffix = "";
      } else if (line.contains("normalize:") && line.contains(ARRAY)) {
        suffix = "[]";
      } else if (type.matches()) {
        FIELDS.put(name, type.group(1) + suffix);
      }
    }
  }

  static Stream<Map.Entry<String, String>> ours() {
    return Files.exists(PUBLISHED)
        ? Ecs.TYPES.entrySet().stream().sorted(Map.Entry.comparingByKey())
        : Stream.empty();
  }

  @ParameterizedTest(allowZeroInvocations = true)
  @MethodSource("ours")
  void aFieldThatWeWriteIsInElasticsSchemaWithItsType(Map.Entry<String, String> field) {
    assertThat(FIELDS).hasSizeGreaterThan(1_000);
    assertThat(FIELDS.get(field.getKey())).as(field.getKey()).isEqualTo(field.getValue());
  }
}
