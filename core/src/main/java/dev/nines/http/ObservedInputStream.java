package dev.nines.http;

import java.io.IOException;
import java.io.InputStream;

/** A request's body that tells how much of it was read, and whether the client broke off. */
final class ObservedInputStream extends InputStream {

  private final InputStream body;
  private final Answer answer;

  ObservedInputStream(InputStream body, Answer answer) {
    this.body = body;
    this.answer = answer;
  }

  @Override
  public int read() throws IOException {
    try {
      int next = body.read();
      if (next >= 0) {
        answer.read(1);
      }
      return next;
    } catch (IOException e) {
      throw broken(e);
    }
  }

  @Override
  public int read(byte[] buffer, int offset, int length) throws IOException {
    try {
      int count = body.read(buffer, offset, length);
      if (count > 0) {
        answer.read(count);
      }
      return count;
    } catch (IOException e) {
      throw broken(e);
    }
  }

  @Override
  public int available() throws IOException {
    return body.available();
  }

  @Override
  public void close() throws IOException {
    try {
      body.close();
    } catch (IOException e) {
      throw broken(e);
    }
  }

  private IOException broken(IOException cause) {
    answer.readFailed(cause);
    return cause;
  }
}
