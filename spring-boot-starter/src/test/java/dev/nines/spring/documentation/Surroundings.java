package dev.nines.spring.documentation;

/** What the beans of our documents take for granted. */
abstract class Surroundings {

  interface Catalogue {
    void load();
  }

  interface PaymentsApi {
    Receipt charge(Object order);
  }

  interface Payments {
    Receipt charge(Object order);
  }

  record Receipt(String state) {
    static Receipt pending(Object order, Object reason) {
      return new Receipt("pending " + order + " " + reason);
    }
  }
}
