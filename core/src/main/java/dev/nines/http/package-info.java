/**
 * Adapters that open and end an exchange for each request, and guard outgoing calls.
 */
@NullMarked
package dev.nines.http;

import org.jspecify.annotations.NullMarked;
