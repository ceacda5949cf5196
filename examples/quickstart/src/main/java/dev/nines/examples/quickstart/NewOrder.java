package dev.nines.examples.quickstart;

import tools.jackson.databind.JsonNode;

/** What a client asks for, checked. */
record NewOrder(String item, int cents) {

  private static final int LONGEST_ITEM = 100;
  private static final int HIGHEST_PRICE = 1_000_000;

  NewOrder {
    if (item.isBlank()
        || item.length() > LONGEST_ITEM
        || item.chars().anyMatch(Character::isISOControl)) {
      throw Problem.badRequest("item (expected: a text of 1 to " + LONGEST_ITEM + " characters)");
    }
    if (cents < 1 || cents > HIGHEST_PRICE) {
      throw Problem.badRequest("cents (expected: a whole number from 1 to " + HIGHEST_PRICE + ")");
    }
  }

  static NewOrder from(JsonNode json) {
    JsonNode item = json.path("item");
    JsonNode cents = json.path("cents");
    return new NewOrder(
        item.isString() ? item.stringValue() : "", cents.isInt() ? cents.intValue() : 0);
  }
}
