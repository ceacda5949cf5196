package dev.nines.ops.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;

/** A file that holds one secret, so that it stands on no command line. */
final class SecretFile {

  private SecretFile() {}

  static String read(CommandLine command, String option, Path file) {
    try {
      String secret = Files.readString(file).strip();
      if (secret.isEmpty() || secret.lines().count() > 1) {
        throw new ParameterException(
            command, option + ": " + file + " (expected: a file with one line)");
      }
      return secret;
    } catch (IOException e) {
      throw new ParameterException(
          command, option + ": " + file + " (expected: a file that can be read; " + e + ")", e);
    }
  }
}
