/**
 * A small service of Spring WebFlux: quotes, for which it asks the service of prices. What it promises and leans on stands in
 * {@code application.yaml}.
 */
@NullMarked
package dev.nines.examples.webflux;

import org.jspecify.annotations.NullMarked;
