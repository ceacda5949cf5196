package dev.nines.examples.spring.orders;

/** Something that was ordered. */
record Order(long id, String item, int cents, String payment) {}
