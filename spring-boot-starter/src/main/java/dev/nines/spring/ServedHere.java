package dev.nines.spring;

import dev.nines.Nines;

/** Says that the application's own server serves the endpoints, whose requests are no requests to be counted. */
record ServedHere(Nines nines) {

  boolean has(String path) {
    return nines.endpoints().has(path);
  }
}
