package dev.nines.http;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.WriteListener;
import java.io.IOException;

/** A servlet response's body that tells how much of it was written, and whether the client went away. */
final class ObservedServletOutputStream extends ServletOutputStream {

  private final ServletOutputStream body;
  private final ServletAnswer answer;

  ObservedServletOutputStream(ServletOutputStream body, ServletAnswer answer) {
    this.body = body;
    this.answer = answer;
  }

  @Override
  public void write(int next) throws IOException {
    try {
      body.write(next);
      answer.wrote(1);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  @Override
  public void write(byte[] buffer, int offset, int length) throws IOException {
    try {
      body.write(buffer, offset, length);
      answer.wrote(length);
    } catch (IOException e) {
      throw broken(e);
    }
  }

  @Override
  public void flush() throws IOException {
    try {
      body.flush();
    } catch (IOException e) {
      throw broken(e);
    }
  }

  @Override
  public void close() throws IOException {
    try {
      body.close();
    } catch (IOException e) {
      throw broken(e);
    }
  }

  @Override
  public boolean isReady() {
    return body.isReady();
  }

  @Override
  public void setWriteListener(WriteListener listener) {
    body.setWriteListener(new WriteListener() {
      @Override
      public void onWritePossible() throws IOException {
        listener.onWritePossible();
      }

      @Override
      public void onError(Throwable thrown) {
        if (thrown instanceof IOException e) {
          answer.writeFailed(e);
        }
        listener.onError(thrown);
      }
    });
  }

  private IOException broken(IOException cause) {
    answer.writeFailed(cause);
    return cause;
  }
}
