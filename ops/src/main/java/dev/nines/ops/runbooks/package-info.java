/**
 * Runbooks: what to do for each alert and on each occasion, with the names and numbers of the service.
 */
@NullMarked
package dev.nines.ops.runbooks;

import org.jspecify.annotations.NullMarked;
