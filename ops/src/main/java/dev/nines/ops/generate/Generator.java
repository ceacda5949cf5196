package dev.nines.ops.generate;

import java.util.List;

/** Makes files of one kind. Pure: the same blueprint gives the same bytes. */
@FunctionalInterface
public interface Generator {

  /** Returns the files, in the order in which a reader should meet them. */
  List<GeneratedFile> generate(Blueprint blueprint);
}
