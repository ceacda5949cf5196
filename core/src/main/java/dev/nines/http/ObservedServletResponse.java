package dev.nines.http;

import jakarta.servlet.ServletOutputStream;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.PrintWriter;
import org.jspecify.annotations.Nullable;

/**
 * A response whose body tells whether the client went away. The container's writer keeps failures to itself, and is
 * asked for them in the end.
 */
final class ObservedServletResponse extends HttpServletResponseWrapper {

  private final ServletAnswer answer;
  private @Nullable ServletOutputStream out;
  private @Nullable CountedServletWriter writer;

  ObservedServletResponse(HttpServletResponse response, ServletAnswer answer) {
    super(response);
    this.answer = answer;
  }

  @Override
  public ServletOutputStream getOutputStream() throws IOException {
    if (out == null) {
      out = new ObservedServletOutputStream(super.getOutputStream(), answer);
    }
    return out;
  }

  @Override
  public PrintWriter getWriter() throws IOException {
    if (writer == null) {
      PrintWriter own = super.getWriter();
      writer = new CountedServletWriter(own, answer, getCharacterEncoding());
      answer.writesWith(own, writer.counts());
    }
    return writer;
  }

  @Override
  public void reset() {
    super.reset();
    answer.forgotBody();
  }

  @Override
  public void resetBuffer() {
    super.resetBuffer();
    answer.forgotBody();
  }

  @Override
  public void setStatus(int status) {
    answer.statusChosen();
    super.setStatus(status);
  }

  @Override
  public void sendError(int status) throws IOException {
    answer.statusChosen();
    super.sendError(status);
  }

  @Override
  public void sendError(int status, String message) throws IOException {
    answer.statusChosen();
    super.sendError(status, message);
  }

  @Override
  public void sendRedirect(String location) throws IOException {
    answer.statusChosen();
    super.sendRedirect(location);
  }

  @Override
  public void flushBuffer() throws IOException {
    try {
      super.flushBuffer();
    } catch (IOException e) {
      answer.writeFailed(e);
      throw e;
    }
  }
}
