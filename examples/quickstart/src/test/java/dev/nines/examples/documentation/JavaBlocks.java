package dev.nines.examples.documentation;

import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.SimpleJavaFileObject;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/** Compiles the Java blocks of one document, one after another, in the surroundings that {@link Surroundings} gives. */
final class JavaBlocks {

  private static final String IMPORTS = Stream.of(
          "com.rabbitmq.client.AMQP",
          "com.sun.net.httpserver.*",
          "dev.nines.*",
          "dev.nines.budget.*",
          "dev.nines.dependency.*",
          "dev.nines.endpoint.*",
          "dev.nines.health.*",
          "dev.nines.health.checks.*",
          "dev.nines.http.*",
          "dev.nines.logging.*",
          "dev.nines.messaging.*",
          "dev.nines.meter.*",
          "dev.nines.meter.Timer", // not that of java.util
          "dev.nines.metrics.*",
          "dev.nines.metrics.watch.*",
          "dev.nines.ops.gate.*",
          "dev.nines.ops.prometheus.*",
          "dev.nines.ops.report.*",
          "dev.nines.ops.verdict.*",
          "dev.nines.request.*",
          "dev.nines.targets.*",
          "dev.nines.time.*",
          "dev.nines.trace.*",
          "io.opentelemetry.context.Context",
          "jakarta.jms.JMSException",
          "jakarta.jms.Message",
          "java.math.BigDecimal",
          "java.net.URI",
          "java.net.http.HttpClient",
          "java.nio.charset.StandardCharsets",
          "java.nio.file.Path",
          "java.time.*",
          "java.util.*",
          "java.util.concurrent.*",
          "javax.sql.DataSource",
          "okhttp3.Call",
          "okhttp3.OkHttpClient",
          "org.apache.hc.client5.http.impl.classic.*",
          "org.apache.kafka.clients.consumer.ConsumerRecord",
          "org.apache.kafka.clients.producer.ProducerRecord",
          "org.apache.kafka.common.header.Headers")
      .map(name -> "import " + name + ";\n")
      .collect(Collectors.joining());

  private JavaBlocks() {}

  /** Returns what the compiler says of the blocks; empty when they compile. */
  static String compile(List<MarkdownBlock> blocks, Path output) {
    String body = blocks.stream()
        .map(block -> "// " + block + "\n" + block.text() + "\n")
        .collect(Collectors.joining("\n"));
    String source = "package dev.nines.examples.documentation;\n"
        + IMPORTS
        + "abstract class Document extends Surroundings {\n  void read() throws Exception {\n"
        + body
        + "  }\n}\n";
    JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
    StringWriter messages = new StringWriter();
    try (StandardJavaFileManager files = compiler.getStandardFileManager(null, null, null)) {
      List<String> options = List.of(
          "-d",
          output.toString(),
          "-proc:none",
          "-classpath",
          System.getProperty("java.class.path"));
      boolean compiled = compiler
          .getTask(messages, files, null, options, null, List.of(new Source(source)))
          .call();
      return compiled ? "" : messages + "\n" + source;
    } catch (java.io.IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static final class Source extends SimpleJavaFileObject {

    private final String text;

    Source(String text) {
      super(URI.create("string:///dev/nines/examples/documentation/Document.java"), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }
}
