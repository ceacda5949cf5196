package dev.nines.examples.webflux;

import org.jspecify.annotations.Nullable;

/**
 * What an item costs.
 *
 * @param cents null where nobody can say at the moment
 */
record Quote(String item, @Nullable Integer cents) {}
