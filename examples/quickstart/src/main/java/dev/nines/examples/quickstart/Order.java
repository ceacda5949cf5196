package dev.nines.examples.quickstart;

/**
 * Something that was ordered.
 *
 * @param payment {@code charged}, or {@code pending} while payments can't be reached
 */
record Order(long id, String item, int cents, String payment) {

  static final String CHARGED = "charged";
  static final String PENDING = "pending";

  Order charged() {
    return new Order(id, item, cents, CHARGED);
  }
}
