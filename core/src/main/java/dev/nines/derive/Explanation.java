package dev.nines.derive;

import java.util.List;

/**
 * Every derived number with its formula, inputs and source.
 *
 * @param rows in the order of the design's table
 */
public record Explanation(List<Derived> rows) {

  public Explanation {
    rows = List.copyOf(rows);
  }
}
