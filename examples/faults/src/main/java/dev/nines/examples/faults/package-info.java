/** What the examples break their dependencies with: a proxy that fails as a network or a crashed server does. */
@NullMarked
package dev.nines.examples.faults;

import org.jspecify.annotations.NullMarked;
