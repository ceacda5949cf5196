package dev.nines.targets;

import java.math.BigDecimal;

/**
 * How full a resource may be before it counts as saturated.
 *
 * <p>Immutable and thread-safe.
 *
 * @param cpu share of the processor time that the container may use, in (0, 1]
 * @param memory share of the container's memory, in (0, 1]
 * @param disk share of the disk, in (0, 1]
 */
public record SaturationTargets(BigDecimal cpu, BigDecimal memory, BigDecimal disk) {

  public SaturationTargets {
    Problems problems = new Problems();
    cpu = problems.checked(cpu, v -> Check.fraction("saturation.cpu", v, BigDecimal.ONE));
    memory = problems.checked(memory, v -> Check.fraction("saturation.memory", v, BigDecimal.ONE));
    disk = problems.checked(disk, v -> Check.fraction("saturation.disk", v, BigDecimal.ONE));
    problems.throwIfAny();
  }
}
