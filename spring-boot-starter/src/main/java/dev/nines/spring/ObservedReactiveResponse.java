package dev.nines.spring;

import java.nio.file.Path;
import org.reactivestreams.Publisher;
import org.springframework.core.io.FileSystemResource;
import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.core.io.buffer.DataBufferUtils;
import org.springframework.http.ZeroCopyHttpOutputMessage;
import org.springframework.http.server.reactive.ServerHttpResponse;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

/** Counts what is written of an answer, and tells of a client that does not take it. */
final class ObservedReactiveResponse extends ServerHttpResponseDecorator
    implements ZeroCopyHttpOutputMessage {

  private static final int BUFFER_BYTES = 8_192;

  private final ReactiveAnswer answer;
  private volatile boolean cancelled;

  ObservedReactiveResponse(ServerHttpResponse response, ReactiveAnswer answer) {
    super(response);
    this.answer = answer;
  }

  @Override
  public Mono<Void> writeWith(Publisher<? extends DataBuffer> body) {
    return observed(super.writeWith(counted(body)));
  }

  @Override
  public Mono<Void> writeAndFlushWith(Publisher<? extends Publisher<? extends DataBuffer>> bodies) {
    return observed(super.writeAndFlushWith(Flux.from(bodies)
        .map(this::counted)
        .doOnCancel(this::cancelled)
        .doOnError(answer::bodyFailed)));
  }

  /** Netty cancels what it sends when the client is gone, and has sent it then. */
  private Mono<Void> observed(Mono<Void> sent) {
    return sent.doOnError(answer::writeFailed).doOnSuccess(nothing -> {
      if (cancelled) {
        answer.notTaken();
      }
    });
  }

  private void cancelled() {
    cancelled = true;
  }

  /** A server that sends files by itself still does. */
  @Override
  public Mono<Void> writeWith(Path file, long position, long count) {
    if (getDelegate() instanceof ZeroCopyHttpOutputMessage direct) {
      answer.wrote(count);
      return observed(direct.writeWith(file, position, count));
    }
    return writeWith(DataBufferUtils.takeUntilByteCount(
        DataBufferUtils.read(new FileSystemResource(file), position, bufferFactory(), BUFFER_BYTES),
        count));
  }

  /** Keeps a single one single: Spring sends it with a length. */
  private Publisher<? extends DataBuffer> counted(Publisher<? extends DataBuffer> body) {
    return body instanceof Mono<? extends DataBuffer> single
        ? single
            .doOnNext(buffer -> answer.wrote(buffer.readableByteCount()))
            .doOnCancel(this::cancelled)
            .doOnError(answer::bodyFailed)
        : Flux.from(body)
            .doOnNext(buffer -> answer.wrote(buffer.readableByteCount()))
            .doOnCancel(this::cancelled)
            .doOnError(answer::bodyFailed);
  }
}
