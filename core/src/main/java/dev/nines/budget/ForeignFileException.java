package dev.nines.budget;

import java.io.IOException;

/** A file is somebody else's, and so is neither read nor written over. */
final class ForeignFileException extends IOException {

  private static final long serialVersionUID = 1L;

  ForeignFileException(String message) {
    super(message);
  }
}
