/**
 * The one clock that everything reads, so that tests can turn its hands.
 */
@NullMarked
package dev.nines.time;

import org.jspecify.annotations.NullMarked;
