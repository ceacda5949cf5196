package dev.nines.targets;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URL;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Finds the declaration, reads it strictly, and lays the environment over it, and over that a framework's settings. */
final class TargetsLoader {

  /** The declaration's name on the classpath. */
  static final String RESOURCE = "reliability.yaml";

  /** No declaration needs more, and a wrong path may lead to a file without end. */
  private static final int MOST_BYTES = 1 << 20;

  private final Map<String, String> environment;
  private final List<Setting> settings;
  private final Problems problems = new Problems();
  private final Draft draft = new Draft(problems);

  TargetsLoader(Map<String, String> environment) {
    this(environment, List.of());
  }

  TargetsLoader(Map<String, String> environment, List<Setting> settings) {
    this.environment = environment;
    this.settings = settings;
  }

  /** Loads what {@code NINES_CONFIG} names, else what is on the classpath, else the preset. */
  ReliabilityTargets load() {
    String configured = environment.getOrDefault(Variables.CONFIG, "");
    if (!configured.isEmpty()) {
      return load(Path.of(configured));
    }
    onClasspath().ifPresent(url -> read(RESOURCE, url::openStream));
    return assemble();
  }

  ReliabilityTargets load(Path file) {
    read(file.toString(), () -> Files.newInputStream(file));
    return assemble();
  }

  private ReliabilityTargets assemble() {
    Variables.read(environment, draft, problems);
    settings.forEach(setting -> setting.read(draft, problems));
    return Assembly.assemble(draft, problems);
  }

  private void read(String name, Source source) {
    byte[] bytes;
    try (InputStream in = source.open()) {
      bytes = in.readNBytes(MOST_BYTES + 1);
    } catch (IOException e) {
      String what =
          e instanceof NoSuchFileException ? "there is no such file" : "cannot be read: " + e;
      throw new InvalidTargetsException(
          Check.invalid(name, what, "a readable file").getMessage(), e);
    }
    if (bytes.length > MOST_BYTES) {
      throw Check.invalid(name, "more than 1 MiB", "a declaration of at most 1 MiB");
    }
    YamlReader.read(name, decode(name, bytes), draft, problems);
  }

  private static String decode(String name, byte[] bytes) {
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      throw new InvalidTargetsException(
          Check.invalid(name, "not UTF-8", "text in UTF-8").getMessage(), e);
    }
  }

  /** Two declarations would leave it to the order of jars which one counts. */
  private static Optional<URL> onClasspath() {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    ClassLoader loader = context != null ? context : TargetsLoader.class.getClassLoader();
    Map<String, URL> found = new LinkedHashMap<>();
    try {
      Collections.list(loader.getResources(RESOURCE))
          .forEach(url -> found.put(url.toExternalForm(), url));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    if (found.size() > 1) {
      throw new InvalidTargetsException(RESOURCE + ": found " + found.size()
          + " times on the classpath, " + String.join(" and ", found.keySet())
          + " (expected: once; or name one with " + Variables.CONFIG + ")");
    }
    return found.values().stream().findFirst();
  }

  /** Opens a declaration. */
  @FunctionalInterface
  private interface Source {
    InputStream open() throws IOException;
  }
}
