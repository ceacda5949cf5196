package dev.nines.http;

import java.io.IOException;
import java.io.OutputStream;

/** A response's body that tells how much of it was written, when it is over, and whether the client went away. */
final class ObservedOutputStream extends OutputStream {

  private final OutputStream body;
  private final Answer answer;

  ObservedOutputStream(OutputStream body, Answer answer) {
    this.body = body;
    this.answer = answer;
  }

  @Override
  public void write(int next) throws IOException {
    try {
      body.write(next);
      answer.wrote(1);
    } catch (IOException e) {
      throw broken(e, 1);
    }
  }

  @Override
  public void write(byte[] buffer, int offset, int length) throws IOException {
    try {
      body.write(buffer, offset, length);
      answer.wrote(length);
    } catch (IOException e) {
      throw broken(e, length);
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      body.flush();
    } catch (IOException e) {
      throw broken(e, 0);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      body.close();
    } catch (IOException e) {
      answer.closeFailed(e);
      throw e;
    }
    answer.bodyClosed();
  }

  private IOException broken(IOException cause, int attempted) {
    answer.writeFailed(cause, attempted);
    return cause;
  }
}
