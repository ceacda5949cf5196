/**
 * The command {@code nines}: {@code java -jar nines-ops-…-cli.jar --help}.
 *
 * <p>Results go to standard output, problems to standard error. It ends with 0 when all is well, 1 when what was looked at
 * isn't, 64 when it was called wrongly, 70 when it failed itself.
 */
@NullMarked
package dev.nines.ops.cli;

import org.jspecify.annotations.NullMarked;
