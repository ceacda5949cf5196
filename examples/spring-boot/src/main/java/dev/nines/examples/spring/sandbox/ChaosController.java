package dev.nines.examples.spring.sandbox;

import dev.nines.examples.faults.Fault;
import java.util.Map;
import java.util.function.Consumer;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.server.ResponseStatusException;

/** Breaks the dependencies, for real: {@code POST /chaos/{name}?mode=down|slow|up}. */
@RestController
class ChaosController {

  private final Map<String, Consumer<Fault>> breakable;

  ChaosController(Sandbox sandbox) {
    this.breakable = sandbox.breakable();
  }

  @PostMapping("/chaos/{dependency}")
  Map<String, String> set(@PathVariable String dependency, @RequestParam String mode) {
    Consumer<Fault> broken = breakable.get(dependency);
    if (broken == null) {
      throw new ResponseStatusException(
          HttpStatus.NOT_FOUND,
          "no such dependency (expected: one of " + String.join(", ", breakable.keySet()) + ")");
    }
    Fault fault = Fault.named(mode)
        .orElseThrow(() -> new ResponseStatusException(
            HttpStatus.BAD_REQUEST, "mode (expected: down, slow or up)"));
    broken.accept(fault);
    return Map.of(dependency, fault.label());
  }
}
