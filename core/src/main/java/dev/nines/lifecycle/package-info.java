/**
 * Starting, ready, draining, stopped: the states of an instance, and the order in which it stops.
 */
@NullMarked
package dev.nines.lifecycle;

import org.jspecify.annotations.NullMarked;
