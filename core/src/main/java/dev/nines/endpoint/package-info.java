/**
 * Endpoints free of any server, and the admin server that serves them on a port of its own.
 */
@NullMarked
package dev.nines.endpoint;

import org.jspecify.annotations.NullMarked;
