/**
 * Declare a service's reliability targets once; what keeps, shows and defends them follows from that declaration.
 *
 * <p>{@link dev.nines.Nines#builder} is the one entrance.
 */
@NullMarked
package dev.nines;

import org.jspecify.annotations.NullMarked;
