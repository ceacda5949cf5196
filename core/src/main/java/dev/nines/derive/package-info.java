/**
 * Pure functions from targets to settings; each result carries its formula, its inputs and its source.
 */
@NullMarked
package dev.nines.derive;

import org.jspecify.annotations.NullMarked;
