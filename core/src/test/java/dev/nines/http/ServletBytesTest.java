package dev.nines.http;

import static org.assertj.core.api.Assertions.assertThat;

import dev.nines.request.Exchange;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How many bytes of an answer are counted, against what the client received. */
class ServletBytesTest {

  @TempDir
  private Path base;

  private final Recorder recorder = new Recorder();
  private TomcatService tomcat;

  @AfterEach
  void stop() {
    tomcat.close();
  }

  private String answer(TomcatService.Handler handler) throws IOException {
    tomcat = new TomcatService(base, "").with(new ServletRequestFilter(recorder.adapters)::install);
    return tomcat.serve("/a", handler).start().get("/a");
  }

  @ParameterizedTest
  @ValueSource(strings = {"UTF-8", "ISO-8859-1", "utf-8", "US-ASCII"})
  void whatAWriterWritesIsCountedInBytes(String encoding) throws IOException {
    List<String> written = List.of("text", "é", "€", "😀", "x\n", "7", "end");
    answer((request, response) -> {
      response.setCharacterEncoding(encoding);
      PrintWriter writer = response.getWriter();
      writer.print("text");
      writer.append('é').append("€");
      writer.write("😀".toCharArray());
      writer.println("x");
      writer.printf("%d", 7);
      writer.write("-end-", 1, 3);
      assertThat(response.getWriter()).isSameAs(writer);
    });
    String text = String.join("", written).replace("\n", System.lineSeparator());
    // An encoding of single bytes has one question mark for the pair; we count its halves.
    int halves = encoding.equalsIgnoreCase("UTF-8") ? 0 : 1;
    assertThat(recorder.only().responseBytes())
        .isEqualTo(text.getBytes(Charset.forName(encoding)).length + halves);
  }

  @Test
  void whatIsThrownAwayIsNotCounted() throws IOException {
    String received = answer((request, response) -> {
      response.getWriter().print("never sent");
      response.resetBuffer();
      response.getWriter().print("sent");
      response.flushBuffer();
    });
    assertThat(received).contains("sent").doesNotContain("never");
    assertThat(recorder.only().responseBytes()).isEqualTo(4);
  }

  @Test
  void anEncodingWeDoNotKnowIsNotGuessed() throws IOException {
    answer((request, response) -> {
      response.setCharacterEncoding("UTF-16");
      response.getWriter().print("text");
    });
    Exchange exchange = recorder.only();
    assertThat(exchange.status()).isEqualTo(200);
    assertThat(exchange.responseBytes()).isEqualTo(-1);
  }
}
