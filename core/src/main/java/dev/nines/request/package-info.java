/**
 * One request's life: the exchange, its outcome, and those who listen to it.
 */
@NullMarked
package dev.nines.request;

import org.jspecify.annotations.NullMarked;
