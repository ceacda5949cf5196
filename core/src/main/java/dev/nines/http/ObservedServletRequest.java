package dev.nines.http;

import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.BufferedReader;
import java.io.FilterReader;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A request whose body tells whether the client broke off. */
final class ObservedServletRequest extends HttpServletRequestWrapper {

  private final ServletAnswer answer;
  private @Nullable ServletInputStream in;
  private @Nullable BufferedReader reader;

  ObservedServletRequest(HttpServletRequest request, ServletAnswer answer) {
    super(request);
    this.answer = answer;
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    if (in == null) {
      in = new ObservedServletInputStream(super.getInputStream(), answer);
    }
    return in;
  }

  @Override
  public BufferedReader getReader() throws IOException {
    if (reader == null) {
      reader = new BufferedReader(new ObservedReader(super.getReader(), answer));
    }
    return reader;
  }

  private static final class ObservedReader extends FilterReader {

    private final ServletAnswer answer;

    ObservedReader(BufferedReader body, ServletAnswer answer) {
      super(body);
      this.answer = answer;
    }

    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
      try {
        return in.read(buffer, offset, length);
      } catch (IOException e) {
        answer.readFailed(e);
        throw e;
      }
    }
  }
}
