package dev.nines.spring;

import dev.nines.targets.Setting;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The part of {@code nines.*} that declares what the service promises, as core takes it. Confined to the starting thread. */
final class DeclaredSettings {

  private final List<Setting> settings = new ArrayList<>();
  private final PropertyOrigins origins;

  private DeclaredSettings(PropertyOrigins origins) {
    this.origins = origins;
  }

  /** Returns what the properties declare, each with the place where it stands. */
  static List<Setting> of(NinesProperties properties, PropertyOrigins origins) {
    DeclaredSettings declared = new DeclaredSettings(origins);
    declared.targets(properties.targets());
    declared.lifecycle(properties.lifecycle());
    declared.put(properties.traffic().peak(), "traffic", "peak");
    properties.routes().forEach(declared::route);
    properties.dependencies().forEach(declared::dependency);
    return declared.settings;
  }

  private void targets(NinesProperties.Targets targets) {
    put(targets.availability(), "targets", "availability");
    put(targets.errorRate(), "targets", "errorRate");
    putAll(targets.latency(), "targets", "latency");
    put(targets.saturation().cpu(), "targets", "saturation", "cpu");
    put(targets.saturation().memory(), "targets", "saturation", "memory");
    put(targets.saturation().disk(), "targets", "saturation", "disk");
    put(targets.recovery().detection(), "targets", "recovery", "detection");
    put(targets.recovery().restore(), "targets", "recovery", "restore");
    put(targets.recovery().rollback(), "targets", "recovery", "rollback");
    put(targets.recovery().rto(), "targets", "recovery", "rto");
    put(targets.recovery().rpo(), "targets", "recovery", "rpo");
    put(targets.durability(), "targets", "durability");
    put(targets.window(), "targets", "window");
  }

  private void lifecycle(NinesProperties.Lifecycle lifecycle) {
    put(lifecycle.start(), "lifecycle", "start");
    put(lifecycle.preStop(), "lifecycle", "preStop");
    put(lifecycle.drain(), "lifecycle", "drain");
    put(lifecycle.grace(), "lifecycle", "grace");
  }

  private void route(String name, NinesProperties.Route route) {
    put(route.errorRate(), "routes", name, "errorRate");
    putAll(route.latency(), "routes", name, "latency");
  }

  private void dependency(String name, NinesProperties.Leaned leaned) {
    Boolean required = leaned.required();
    put(required == null ? null : required.toString(), "dependencies", name, "required");
    put(leaned.availability(), "dependencies", name, "availability");
    put(leaned.latencyShare(), "dependencies", name, "latencyShare");
    put(leaned.onFailure(), "dependencies", name, "onFailure");
    put(leaned.errorRate(), "dependencies", name, "errorRate");
    put(leaned.failureRateThreshold(), "dependencies", name, "failureRateThreshold");
    put(leaned.deadline(), "dependencies", name, "deadline");
    Boolean idempotent = leaned.idempotent();
    put(idempotent == null ? null : idempotent.toString(), "dependencies", name, "idempotent");
  }

  private void putAll(Map<String, String> values, String... place) {
    values.forEach((name, value) -> {
      List<String> key = new ArrayList<>(List.of(place));
      key.add(name);
      put(value, key.toArray(String[]::new));
    });
  }

  private void put(@Nullable String value, String... key) {
    if (value != null) {
      List<String> place = List.of(key);
      settings.add(new Setting(place, value, origins.of(place)));
    }
  }
}
