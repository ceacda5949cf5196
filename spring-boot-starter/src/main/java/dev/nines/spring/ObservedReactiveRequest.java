package dev.nines.spring;

import org.springframework.core.io.buffer.DataBuffer;
import org.springframework.http.server.reactive.ServerHttpRequest;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import reactor.core.publisher.Flux;

/** Counts what is read of a request, and tells of a client that hangs up meanwhile. */
final class ObservedReactiveRequest extends ServerHttpRequestDecorator {

  private final ReactiveAnswer answer;

  ObservedReactiveRequest(ServerHttpRequest request, ReactiveAnswer answer) {
    super(request);
    this.answer = answer;
  }

  @Override
  public Flux<DataBuffer> getBody() {
    return super.getBody()
        .doOnNext(buffer -> answer.read(buffer.readableByteCount()))
        .doOnError(answer::readFailed);
  }
}
