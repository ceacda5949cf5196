/**
 * What features tell each other through core: instruments (rendered by metrics), events (rendered by logging), and the catalogue of metric names that documentation and generators read.
 */
@NullMarked
package dev.nines.telemetry;

import org.jspecify.annotations.NullMarked;
