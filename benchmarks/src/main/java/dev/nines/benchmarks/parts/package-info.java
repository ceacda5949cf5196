/** The envelope's parts one by one, each beside what it takes the place of. */
@NullMarked
package dev.nines.benchmarks.parts;

import org.jspecify.annotations.NullMarked;
