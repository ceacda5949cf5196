package dev.nines.ops.generate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OutputDirectoryTest {

  private static final GeneratedFile RULES = new GeneratedFile("prometheus/rules.yaml", "a: 1\n");
  private static final GeneratedFile CHANGED = new GeneratedFile("prometheus/rules.yaml", "a: 2\n");
  private static final GeneratedFile BOARD = new GeneratedFile("grafana/service.json", "{}\n");

  @TempDir
  Path parent;

  private Path root;
  private OutputDirectory directory;

  @BeforeEach
  void open() {
    root = parent.resolve("ops");
    directory = new OutputDirectory(root);
  }

  @Test
  void filesAreWrittenOnceAndThenUnchanged() throws Exception {
    assertThat(directory.apply(List.of(RULES, BOARD), Overwrite.UNTOUCHED))
        .containsExactly(change(RULES, Change.Kind.CREATED), change(BOARD, Change.Kind.CREATED));
    assertThat(root.resolve("prometheus/rules.yaml")).hasContent("a: 1");

    assertThat(directory.apply(List.of(RULES, BOARD), Overwrite.UNTOUCHED))
        .containsExactly(
            change(RULES, Change.Kind.UNCHANGED), change(BOARD, Change.Kind.UNCHANGED));
  }

  @Test
  void aFileThatNobodyTouchedFollowsTheDeclaration() throws Exception {
    directory.apply(List.of(RULES), Overwrite.UNTOUCHED);

    assertThat(directory.apply(List.of(CHANGED), Overwrite.UNTOUCHED))
        .containsExactly(change(CHANGED, Change.Kind.UPDATED));
    assertThat(root.resolve("prometheus/rules.yaml")).hasContent("a: 2");
  }

  @Test
  void anEditedFileIsKeptHoweverOftenItIsGeneratedUntilForced() throws Exception {
    directory.apply(List.of(RULES), Overwrite.UNTOUCHED);
    Files.writeString(root.resolve("prometheus/rules.yaml"), "a: mine\n");

    for (int i = 0; i < 2; i++) {
      assertThat(directory.apply(List.of(CHANGED), Overwrite.UNTOUCHED))
          .containsExactly(change(CHANGED, Change.Kind.KEPT));
    }
    assertThat(root.resolve("prometheus/rules.yaml")).hasContent("a: mine");

    directory.apply(List.of(CHANGED), Overwrite.ALL);
    assertThat(root.resolve("prometheus/rules.yaml")).hasContent("a: 2");
  }

  @Test
  void aForeignFileIsKept() throws Exception {
    Files.createDirectories(root.resolve("grafana"));
    Files.writeString(root.resolve("grafana/service.json"), "[]\n");

    assertThat(directory.apply(List.of(BOARD), Overwrite.UNTOUCHED))
        .containsExactly(change(BOARD, Change.Kind.KEPT));
  }

  @Test
  void whatIsNoLongerGeneratedGoesUnlessItWasEditedOrIsOutOfScope() throws Exception {
    GeneratedFile edited = new GeneratedFile("runbooks/old.md", "old\n");
    directory.apply(List.of(RULES, BOARD, edited), Overwrite.UNTOUCHED);
    Files.writeString(root.resolve("runbooks/old.md"), "edited\n");

    assertThat(directory.apply(List.of(RULES), Overwrite.UNTOUCHED, path -> RULES.within(path)))
        .containsExactly(change(RULES, Change.Kind.UNCHANGED));
    assertThat(directory.apply(List.of(RULES), Overwrite.UNTOUCHED))
        .containsExactly(
            change(RULES, Change.Kind.UNCHANGED),
            change(BOARD, Change.Kind.REMOVED),
            change(edited, Change.Kind.KEPT));
    assertThat(root.resolve("grafana/service.json")).doesNotExist();
    assertThat(root.resolve("runbooks/old.md")).hasContent("edited");
  }

  @Test
  void aPlanDoesNothing() throws Exception {
    assertThat(directory.plan(List.of(RULES), Overwrite.UNTOUCHED))
        .containsExactly(change(RULES, Change.Kind.CREATED));
    assertThat(root).doesNotExist();
  }

  @Test
  void checksumsThatLeadOutOfTheDirectoryDeleteNothing() throws Exception {
    Path outside = Files.writeString(parent.resolve("precious"), "x\n");
    directory.apply(List.of(RULES), Overwrite.UNTOUCHED);
    Files.writeString(
        root.resolve(Checksums.FILE), Checksums.of("x\n") + "  ../precious\nnonsense\n");

    directory.apply(List.of(RULES), Overwrite.ALL);

    assertThat(outside).exists();
  }

  @Test
  void pathsThatLeadOutOfADirectoryAreNoFiles() {
    for (String path : List.of("", "/etc/passwd", "../x", "a/../x", "a//b", "a b", ".hidden")) {
      assertThatThrownBy(() -> new GeneratedFile(path, "\n")).hasMessageContaining("expected");
    }
    assertThatThrownBy(() -> new GeneratedFile("a", "open")).hasMessageContaining("line feed");
  }

  private static Change change(GeneratedFile file, Change.Kind kind) {
    return new Change(file.path(), kind);
  }
}
