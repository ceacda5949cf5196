package dev.nines.examples.documentation;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * A fenced block of one of our Markdown files.
 *
 * @param file name of the file
 * @param line line of the opening fence, from 1
 * @param language what stands behind the fence
 * @param text what stands between the fences
 */
public record MarkdownBlock(String file, int line, String language, String text) {

  private static final String FENCE = "```";

  /** Returns every block of README.md and of the guides, in order. */
  public static List<MarkdownBlock> all() {
    Path root = Path.of("").toAbsolutePath().getParent().getParent();
    try (Stream<Path> docs = Files.list(root.resolve("docs"))) {
      List<Path> files = new ArrayList<>(List.of(root.resolve("README.md")));
      docs.filter(file -> file.toString().endsWith(".md")).sorted().forEach(files::add);
      List<MarkdownBlock> blocks = new ArrayList<>();
      for (Path file : files) {
        read(file, blocks);
      }
      return blocks;
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** Returns every block of that language. */
  public static List<MarkdownBlock> in(String language) {
    return all().stream().filter(block -> block.language.equals(language)).toList();
  }

  private static void read(Path file, List<MarkdownBlock> blocks) throws IOException {
    List<String> lines = Files.readAllLines(file);
    int open = -1;
    for (int i = 0; i < lines.size(); i++) {
      String line = lines.get(i).strip();
      if (!line.startsWith(FENCE)) {
        continue;
      }
      if (open < 0) {
        open = i;
      } else {
        String language = lines.get(open).strip().substring(FENCE.length());
        String text = String.join("\n", lines.subList(open + 1, i));
        blocks.add(new MarkdownBlock(file.getFileName().toString(), open + 1, language, text));
        open = -1;
      }
    }
  }

  @Override
  public String toString() {
    return file + ":" + line + " (" + language + ")";
  }
}
