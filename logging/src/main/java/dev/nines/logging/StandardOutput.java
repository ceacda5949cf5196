package dev.nines.logging;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import org.jspecify.annotations.Nullable;

/**
 * Standard output as it is at the moment of writing, for {@link System#setOut} may change it, and so that our lines don't
 * fall into those of others. A {@link PrintStream} that has failed once never says that it has recovered; from then on lines
 * go past it, to the process's own standard output.
 *
 * <p>For the writer alone.
 */
final class StandardOutput extends OutputStream {

  private final OutputStream own = new FileOutputStream(FileDescriptor.out);
  private @Nullable PrintStream failed;

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int from, int length) throws IOException {
    PrintStream out = System.out;
    if (out == failed) {
      own.write(bytes, from, length);
    } else {
      out.write(bytes, from, length);
    }
  }

  @Override
  public void flush() throws IOException {
    PrintStream out = System.out;
    if (out != failed && out.checkError()) {
      failed = out;
      throw new IOException("standard output has failed");
    }
  }
}
