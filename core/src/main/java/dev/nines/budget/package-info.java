/**
 * Good and bad requests, the error budget and its burn rate as this instance sees them.
 */
@NullMarked
package dev.nines.budget;

import org.jspecify.annotations.NullMarked;
