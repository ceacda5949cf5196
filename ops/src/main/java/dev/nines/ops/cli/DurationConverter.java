package dev.nines.ops.cli;

import dev.nines.targets.Durations;
import dev.nines.targets.InvalidTargetsException;
import java.time.Duration;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** Reads durations as declarations have them: {@code 5m}, {@code 1m30s}. */
final class DurationConverter implements ITypeConverter<Duration> {

  @Override
  public Duration convert(String value) {
    try {
      return Durations.parse(value);
    } catch (InvalidTargetsException e) {
      throw new TypeConversionException(e.getMessage());
    }
  }
}
