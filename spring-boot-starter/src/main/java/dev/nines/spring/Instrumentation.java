package dev.nines.spring;

import dev.nines.Nines;
import dev.nines.telemetry.Event;
import io.micrometer.core.instrument.MeterRegistry;
import io.opentelemetry.api.OpenTelemetry;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.util.ClassUtils;

/** Says at the start who else could record a request, and what became of it, so that nobody has to guess from doubled series. */
final class Instrumentation {

  private static final String MICROMETER = "io.micrometer.core.instrument.MeterRegistry";

  private final Map<String, String> found = new TreeMap<>();

  private Instrumentation() {}

  static void tell(Nines nines, ListableBeanFactory beans) {
    Instrumentation instrumentation = new Instrumentation();
    instrumentation.look(nines, beans);
    if (!instrumentation.found.isEmpty()) {
      nines.events().publish(instrumentation.event());
    }
  }

  private void look(Nines nines, ListableBeanFactory beans) {
    if (beans.containsBean("webMvcObservationFilter")) {
      boolean leftOut = beans.containsBean("ninesObservedOnce");
      found.put("boot_observation", leftOut ? "left out" : "records too");
    }
    if (isPresent(MICROMETER)
        && beans.getBeanNamesForType(MeterRegistry.class).length > 0
        && !beans.containsBean("ninesMeterRegistry")) {
      found.put("meter_registry", "used");
    }
    if (beans.getBeanNamesForType(OpenTelemetry.class).length > 0) {
      boolean used =
          beans.getBeanProvider(OpenTelemetry.class).getIfUnique() == nines.openTelemetry();
      found.put("open_telemetry", used ? "used" : "beside ours");
    }
    if (JavaAgent.isPresent()) {
      found.put("java_agent", "its spans are joined");
    }
  }

  private static boolean isPresent(String type) {
    return ClassUtils.isPresent(type, Instrumentation.class.getClassLoader());
  }

  private Event event() {
    Map<String, Object> fields = new LinkedHashMap<>(found);
    fields.put("recorder", "nines");
    return new Event(
        "instrumentation_found",
        found.containsValue("records too") ? System.Logger.Level.WARNING : System.Logger.Level.INFO,
        "Requests are recorded by Nines"
            + (JavaAgent.isPresent() ? ", their spans by the agent" : "") + "; found beside it: "
            + found,
        fields);
  }
}
