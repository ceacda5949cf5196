/**
 * OpenSLO: the promises in the form that other tools read.
 */
@NullMarked
package dev.nines.ops.openslo;

import org.jspecify.annotations.NullMarked;
