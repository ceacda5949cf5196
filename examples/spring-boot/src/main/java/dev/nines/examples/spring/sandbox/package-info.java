/** What the example runs in: a PostgreSQL and a payments service, each of which can be broken for real. No part of the service. */
@NullMarked
package dev.nines.examples.spring.sandbox;

import org.jspecify.annotations.NullMarked;
