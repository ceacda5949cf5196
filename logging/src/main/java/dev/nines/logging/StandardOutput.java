package dev.nines.logging;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;

/**
 * Standard output as it is at the moment of writing, for {@link System#setOut} may change it. Tells of failures, which
 * {@link PrintStream} keeps to itself; it never says that it has recovered, so after the first failure all lines count as
 * lost.
 */
final class StandardOutput extends OutputStream {

  @Override
  public void write(int b) {
    System.out.write(b);
  }

  @Override
  public void write(byte[] bytes, int from, int length) {
    System.out.write(bytes, from, length);
  }

  @Override
  public void flush() throws IOException {
    if (System.out.checkError()) {
      throw new IOException("standard output has failed");
    }
  }
}
