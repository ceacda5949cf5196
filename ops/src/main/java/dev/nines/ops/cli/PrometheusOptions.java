package dev.nines.ops.cli;

import dev.nines.ops.prometheus.PrometheusClient;
import java.net.URI;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Where a subcommand reads the service's metrics. */
final class PrometheusOptions {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--prometheus",
      paramLabel = "URL",
      description = "A Prometheus that scrapes the service, or what speaks its API.")
  private @Nullable URI prometheus;

  @Option(
      names = "--selector",
      paramLabel = "MATCHERS",
      description = "Label matchers that find the series of all instances of the service in"
          + " Prometheus, such as 'job=\"checkout\",namespace=\"shop\"'; default: its name as job.")
  private @Nullable String selector;

  @Option(
      names = "--authorization-file",
      paramLabel = "FILE",
      description = "A file with the header Authorization to send, such as 'Bearer …'; it is never"
          + " shown.")
  private @Nullable Path authorizationFile;

  Optional<PrometheusClient> client() {
    if (prometheus == null) {
      return Optional.empty();
    }
    try {
      PrometheusClient client = PrometheusClient.at(prometheus);
      String header = authorization();
      return Optional.of(header.isEmpty() ? client : client.authorization(header));
    } catch (IllegalArgumentException e) {
      throw new ParameterException(spec.commandLine(), e.getMessage(), e);
    }
  }

  PrometheusClient requiredClient() {
    return client()
        .orElseThrow(() ->
            new ParameterException(spec.commandLine(), "Missing: where to read, --prometheus URL"));
  }

  String selector(String service) {
    if (selector == null) {
      return "job=\"" + service + "\"";
    }
    if (selector.isBlank() || selector.contains("}")) {
      throw new ParameterException(
          spec.commandLine(),
          "--selector: '" + selector
              + "' (expected: label matchers without braces, such as job=\"checkout\")");
    }
    return selector;
  }

  String authorization() {
    return authorizationFile == null
        ? ""
        : SecretFile.read(spec.commandLine(), "--authorization-file", authorizationFile);
  }
}
