package dev.nines.ops.generate;

import java.util.List;

/** {@code explanation.txt}: every derived number with its formula, as {@code nines explain} shows it. */
public final class ExplanationFile implements Generator {

  @Override
  public List<GeneratedFile> generate(Blueprint blueprint) {
    return List.of(new GeneratedFile(
        "explanation.txt",
        blueprint.heading("Every derived number") + "\n\n"
            + blueprint.settings().explanation().toText()));
  }
}
