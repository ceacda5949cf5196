/**
 * Requests over HTTP that can neither hang nor fill the memory: each has one deadline, for the whole answer, and a bound on
 * its bytes.
 */
@NullMarked
package dev.nines.ops.http;

import org.jspecify.annotations.NullMarked;
