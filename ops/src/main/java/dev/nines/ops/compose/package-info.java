/**
 * Compose: the health check of a container, and a stack on one machine that reads the other generated files.
 */
@NullMarked
package dev.nines.ops.compose;

import org.jspecify.annotations.NullMarked;
