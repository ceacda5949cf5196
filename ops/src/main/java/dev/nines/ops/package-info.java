/**
 * What a service needs outside its process, from the same declaration as inside: {@link dev.nines.ops.cli} is the command
 * {@code nines}, the other packages are what it calls and can be called as well.
 *
 * <p>Nothing in here runs in a service. The same declaration always gives the same output, byte for byte.
 */
@NullMarked
package dev.nines.ops;

import org.jspecify.annotations.NullMarked;
