/**
 * Declared dependencies, their checks, and guarded calls to them.
 */
@NullMarked
package dev.nines.dependency;

import org.jspecify.annotations.NullMarked;
