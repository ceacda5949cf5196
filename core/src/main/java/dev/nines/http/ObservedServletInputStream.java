package dev.nines.http;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import java.io.IOException;

/** A servlet request's body that tells how much of it was read, and whether the client broke off. */
final class ObservedServletInputStream extends ServletInputStream {

  private final ServletInputStream body;
  private final ServletAnswer answer;

  ObservedServletInputStream(ServletInputStream body, ServletAnswer answer) {
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
  public boolean isFinished() {
    return body.isFinished();
  }

  @Override
  public boolean isReady() {
    return body.isReady();
  }

  @Override
  public void setReadListener(ReadListener listener) {
    body.setReadListener(new ReadListener() {
      @Override
      public void onDataAvailable() throws IOException {
        listener.onDataAvailable();
      }

      @Override
      public void onAllDataRead() throws IOException {
        listener.onAllDataRead();
      }

      @Override
      public void onError(Throwable thrown) {
        if (thrown instanceof IOException e) {
          answer.readFailed(e);
        }
        listener.onError(thrown);
      }
    });
  }

  @Override
  public void close() throws IOException {
    body.close();
  }

  private IOException broken(IOException cause) {
    answer.readFailed(cause);
    return cause;
  }
}
