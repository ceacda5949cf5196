package dev.nines.health.checks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalLong;

/** A small text file in which the kernel tells numbers. What is missing or unreadable is empty: not every kernel has all. */
record KernelFile(Path path) {

  List<String> lines() {
    try {
      return Files.isReadable(path) ? Files.readAllLines(path) : List.of();
    } catch (IOException e) {
      // A cgroup may vanish between the look and the read; it is then as if it had not been there.
      return List.of();
    }
  }

  /** Returns the word at that place of the first line as a number; empty for words such as {@code max}. */
  OptionalLong word(int index) {
    List<String> lines = lines();
    String[] words = lines.isEmpty() ? new String[0] : lines.get(0).trim().split(" ");
    return index < words.length ? number(words[index]) : OptionalLong.empty();
  }

  /** Returns the number after a key at the start of a line: {@code inactive_file 4096}. */
  OptionalLong field(String key) {
    for (String line : lines()) {
      String[] words = line.trim().split("\\s+");
      if (words.length > 1 && words[0].equals(key)) {
        return number(words[1]);
      }
    }
    return OptionalLong.empty();
  }

  private static OptionalLong number(String word) {
    // Version 1 says "no limit" with a number of 19 digits, near the largest there is.
    boolean digits =
        !word.isEmpty() && word.length() < 19 && word.chars().allMatch(Character::isDigit);
    return digits ? OptionalLong.of(Long.parseLong(word)) : OptionalLong.empty();
  }
}
