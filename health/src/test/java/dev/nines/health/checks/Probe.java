package dev.nines.health.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/** Runs a main class in a JVM of its own. */
final class Probe {

  private final Class<?> main;
  private final List<String> options = new ArrayList<>();
  private String classPath = System.getProperty("java.class.path");

  Probe(Class<?> main) {
    this.main = main;
  }

  Probe option(String option) {
    options.add(option);
    return this;
  }

  /** Leaves out the jars whose path is such a one. */
  Probe without(Predicate<String> jar) {
    classPath = Arrays.stream(classPath.split(File.pathSeparator))
        .filter(jar.negate())
        .collect(Collectors.joining(File.pathSeparator));
    return this;
  }

  /** Runs it to its end, which must be a good one. */
  void run(String... arguments) throws IOException, InterruptedException {
    Process process = start(arguments);
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
  }

  /** Starts it, for a test that talks with it and ends it. */
  Process start(String... arguments) throws IOException {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(options);
    command.addAll(List.of("-cp", classPath, main.getName()));
    command.addAll(List.of(arguments));
    return new ProcessBuilder(command).redirectErrorStream(true).start();
  }
}
