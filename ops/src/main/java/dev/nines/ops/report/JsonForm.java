package dev.nines.ops.report;

import dev.nines.targets.Durations;
import java.time.Duration;
import tools.jackson.core.JsonGenerator;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;
import tools.jackson.databind.ser.std.StdSerializer;

/** A report as JSON, with durations in seconds. */
final class JsonForm {

  private static final JsonMapper JSON = JsonMapper.builder()
      .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
      .addModule(new SimpleModule().addSerializer(Duration.class, new InSeconds()))
      .enable(SerializationFeature.INDENT_OUTPUT)
      .build();

  private JsonForm() {}

  static String of(ServiceReport report) {
    ObjectNode tree = JSON.valueToTree(report);
    report.deploymentSuccess().ifPresent(share -> tree.put("deployment_success", share));
    return JSON.writeValueAsString(tree) + "\n";
  }

  private static final class InSeconds extends StdSerializer<Duration> {

    InSeconds() {
      super(Duration.class);
    }

    @Override
    public void serialize(Duration value, JsonGenerator generator, SerializationContext context) {
      generator.writeNumber(Durations.seconds(value));
    }
  }
}
